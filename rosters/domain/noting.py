"""Noting that a seat opened, and that it stands open no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils.functional import SimpleLazyObject

from divisions.enums import CODE_LENGTH, Level
from divisions.models import Division
from rosters.domain.opening import seats_uncertified
from rosters.domain.quotas import gaps_among
from rosters.domain.tallying import tally_of
from rosters.enums import Why
from rosters.models import Assignment, AssignmentQuerySet, Opening, OpeningQuerySet

# What opened while no worker ran is made up for, and so long a mail is tried again.
LOOK_BACK = timedelta(days=7)
AT_ONCE = 500
# Well below what either database takes in one statement.
AT_MOST = 5000
T = TypeVar("T")
Found = list[tuple[Assignment, Why, date]]


@transaction.atomic
def note_openings(*, on: date, at: datetime) -> int:
    """Note the seats that opened within the last days, each once, and which of them
    stand open no more; a seat of somebody who has never had a certificate did not
    open. The number found is returned."""
    found = [
        *openings_by_certificate(Assignment.objects.all(), on),
        *openings_by_leaving(on),
    ]
    settle(found, among=Opening.objects.all(), on=on, at=at)
    return len(found)


@transaction.atomic
def note_openings_of(people: Collection[int], *, on: date, at: datetime) -> None:
    """Note which seats of ``people`` a certificate opened or closed, without waiting
    for the night: the office's home page shows it, and the next mail tells of it. A
    few statements for any number."""
    for some in rounds(people):
        served = Assignment.objects.filter(person__in=some).in_force(on)
        found = list(openings_by_certificate(served, on))
        own = Opening.objects.filter(assignment__in=served)
        settle(found, among=own, on=on, at=at)


@transaction.atomic
def note_openings_at(
    divisions: Collection[Division], *, on: date, at: datetime
) -> None:
    """Note which seats of ``divisions`` were left open, and which are taken again,
    without waiting for the night. A few statements for any number."""
    for some in rounds(divisions):
        left = Assignment.objects.filter(division__in=some, until__lte=on)
        gaps = SimpleLazyObject(lambda some=some: gaps_among(some, on=on))
        lately = left.filter(until__gt=on - LOOK_BACK)
        found = list(last_to_go(lately, lacking=lambda code, gaps=gaps: gaps[code]))
        own = Opening.objects.filter(assignment__in=left)
        settle(found, among=own, on=on, at=at)


def rounds(things: Collection[T]) -> Iterator[list[T]]:
    """Each once; as many together as one statement may name."""
    left = list(dict.fromkeys(things))
    for start in range(0, len(left), AT_MOST):
        yield left[start : start + AT_MOST]


def settle(found: Found, *, among: OpeningQuerySet, on: date, at: datetime) -> None:
    """Keep what was found, and say of the others since when they are none. A seat that
    opens twice on one day for one reason is one opening, which stands again."""
    keep(found, at=at)
    open_still = {held.pk for held, _why, _since in found}
    lately = among.still().lately(on).order_by()
    closed = [
        pk
        for pk, held in lately.values_list("pk", "assignment")
        if held not in open_still
    ]
    for start in range(0, len(closed), AT_ONCE):
        those = Opening.objects.filter(pk__in=closed[start : start + AT_ONCE])
        those.update(closed_on=on)


def keep(found: Found, *, at: datetime) -> None:
    Opening.objects.bulk_create(
        [
            Opening(
                assignment=held,
                why=why,
                since=since,
                division=held.division,
                division_code=held.division_code,
                office_code=held.division_code[: CODE_LENGTH[Level.COUNTY]],
                noted_at=at,
            )
            for held, why, since in found
        ],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["assignment", "why", "since"],
        update_fields=["closed_on"],
    )


def openings_by_certificate(
    among: AssignmentQuerySet, on: date
) -> Iterator[tuple[Assignment, Why, date]]:
    for seat in seats_uncertified(among, on=on):
        if seat.since is None or seat.since <= on - LOOK_BACK:
            continue
        why = Why.EXPIRED
        if seat.is_revoked:
            why = Why.REVOKED
        elif seat.is_suspended:
            why = Why.SUSPENDED
        yield seat.assignment, why, seat.since


def openings_by_leaving(on: date) -> Iterator[tuple[Assignment, Why, date]]:
    """Whose post has ended, of all divisions."""
    left = Assignment.objects.filter(until__gt=on - LOOK_BACK, until__lte=on)
    tally = SimpleLazyObject(
        lambda: tally_of(Division.objects.get(level=Level.REGION), on=on)
    )
    yield from last_to_go(
        left, lacking=lambda code: tally.gap_at(code, in_post=tally.in_post[code])
    )


def last_to_go(
    left: AssignmentQuerySet, *, lacking: Callable[[str], int]
) -> Iterator[tuple[Assignment, Why, date]]:
    """Of each division as many as it lacks today, the last to go first. Where somebody
    came instead, or there were more people than are asked for, no seat opened."""
    by_place = defaultdict(list)
    for held in left.for_list().order_by("-until", "-pk"):
        by_place[held.division_code].append(held)
    for code, leavers in by_place.items():
        for held in leavers[: lacking(code)]:
            yield held, Why.LEFT, held.until
