"""What is coming: certificates that run out, people on their way, gaps to be.

The tally knows the gaps to be; who is chosen but not in post takes one statement
whatever the size, and so does, for whoever plans month by month, whose presence
changes within a year.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from accounts.models import User
from certificates.models import Certificate, Selection
from divisions.enums import Level
from divisions.models import Division
from rosters.domain.horizons import HORIZONS, Days
from rosters.domain.tallying import Tally
from rosters.models import Assignment


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
    pipeline: Counter[str] = Counter()
    for code, number in homes_of_awaited(division, on).items():
        pipeline[code[: tally.width]] += number
    return {
        part: Outlook(
            tally.expiring[part],
            pipeline[part],
            tuple(tally.later[part][months] for months in HORIZONS),
        )
        for part in {*tally.total, *pipeline}
    }


def changes_within(division: Division, *, on: date) -> list[Change]:
    """The presences that begin or end between ``on`` and the last horizon, by what
    was known of certificates on that day."""
    last = Days.seen_from(on).last
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


def homes_of_awaited(division: Division, on: date) -> Counter[str]:
    """How many live where who are chosen on that day and in no post; whose account is
    closed comes no more."""
    in_post, chosen = Assignment.objects.in_force(on), Selection.objects.in_force(on)
    awaited = User.objects.within(division.code).filter(is_active=True).order_by()
    if division.level == Level.REGION:
        # Of everybody they are found sooner among the choices, all in one order.
        waiting = chosen.filter(~Exists(in_post.filter(person=OuterRef("person"))))
        awaited = awaited.filter(pk__in=waiting.order_by().values("person"))
    else:
        # Most people are in post: asked first, it spares the other question.
        awaited = awaited.filter(~Exists(in_post.filter(person=OuterRef("pk"))))
        awaited = awaited.filter(Exists(chosen.filter(person=OuterRef("pk"))))
    return Counter(dict(awaited.values_list("home_code").annotate(Count("pk"))))
