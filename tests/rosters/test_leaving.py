"""A last day can be mended as long as it is still to come."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from core.dates import add_months
from core.models import LogEntry
from rosters.domain.assigning import assign_person, end_assignment
from rosters.domain.leaving import leave_post
from rosters.enums import Leaving
from rosters.errors import EndStands, SeatTaken, ServesFrom, TooEarly, WrongOffice
from rosters.models import Assignment
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY
from .test_views import page_of, text

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture
def held(napo, county_officer, ready):
    """Somebody in the village's one seat until September."""
    made = assign_person(ready(), division=napo.village, by=county_officer, on=TODAY)
    return end_assignment(
        made, by=county_officer, on=SEPTEMBER, leaving=Leaving.RESIGNED
    )


def left(held, by, *, on, leaving=Leaving.RESIGNED, today=TODAY):
    return leave_post(held, by=by, on=on, leaving=leaving, today=today)


@pytest.mark.parametrize("on", [date(2026, 7, 1), OCTOBER])
def test_a_last_day_to_come_is_moved_and_the_move_is_logged(held, county_officer, on):
    for _twice in range(2):
        left(held, county_officer, on=on, leaving=Leaving.RETIRED)

    held.refresh_from_db()
    assert (held.until, held.leaving) == (on, Leaving.RETIRED)
    (entry,) = LogEntry.objects.filter(action="assignment.end-moved")
    assert entry.detail == {"before": "2026-09-01", "on": on.isoformat()}


def test_a_last_day_that_is_past_stands(held, county_officer):
    with pytest.raises(EndStands) as refusal:
        left(held, county_officer, on=OCTOBER, today=SEPTEMBER)

    held.refresh_from_db()
    assert held.until == SEPTEMBER
    assert refusal.value.values["until"] == SEPTEMBER
    assert left(held, county_officer, on=SEPTEMBER, today=OCTOBER) == held


def test_nobody_stays_longer_than_until_their_next_post(napo, held, county_officer):
    assign_person(held.person, division=napo.township, by=county_officer, on=SEPTEMBER)

    with pytest.raises(ServesFrom):
        left(held, county_officer, on=OCTOBER)

    held.refresh_from_db()
    assert held.until == SEPTEMBER


def test_nobody_stays_on_a_seat_promised_to_another(napo, held, county_officer, ready):
    assign_person(ready(), division=napo.village, by=county_officer, on=SEPTEMBER)

    with pytest.raises(SeatTaken):
        left(held, county_officer, on=OCTOBER)

    assert left(held, county_officer, on=date(2026, 8, 1)).until == date(2026, 8, 1)


def test_neither_before_it_began_nor_by_another_office(
    held, county_officer, township_officer
):
    with pytest.raises(TooEarly):
        left(held, county_officer, on=date(2026, 5, 1))
    with pytest.raises(WrongOffice):
        left(held, township_officer, on=OCTOBER)


def test_an_end_that_was_set_is_not_set_again_by_ending(held, county_officer):
    with pytest.raises(EndStands):
        end_assignment(held, by=county_officer, on=OCTOBER, leaving=Leaving.OTHER)

    assert Assignment.objects.get().until == SEPTEMBER


def test_the_page_shows_the_day_and_moves_it_or_says_why_not(
    client, napo, county_officer
):
    today = timezone.localdate()
    soon = add_months(today, 1)
    held = AssignmentFactory(at=napo.village, until=soon, leaving=Leaving.RESIGNED)
    client.force_login(county_officer)
    page = reverse("rosters:end", args=[held.pk])

    assert "更改离岗日期" in text(client.get(page_of(napo.village, "division")))
    assert client.get(page).context["form"].initial["until"] == soon
    client.post(page, {"until": today.isoformat(), "leaving": "retired"})
    held.refresh_from_db()
    assert (held.until, held.leaving) == (today, Leaving.RETIRED)

    refused = client.post(page, {"until": soon.isoformat(), "leaving": "retired"})
    assert "不能更改" in text(refused)
    held.refresh_from_db()
    assert held.until == today
