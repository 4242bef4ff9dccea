"""Places wanted in courses: gaps that nobody on the way will fill."""

from datetime import date

import pytest

from rosters.domain.demanding import demand_of
from rosters.domain.gaps import gap_table
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, SelectionFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY
from .test_views import page_of, text


def chosen(napo, place):
    return SelectionFactory(person=UserFactory(at=place), at=napo.county)


def expiring(place, on):
    certificate = CertificateFactory(
        at=place, issued_on=date(2024, 1, 1), expires_on=on
    )
    return AssignmentFactory(at=place, certificate=certificate)


def wanted(demand):
    return {month.on: month.by_level for month in demand.months if month.total}


def test_a_gap_without_anybody_on_the_way_wants_places_now(napo):
    demand = demand_of(napo.county, on=TODAY)

    assert demand.levels == ["county", "township", "village"]
    assert wanted(demand) == {TODAY: {"county": 3, "township": 1, "village": 1}}


def test_people_on_the_way_cover_gaps_of_their_own_level(napo):
    chosen(napo, napo.village)
    chosen(napo, napo.county)

    demand = demand_of(napo.county, on=TODAY)

    assert demand.by_level == {"county": 2, "township": 1, "village": 0}
    assert demand.awaited == {"county": 1, "township": 0, "village": 1}


def test_whose_account_is_closed_is_not_on_the_way(napo):
    person = chosen(napo, napo.village).person
    assert gap_table(napo.county, on=TODAY).here.outlook.pipeline == 1

    person.is_active = False
    person.save()

    assert gap_table(napo.county, on=TODAY).here.outlook.pipeline == 0
    assert demand_of(napo.county, on=TODAY).awaited["village"] == 0


def test_people_on_the_way_in_one_county_fill_no_gap_of_another(napo):
    for _each in range(5):
        chosen(napo, napo.other_county)
    chosen(napo, napo.city)

    of_county, of_other, of_city = (
        demand_of(place, on=TODAY).by_level
        for place in (napo.county, napo.other_county, napo.city)
    )

    assert of_county["county"] == 3
    assert of_other["county"] == 0
    assert of_city["county"] == of_county["county"] + of_other["county"]
    assert of_city["village"] == of_county["village"]


def test_a_later_gap_is_not_filled_from_another_county_either(napo):
    expiring(napo.village, on=date(2026, 8, 20))
    DivisionFactory(code="451027100", name="泗城镇")
    chosen(napo, DivisionFactory(code="451027100201", name="凌云村"))

    assert demand_of(napo.city, on=TODAY).by_level["village"] == 1


def test_a_certificate_that_runs_out_wants_a_place_in_its_month(napo):
    expiring(napo.village, on=date(2026, 8, 20))

    demand = demand_of(napo.village, on=TODAY)

    assert wanted(demand) == {date(2026, 9, 1): {"village": 1}}


def test_a_gap_is_not_wanted_twice(napo):
    expiring(napo.village, on=date(2026, 8, 20))
    chosen(napo, napo.village)

    assert demand_of(napo.village, on=TODAY).total == 0


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_whatever_the_size(napo, count, django_assert_num_queries):
    for _each in range(count):
        expiring(napo.village, on=date(2026, 8, 20))
        chosen(napo, napo.village)

    # Posts with tasks, offices, the people in them; changes, people on the way.
    with django_assert_num_queries(4):
        demand_of(napo.county, on=TODAY)


def test_the_page_tells_it_to_the_office_alone(client, napo, county_officer):
    client.force_login(county_officer)

    page = text(client.get(page_of(napo.county, "demand"), {"on": "2026-06-01"}))

    assert page.count("<tr>") == 1 + 13 + 2
    assert client.get(page_of(napo.city, "demand")).status_code == 404
