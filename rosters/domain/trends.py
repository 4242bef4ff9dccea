"""The gap over time, from the dated rows themselves: nothing is stored for it.

Six statements whatever the size and the number of days: assignments, certificates,
suspensions, two of designations, offices.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from certificates.models import Certificate, Suspension
from core.dates import add_months
from divisions.enums import Kind
from divisions.models import Designation, Division
from rosters.domain.grouping import OFFICE_LEVELS, Flags
from rosters.domain.quotas import Staff
from rosters.domain.tallying import part_width, tallied
from rosters.models import Assignment

MONTHS = 12


@dataclass(frozen=True)
class Point:
    on: date
    staff: Staff


class Span(NamedTuple):
    since: date
    until: date

    def covers(self, on: date) -> bool:
        return self.since <= on < self.until


def trend_of(division: Division, *, on: date) -> list[Point]:
    """Return the staff of the subtree at the first of each of the last months, and on
    the day itself."""
    firsts = firsts_until(on)
    return points_on(division, firsts if firsts[-1] == on else [*firsts, on])


def points_on(division: Division, days: Sequence[date]) -> list[Point]:
    """Return the staff of the subtree on each of ``days``, the earliest first."""
    served = served_spans(division, days)
    tasks = designated_spans(division, Kind.HAS_TASKS, days)
    poor = designated_spans(division, Kind.POOR_COUNTY, days)
    bare = offices_of(division)
    width = part_width(division)
    points = []
    for day in days:
        posts = dict.fromkeys(covered(tasks, day), Flags(has_tasks=True))
        poor_now = set(covered(poor, day))
        posts |= {code: Flags(poor=code in poor_now) for code in bare}
        tally = tallied(posts, Counter(covered(served, day)), width=width)
        points.append(Point(day, sum(tally.total.values(), start=Staff())))
    return points


def offices_of(division: Division) -> list[str]:
    found = Division.objects.within(division.code).filter(level__in=OFFICE_LEVELS)
    return list(found.values_list("code", flat=True))


def firsts_until(on: date) -> list[date]:
    """The first days of the last twelve months, the earliest first."""
    this = on.replace(day=1)
    return [add_months(this, -months) for months in range(MONTHS - 1, -1, -1)]


def covered(spans: Iterable[tuple[str, Span]], day: date) -> Iterable[str]:
    return (code for code, span in spans if span.covers(day))


def designated_spans(
    division: Division, kind: Kind, days: Sequence[date]
) -> list[tuple[str, Span]]:
    held = Designation.objects.within(division.code).filter(
        Q(until=None) | Q(until__gt=days[0]), kind=kind, since__lte=days[-1]
    )
    rows = held.order_by().values_list("division_code", "since", "until")
    return [(code, Span(since, until or date.max)) for code, since, until in rows]


def served_spans(division: Division, days: Sequence[date]) -> list[tuple[str, Span]]:
    """The stretches in which somebody was in post with a valid certificate; those of
    overlapping certificates are joined, so that nobody counts twice."""
    held = Assignment.objects.within(division.code).filter(
        Q(until=None) | Q(until__gt=days[0]), since__lte=days[-1]
    )
    certified = certified_spans(held, days)
    rows = held.order_by().values_list("division_code", "person", "since", "until")
    return [
        (code, Span(max(since, span.since), min(until or date.max, span.until)))
        for code, person, since, until in rows
        for span in certified.get(person, ())
    ]


def certified_spans(held, days: Sequence[date]) -> dict[int, list[Span]]:
    """By person, the stretches in which some certificate of theirs was valid."""
    certificates = Certificate.objects.filter(
        Q(revoked_on=None) | Q(revoked_on__gt=days[0]),
        Q(superseded_on=None) | Q(superseded_on__gt=days[0]),
        holder__in=held.order_by().values("person"),
        issued_on__lte=days[-1],
        expires_on__gt=days[0],
    )
    stopped = suspended_spans(certificates, days)
    rows = certificates.order_by().values_list(
        "pk", "holder", "issued_on", "expires_on", "revoked_on", "superseded_on"
    )
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for pk, holder, issued_on, *ends in rows:
        whole = Span(issued_on, min(end for end in ends if end))
        found[holder] += without(whole, stopped.get(pk, ()))
    return {holder: joined(spans) for holder, spans in found.items()}


def suspended_spans(certificates, days: Sequence[date]) -> dict[int, list[Span]]:
    """By certificate, the stretches in which it did not count."""
    held = Suspension.objects.filter(
        Q(until=None) | Q(until__gt=days[0]),
        certificate__in=certificates.order_by().values("pk"),
        since__lte=days[-1],
    )
    found: defaultdict[int, list[Span]] = defaultdict(list)
    rows = held.order_by("since", "pk").values_list("certificate", "since", "until")
    for pk, since, until in rows:
        found[pk].append(Span(since, until or date.max))
    return found


def without(whole: Span, gaps: Iterable[Span]) -> list[Span]:
    """What is left of ``whole``; the gaps come by their beginnings."""
    left, since = [], whole.since
    for gap in gaps:
        if since < min(gap.since, whole.until):
            left.append(Span(since, min(gap.since, whole.until)))
        since = max(since, gap.until)
    return [*left, Span(since, whole.until)] if since < whole.until else left


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days, in stretches that neither meet nor overlap."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.since <= found[-1].until:
            found[-1] = Span(found[-1].since, max(found[-1].until, span.until))
        else:
            found.append(span)
    return found
