from datetime import date

import pytest

from rosters.domain.considering import candidates_for, considered
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, SelectionFactory
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY


def look(division):
    return considered(list(candidates_for(division, on=TODAY)))


def missing_of(candidate):
    return [each.code for each in candidate.missing]


def test_each_candidate_comes_with_all_that_is_missing(napo, lesson):
    UserFactory(at=napo.village, real_name="新人")

    (candidate,) = look(napo.village)

    assert missing_of(candidate) == ["not-chosen", "not-trained", "not-certified"]
    assert not candidate.is_ready


def test_those_who_lack_nothing_come_first_then_the_nearest(napo, ready, lesson):
    UserFactory(at=napo.village, real_name="未选定")
    ready(at=napo.other_village, real_name="邻村")
    ready(at=napo.village, real_name="本村")
    busy = AssignmentFactory(
        at=napo.township,
        certificate=ready(real_name="在岗").certificates.get(),
    )

    found = look(napo.village)

    names = [candidate.person.real_name for candidate in found]
    assert names == ["本村", "邻村", "未选定", "在岗"]
    assert [candidate.is_ready for candidate in found] == [True, True, False, False]
    assert missing_of(found[-1]) == ["already-in-post"]
    assert found[-1].serves_in == busy.division.full_name


def test_the_way_to_an_office_counts_the_steps_down_to_a_village(napo):
    homes = (napo.village, napo.township, napo.county, napo.other_village)
    people = [UserFactory(at=home) for home in homes]

    to_county, to_village = (
        {each.pk: each.distance for each in candidates_for(place, on=TODAY)}
        for place in (napo.county, napo.village)
    )

    assert [to_county[person.pk] for person in people] == [2, 1, 0, 2]
    assert [to_village[person.pk] for person in people] == [0, 1, 2, 2]


def test_without_a_path_nobody_is_trained(napo):
    person = UserFactory(at=napo.village)
    SelectionFactory(person=person, at=napo.county)
    CertificateFactory(holder=person, issued_on=date(2026, 3, 2))

    (candidate,) = look(napo.village)

    assert missing_of(candidate) == ["not-trained"]


def test_people_of_other_counties_are_no_candidates(napo, ready):
    UserFactory(at=napo.other_county)

    assert look(napo.village) == []


def test_somebody_of_another_county_is_one_who_was_chosen_for_the_post(napo, ready):
    person = ready(at=napo.other_county)

    assert [each.person for each in look(napo.village)] == [person]


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_whatever_the_number(
    napo, ready, django_assert_num_queries, count
):
    for _each in range(count):
        ready()

    with django_assert_num_queries(6):  # people, four for the path, completions
        found = look(napo.village)

    assert len(found) == count
