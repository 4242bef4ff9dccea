from datetime import date

import pytest
from django.db import IntegrityError, transaction

from certificates.domain.revoking import revoke_certificate
from core.models import LogEntry
from rosters.domain.assigning import assign_person, end_assignment
from rosters.enums import Leaving
from rosters.errors import NoPost, NotReady, ServedUntil, TooEarly, WrongOffice
from rosters.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, SelectionFactory
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY


def codes_of(refusal: NotReady) -> list[str]:
    return [each.code for each in refusal.missing]


def test_a_person_who_is_ready_is_put_in_post(napo, county_officer, ready):
    person = ready()

    assignment = assign_person(
        person, division=napo.village, by=county_officer, on=TODAY
    )

    assert assignment.division_code == napo.village.code
    assert assignment.certificate == person.certificates.get()
    assert (assignment.since, assignment.until) == (TODAY, None)
    assert LogEntry.objects.filter(action="person.assigned").count() == 1


def test_assigning_twice_returns_the_first(napo, county_officer, ready):
    person = ready()

    first = assign_person(person, division=napo.village, by=county_officer, on=TODAY)
    second = assign_person(person, division=napo.village, by=county_officer, on=TODAY)

    assert second == first
    assert Assignment.objects.count() == 1


def test_the_refusal_names_all_that_is_missing_and_writes_nothing(
    napo, county_officer, lesson
):
    person = UserFactory(at=napo.village)

    with pytest.raises(NotReady) as refusal:
        assign_person(person, division=napo.village, by=county_officer, on=TODAY)

    assert refusal.value.code == "not-ready"
    assert codes_of(refusal.value) == ["not-chosen", "not-trained", "not-certified"]
    for missing in refusal.value.missing:
        assert str(missing) in str(refusal.value)
    assert not Assignment.objects.exists()


def test_without_a_certificate_only_that_is_missing(napo, county_officer, train):
    person = train(UserFactory(at=napo.village))
    SelectionFactory(person=person, at=napo.county)

    with pytest.raises(NotReady) as refusal:
        assign_person(person, division=napo.village, by=county_officer, on=TODAY)

    assert codes_of(refusal.value) == ["not-certified"]


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2029, 3, 2)])
def test_the_certificate_must_be_valid_on_the_day(napo, county_officer, ready, on):
    person = ready()

    with pytest.raises(NotReady) as refusal:
        assign_person(person, division=napo.village, by=county_officer, on=on)

    assert codes_of(refusal.value) == ["not-certified"]


def test_a_selection_by_another_county_does_not_count(napo, county_officer, train):
    person = train(UserFactory(at=napo.village))
    CertificateFactory(holder=person, issued_on=date(2026, 3, 2))
    SelectionFactory(person=person, at=napo.other_county)

    with pytest.raises(NotReady) as refusal:
        assign_person(person, division=napo.village, by=county_officer, on=TODAY)

    assert codes_of(refusal.value) == ["not-chosen"]


def test_one_person_holds_one_post(napo, county_officer, ready):
    person = ready()
    assign_person(person, division=napo.village, by=county_officer, on=TODAY)

    with pytest.raises(NotReady) as refusal:
        assign_person(person, division=napo.township, by=county_officer, on=TODAY)

    assert codes_of(refusal.value) == ["already-in-post"]
    assert "永宁村" in str(refusal.value)


def test_the_database_holds_one_open_post_a_person(napo):
    held = AssignmentFactory(at=napo.village)

    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(at=napo.township, certificate=held.certificate)


@pytest.mark.parametrize("who", ["township_officer", "trainer", "region_officer"])
def test_only_a_city_or_county_office_assigns(napo, ready, who, request):
    with pytest.raises(WrongOffice) as refusal:
        assign_person(
            ready(), division=napo.village, by=request.getfixturevalue(who), on=TODAY
        )

    assert refusal.value.code == "wrong-office"
    assert not Assignment.objects.exists()


def test_a_county_office_does_not_reach_beyond_its_county(napo, county_officer, ready):
    for division in (napo.city, napo.other_county):
        with pytest.raises(WrongOffice):
            assign_person(ready(), division=division, by=county_officer, on=TODAY)


def test_a_city_office_reaches_into_its_counties(napo, city_officer, ready):
    assignment = assign_person(
        ready(), division=napo.village, by=city_officer, on=TODAY
    )

    assert assignment.assigned_by == city_officer


def test_where_there_are_no_tasks_there_is_no_post(napo, county_officer, ready):
    with pytest.raises(NoPost) as refusal:
        assign_person(ready(), division=napo.other_village, by=county_officer, on=TODAY)

    assert refusal.value.code == "no-post"


def test_a_day_served_elsewhere_is_not_served_twice(napo, county_officer, ready):
    person = ready()
    AssignmentFactory(
        at=napo.township,
        certificate=person.certificates.get(),
        since=date(2026, 4, 1),
        until=date(2026, 7, 1),
        leaving=Leaving.TRANSFERRED,
    )

    with pytest.raises(ServedUntil) as refusal:
        assign_person(person, division=napo.village, by=county_officer, on=TODAY)

    assert refusal.value.values["until"] == date(2026, 7, 1)


def test_ending_keeps_the_row_and_frees_the_person(napo, county_officer, ready):
    person = ready()
    held = assign_person(person, division=napo.village, by=county_officer, on=TODAY)

    ended = end_assignment(
        held, by=county_officer, on=date(2026, 9, 1), leaving=Leaving.RESIGNED
    )
    again = end_assignment(
        held, by=county_officer, on=date(2026, 9, 1), leaving=Leaving.RESIGNED
    )
    moved = assign_person(
        person, division=napo.township, by=county_officer, on=date(2026, 9, 1)
    )

    assert (ended.until, ended.leaving) == (date(2026, 9, 1), Leaving.RESIGNED)
    assert again.until == date(2026, 9, 1)
    assert list(Assignment.objects.in_force(date(2026, 8, 31))) == [held]
    assert list(Assignment.objects.in_force(date(2026, 9, 1))) == [moved]


def test_nothing_ends_before_it_begins(napo, county_officer, ready):
    held = assign_person(ready(), division=napo.village, by=county_officer, on=TODAY)

    with pytest.raises(TooEarly):
        end_assignment(
            held, by=county_officer, on=date(2026, 5, 31), leaving=Leaving.OTHER
        )

    held.refresh_from_db()
    assert held.until is None


def test_a_stranger_cannot_end_an_assignment(napo, township_officer):
    held = AssignmentFactory(at=napo.village)

    with pytest.raises(WrongOffice):
        end_assignment(held, by=township_officer, on=TODAY, leaving=Leaving.OTHER)


def test_a_revoked_certificate_counts_no_more_from_that_day(
    napo, county_officer, ready
):
    person = ready()
    held = assign_person(person, division=napo.village, by=county_officer, on=TODAY)

    revoke_certificate(
        held.certificate, by=county_officer, on=date(2026, 6, 10), reason="考试作弊"
    )

    assert list(Assignment.objects.counting(date(2026, 6, 9))) == [held]
    assert list(Assignment.objects.counting(date(2026, 6, 10))) == []


def test_a_renewed_certificate_keeps_the_post_counted(napo):
    old = CertificateFactory(at=napo.village, issued_on=date(2023, 5, 1))
    held = AssignmentFactory(at=napo.village, certificate=old)

    assert list(Assignment.objects.counting(TODAY)) == []
    CertificateFactory(holder=held.person, issued_on=date(2026, 5, 1))
    assert list(Assignment.objects.counting(TODAY)) == [held]
