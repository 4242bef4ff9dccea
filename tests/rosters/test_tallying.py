"""What the database counts together is what counting one by one finds."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from accounts.models import User
from certificates.enums import State
from certificates.models import Certificate
from core.dates import add_months
from divisions.enums import CODE_LENGTH
from divisions.models import Division
from rosters.domain import headcounts
from rosters.domain.forecasting import Outlook
from rosters.domain.gaps import gap_table
from rosters.domain.headcounts import Heads
from rosters.domain.quotas import Staff, quota_for
from rosters.domain.tallying import posts_of, staffed_codes, tallied, tally_of
from rosters.models import Assignment
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY
from .drawing import drawn_history

DAYS = [TODAY + timedelta(days=days) for days in (0, -1, -400, 100)]
# From here three months are 89 days: less than what counts as soon.
DAYS.append(date(2026, 2, 1))


@pytest.mark.parametrize("seed", range(4))
def test_counted_together_or_post_by_post(napo, seed):
    drawn_history(napo, Random(seed))

    for division in (napo.region, napo.city, napo.county, napo.township, napo.village):
        for on in DAYS:
            found = tally_of(division, on=on)
            expected = tallied(
                posts_of(division, on),
                Counter(staffed_codes(division, on)),
                width=found.width,
            )
            assert found.total == expected.total
            assert found.own == expected.own
            assert found.by_level == expected.by_level
            assert found.demonstration == expected.demonstration


@pytest.mark.parametrize("seed", range(8))
def test_the_table_is_what_going_from_person_to_person_finds(napo, seed):
    drawn_history(napo, Random(seed))

    for on in DAYS:
        staff, outlooks = found_one_by_one(on)
        for division in (napo.region, napo.city, napo.county, napo.township):
            table = gap_table(division, on=on)
            assert table.here.total == staff[division.code]
            assert table.here.outlook == outlooks[division.code]
            assert [(row.total, row.outlook) for row in table.rows] == [
                (staff[row.division.code], outlooks[row.division.code])
                for row in table.rows
            ]


def found_one_by_one(on: date) -> tuple[dict[str, Staff], dict[str, Outlook]]:
    """Staff and outlook of every subtree, by its code, from each person's own rows."""
    horizons = [add_months(on, months) for months in (3, 6, 12)]
    there, expiring = Counter(), Counter()
    for held in Assignment.objects.all():
        last = last_certified(held.person, on)
        for day in (on, *horizons):
            if last and held.since <= day < min(last, held.until or date.max):
                there[held.division_code, day] += 1
                if day == on and last <= on + timedelta(days=90):
                    expiring[held.division_code] += 1
    awaited = Counter(user.home_code for user in User.objects.all() if waits(user, on))
    staff, outlooks = defaultdict(Staff), defaultdict(Outlook)
    for post in Division.objects.all():
        now = there[post.code, on]
        own = Staff.by(quota_for(post, now, on=on), now)
        gaps = (
            quota_for(post, there[post.code, day], on=on).gap or 0 for day in horizons
        )
        outlook = Outlook(expiring[post.code], awaited[post.code], tuple(gaps))
        for code in prefixes(post.code):
            staff[code] += own
            outlooks[code] += outlook
    return staff, outlooks


def last_certified(person: User, on: date) -> date | None:
    """Until when, by the certificates that were good on that day."""
    good = [
        each.expires_on
        for each in Certificate.objects.filter(holder=person)
        if each.issued_on <= on and each.state(on) == State.VALID
    ]
    return max(good, default=None)


def waits(person: User, on: date) -> bool:
    chosen = any(
        each.chosen_on <= on and not (each.withdrawn_on and each.withdrawn_on <= on)
        for each in person.selections.all()
    )
    in_post = any(
        each.since <= on and not (each.until and each.until <= on)
        for each in person.assignments.all()
    )
    return person.is_active and chosen and not in_post


def prefixes(code: str) -> list[str]:
    return [code[:digits] for digits in CODE_LENGTH.values() if digits <= len(code)]


def test_heads_add_up_in_one_number():
    first = Heads(people=4, there=3, expiring=1, later=(2, 1, 0))
    second = Heads(people=50, there=50, expiring=0, later=(50, 50, 50))

    together = Heads.unpacked(first.packed + second.packed)

    assert together == Heads(54, 53, 1, (52, 51, 50))


@pytest.mark.parametrize("most", [1, 2])
def test_a_post_with_more_people_than_one_sum_holds_is_counted_in_parts(
    napo, monkeypatch, most
):
    drawn_history(napo, Random(1))
    for _person in range(3):  # with tasks, in an office, and where nobody is asked for
        for place in (napo.village, napo.county, napo.other_county, napo.region):
            AssignmentFactory(at=place)
    shown = [
        (division, on)
        for division in (napo.region, napo.county, napo.village)
        for on in DAYS
    ]
    counted = [tally_of(division, on=on) for division, on in shown]
    assert headcounts.MOST == 63
    of_post = headcounts.OF_POST.replace("63", str(most))
    assert of_post != headcounts.OF_POST

    monkeypatch.setattr(headcounts, "OF_POST", of_post)
    with pytest.raises(OverflowError):
        Heads.unpacked(headcounts.TOO_MANY)
    monkeypatch.setattr("rosters.domain.grouping.MOST", most)

    assert [tally_of(division, on=on) for division, on in shown] == counted
