"""A seat is filled once on every day, in whatever order people are put there."""

from datetime import date

import pytest

from certificates.domain.revoking import revoke_certificate
from rosters.domain.assigning import assign_person, end_assignment
from rosters.domain.covering import cover_post
from rosters.domain.occupying import Stay, most_at_once
from rosters.enums import Leaving
from rosters.errors import NoMoreSeats, SeatTaken
from rosters.models import Assignment

from .conftest import TODAY
from .files import id_number
from .test_importing import fates, upload_of

LATER = date(2026, 6, 10)
AUGUST = date(2026, 8, 1)


@pytest.fixture
def post(napo, county_officer, ready):
    def post(division=napo.village, *, on, **kwargs):
        return assign_person(
            ready(), division=division, by=county_officer, on=on, **kwargs
        )

    return post


@pytest.fixture
def cover(napo, county_officer, ready):
    def cover(division=napo.village, *, on, until):
        return cover_post(
            ready(), division=division, by=county_officer, on=on, until=until
        )

    return cover


def test_a_seat_promised_to_somebody_is_not_filled_before_they_come(post):
    first = post(on=LATER)

    with pytest.raises(SeatTaken):
        post(on=TODAY)
    second = post(on=TODAY, besides=True)

    assert {first, second} == set(Assignment.objects.all())


def test_where_the_measures_say_exactly_so_many_a_later_day_counts_too(napo, post):
    for _each in range(3):
        post(napo.county, on=LATER)

    with pytest.raises(NoMoreSeats):
        post(napo.county, on=TODAY)

    assert Assignment.objects.count() == 3


def test_a_seat_that_somebody_is_to_cover_is_not_filled_without_an_end(post, cover):
    cover(on=LATER, until=AUGUST)

    with pytest.raises(SeatTaken):
        post(on=TODAY)

    assert post(on=AUGUST).since == AUGUST


def test_a_cover_ends_when_the_next_one_comes(post, cover):
    post(on=LATER)

    with pytest.raises(SeatTaken):
        cover(on=TODAY, until=date(2026, 6, 11))

    assert cover(on=TODAY, until=LATER).until == LATER


def test_covers_one_after_the_other_fill_one_seat(napo, post, cover):
    for _each in range(2):
        post(napo.county, on=TODAY)
    cover(napo.county, on=TODAY, until=LATER)
    cover(napo.county, on=LATER, until=AUGUST)

    with pytest.raises(NoMoreSeats):
        post(napo.county, on=TODAY)
    assert post(napo.county, on=AUGUST)


def test_a_seat_is_free_from_the_day_on_which_somebody_leaves(
    napo, county_officer, post
):
    held = post(on=TODAY)
    end_assignment(held, by=county_officer, on=AUGUST, leaving=Leaving.RESIGNED)

    assert post(on=AUGUST).division == napo.village


def test_whoever_lost_the_certificate_before_coming_keeps_no_seat(county_officer, post):
    held = post(on=LATER)
    revoke_certificate(held.certificate, by=county_officer, on=TODAY, reason="作弊")

    assert post(on=TODAY).since == TODAY


def test_a_file_is_asked_the_same(napo, county_officer, ready, post):
    post(on=LATER)
    person = ready()
    person.id_number = id_number(1)
    person.save()
    row = (person.real_name, id_number(1), napo.village.code, "2026-06-01", "")

    assert fates(upload_of("assignments", row), county_officer) == ["refused"]


def test_the_fullest_day_is_looked_for_in_the_days_asked_about():
    stays = [Stay(LATER, AUGUST), Stay(AUGUST), Stay(date(2026, 7, 1), AUGUST)]

    assert most_at_once(stays, on=TODAY) == 2
    assert most_at_once(stays, on=TODAY, until=LATER) == 0
    assert most_at_once(stays, on=TODAY, until=date(2026, 7, 1)) == 1
    assert most_at_once(stays, on=AUGUST) == 1
    assert most_at_once([], on=TODAY) == 0
