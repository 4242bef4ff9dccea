from datetime import date

import pytest

from core.models import LogEntry
from rosters.domain.assigning import assign_person
from rosters.domain.gaps import gap_of
from rosters.domain.transferring import transfer_person
from rosters.enums import Leaving
from rosters.errors import NoPost, WrongOffice
from rosters.models import Assignment
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY

THEN = date(2026, 8, 1)


@pytest.fixture
def held(napo, county_officer, ready):
    return assign_person(ready(), division=napo.village, by=county_officer, on=TODAY)


def test_a_transfer_ends_one_post_and_begins_the_other_the_same_day(
    napo, county_officer, held
):
    moved = transfer_person(held, division=napo.township, by=county_officer, on=THEN)

    held.refresh_from_db()
    assert (held.until, held.leaving) == (THEN, Leaving.TRANSFERRED)
    assert (moved.since, moved.division) == (THEN, napo.township)
    assert list(Assignment.objects.in_force(THEN)) == [moved]
    actions = LogEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions)[-2:] == ["assignment.ended", "person.assigned"]


def test_transferring_twice_is_once(napo, county_officer, held):
    first = transfer_person(held, division=napo.township, by=county_officer, on=THEN)
    again = transfer_person(held, division=napo.township, by=county_officer, on=THEN)

    assert again == first
    assert Assignment.objects.count() == 2


def test_where_one_cannot_begin_the_other_does_not_end(napo, county_officer, held):
    with pytest.raises(NoPost):
        transfer_person(held, division=napo.other_village, by=county_officer, on=THEN)

    held.refresh_from_db()
    assert held.until is None
    assert not LogEntry.objects.filter(action="assignment.ended").exists()


def test_an_office_takes_nobody_out_of_another_county(napo, county_officer):
    held = AssignmentFactory(at=napo.other_county)

    with pytest.raises(WrongOffice):
        transfer_person(held, division=napo.village, by=county_officer, on=THEN)

    assert gap_of(napo.village, on=THEN).own.gap == 1
