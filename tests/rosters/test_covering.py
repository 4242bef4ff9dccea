from datetime import date

import pytest
from django.db import IntegrityError, transaction

from rosters.domain.assigning import assign_person, end_assignment
from rosters.domain.covering import cover_post
from rosters.domain.gaps import gap_of
from rosters.domain.transferring import transfer_person
from rosters.enums import Leaving, Tenure
from rosters.errors import CoverTooLong, EndStands, NoMoreSeats, NotReady, SeatTaken
from rosters.models import Assignment
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY

UNTIL = date(2026, 9, 1)


@pytest.fixture
def busy(napo, county_officer, ready):
    """Somebody in post in the township, who may act in the village."""
    person = ready()
    assign_person(person, division=napo.township, by=county_officer, on=TODAY)
    return person


def cover(person, division, by, on=TODAY, until=UNTIL):
    return cover_post(person, division=division, by=by, on=on, until=until)


def codes_of(refusal):
    return [each.code for each in refusal.missing]


def test_a_cover_fills_the_seat_until_its_day_beside_ones_own_post(
    napo, county_officer, busy
):
    held = cover(busy, napo.village, county_officer)

    assert (held.kind, held.until, held.leaving) == (
        Tenure.ACTING,
        UNTIL,
        Leaving.COVER_OVER,
    )
    assert gap_of(napo.township, on=date(2026, 8, 31)).total.gap == 0
    assert gap_of(napo.village, on=UNTIL).own.gap == 1
    assert busy.assignments.filter(until=None).count() == 1
    assert cover(busy, napo.village, county_officer) == held


def test_a_cover_needs_all_that_a_post_needs(napo, county_officer, informant, lesson):
    with pytest.raises(NotReady) as refusal:
        cover(informant, napo.village, county_officer)

    assert codes_of(refusal.value) == ["not-chosen", "not-trained", "not-certified"]
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("until", [TODAY, date(2026, 5, 1), date(2026, 12, 2)])
def test_a_cover_lasts_half_a_year_at_most(napo, county_officer, busy, until):
    with pytest.raises(CoverTooLong):
        cover(busy, napo.village, county_officer, until=until)


def test_nobody_acts_in_two_places_or_beside_the_own_seat(napo, county_officer, busy):
    cover(busy, napo.village, county_officer)

    for division in (napo.county, napo.township):
        with pytest.raises(NotReady) as refusal:
            cover(busy, division, county_officer)
        assert codes_of(refusal.value) == ["acts-elsewhere"]


def test_only_an_empty_seat_is_covered(napo, county_officer, busy):
    AssignmentFactory(at=napo.village)

    with pytest.raises(SeatTaken):
        cover(busy, napo.village, county_officer)


def test_a_cover_ends_before_its_day_and_not_after(napo, county_officer, busy):
    held = cover(busy, napo.village, county_officer)
    early = date(2026, 7, 1)

    for _twice in range(2):
        end_assignment(held, by=county_officer, on=early, leaving=Leaving.OTHER)
    with pytest.raises(EndStands):
        end_assignment(held, by=county_officer, on=UNTIL, leaving=Leaving.OTHER)

    held.refresh_from_db()
    assert (held.until, held.leaving) == (early, Leaving.OTHER)


def test_a_cover_does_not_hinder_a_transfer(napo, county_officer, busy):
    cover(busy, napo.village, county_officer)
    own = busy.assignments.substantive().get()

    moved = transfer_person(
        own, division=napo.county, by=county_officer, on=date(2026, 7, 1)
    )

    assert moved.division == napo.county


def test_the_database_knows_no_cover_without_its_day(napo):
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(at=napo.village, kind=Tenure.ACTING)


class TestSeats:
    def test_a_seat_is_not_filled_twice_unless_wanted(
        self, napo, county_officer, ready
    ):
        assign_person(ready(), division=napo.village, by=county_officer, on=TODAY)
        second = ready()

        with pytest.raises(SeatTaken):
            assign_person(second, division=napo.village, by=county_officer, on=TODAY)
        assign_person(
            second, division=napo.village, by=county_officer, on=TODAY, besides=True
        )

        assert gap_of(napo.village, on=TODAY).own.in_post == 2

    def test_where_the_measures_say_exactly_so_many_nobody_is_besides(
        self, napo, county_officer, ready
    ):
        for _each in range(3):
            AssignmentFactory(at=napo.county)

        with pytest.raises(NoMoreSeats):
            assign_person(
                ready(), division=napo.county, by=county_officer, on=TODAY, besides=True
            )
