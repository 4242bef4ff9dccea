"""What is coming: certificates that run out, people on their way, gaps to be.

Two statements whatever the size: whose presence changes within a year, and who is
chosen but not in post. The quotas of the day are kept: nobody knows which villages
will have tasks next year.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery

from certificates.models import Certificate, Selection
from core.dates import add_months
from divisions.models import Division
from divisions.scoping import in_subtrees
from rosters.domain.tallying import Tally
from rosters.models import Assignment

SOON = timedelta(days=90)
HORIZONS = (3, 6, 12)  # months


@dataclass(frozen=True)
class Outlook:
    """Of one row: who runs out soon, who is on the way, and the gap at each horizon
    if nobody renews and nobody is put in post."""

    expiring: int = 0
    pipeline: int = 0
    forecast: tuple[int, ...] = (0,) * len(HORIZONS)

    def __add__(self, other: Outlook) -> Outlook:
        return Outlook(
            self.expiring + other.expiring,
            self.pipeline + other.pipeline,
            tuple(a + b for a, b in zip(self.forecast, other.forecast, strict=True)),
        )

    def __sub__(self, other: Outlook) -> Outlook:
        return Outlook(
            self.expiring - other.expiring,
            self.pipeline - other.pipeline,
            tuple(a - b for a, b in zip(self.forecast, other.forecast, strict=True)),
        )


class Change(NamedTuple):
    """Somebody whose presence in a post begins or ends within the year."""

    code: str
    since: date
    until: date
    certified_until: date

    def counts(self, on: date) -> bool:
        return self.since <= on < self.until


def outlooks_of(division: Division, tally: Tally, *, on: date) -> dict[str, Outlook]:
    """Return the outlook of every part that ``tally`` knows or somebody comes from."""
    changes = changes_within(division, on=on)
    expiring = Counter(
        change.code[: tally.width]
        for change in changes
        if change.counts(on) and change.certified_until <= on + SOON
    )
    pipeline = Counter(code[: tally.width] for code in homes_of_awaited(division, on))
    days = [add_months(on, months) for months in HORIZONS]
    shifts = [shifts_by(changes, tally, on=on, day=day) for day in days]
    parts = {*tally.total, *expiring, *pipeline}
    return {
        part: Outlook(
            expiring[part],
            pipeline[part],
            tuple(tally.total[part].gap + shift[part] for shift in shifts),
        )
        for part in parts
    }


def shifts_by(
    changes: Iterable[Change], tally: Tally, *, on: date, day: date
) -> Counter[str]:
    """By how much the gap of each part has grown by ``day``."""
    moved: defaultdict[str, int] = defaultdict(int)
    for change in changes:
        moved[change.code] += change.counts(day) - change.counts(on)
    grown: Counter[str] = Counter()
    for code, number in moved.items():
        now = tally.in_post[code]
        grown[code[: tally.width]] += tally.gap_at(
            code, in_post=now + number
        ) - tally.gap_at(code, in_post=now)
    return grown


def changes_within(division: Division, *, on: date) -> list[Change]:
    """The presences that begin or end between ``on`` and the last horizon, by what
    was known of certificates on that day."""
    last = add_months(on, HORIZONS[-1])
    valid = Certificate.objects.valid(on)
    outlasting = valid.filter(expires_on__gt=last).values("holder")
    longest = valid.filter(holder=OuterRef("person")).order_by("-expires_on")
    moving = (
        Assignment.objects.within(division.code)
        .filter(Q(until=None) | Q(until__gt=on), since__lte=last)
        .filter(Q(until__lte=last) | Q(since__gt=on) | ~Q(person__in=outlasting))
        .annotate(certified_until=Subquery(longest.values("expires_on")[:1]))
        .order_by()
    )
    rows = moving.values_list("division_code", "since", "until", "certified_until")
    return [
        Change(code, since, min(until or date.max, certified_until), certified_until)
        for code, since, until, certified_until in rows.iterator()
        if certified_until  # whoever has none now does not count, then or now
    ]


def homes_of_awaited(division: Division, on: date) -> Iterable[str]:
    """Where everybody lives who is chosen on that day and in no post; whose account
    is closed comes no more."""
    in_post = Assignment.objects.in_force(on).values("person")
    awaited = (
        Selection.objects.in_force(on)
        .filter(in_subtrees((division.code,), "person__home_code"))
        .filter(person__is_active=True)
        .exclude(person__in=in_post)
        .order_by()
    )
    rows = awaited.values_list("person", "person__home_code").distinct()
    return [code for _person, code in rows.iterator()]
