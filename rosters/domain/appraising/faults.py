"""Faults that the cleaning found in the register, and those of them corrected.

A fault is a village's: it counts for whoever holds the village's post and for the
offices above. Corrected is what a later cleaning found no more; what stands counts once
it has stood as long as a step may take, so that nobody answers for last night's find.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.db.models import Q

from divisions.models import Division
from households.models import Fault, FaultQuerySet
from rosters.domain.trends import Span

from .figures import Keys, assignments_of
from .terms import Period, Terms


def faults_by(
    people: Keys, period: Period, terms: Terms
) -> tuple[Counter[int], Counter[int]]:
    """By person, the faults to correct in the villages whose posts they held in the
    period, while they held them, and those corrected; two statements."""
    held = assignments_of(people).filter(since__lt=period.until)
    held = held.ending_after(period.since).order_by()
    stays: defaultdict[str, list[tuple[int, Span]]] = defaultdict(list)
    for person, code, since, until in held.values_list(
        "person", "division_code", "since", "until"
    ):
        last = min(until or period.until, period.until)
        stays[code].append((person, Span(max(since, period.since), last)))
    there = standing_in(period).filter(division_code__in=held.values("division_code"))
    due: defaultdict[int, set[int]] = defaultdict(set)
    done: defaultdict[int, set[int]] = defaultdict(set)
    for key, code, found_on, gone_on in there.values_list(
        "pk", "division_code", "found_on", "gone_on"
    ):
        for person, stay in stays[code]:
            if is_corrected(found_on, gone_on, stay):
                done[person].add(key)
            elif is_left(found_on, gone_on, stay, terms):
                due[person].add(key)
    return (
        Counter({person: len(due[person] | done[person]) for person in (*due, *done)}),
        Counter({person: len(found) for person, found in done.items()}),
    )


def faults_within(division: Division, period: Period, terms: Terms) -> tuple[int, int]:
    """The faults to correct in the whole of ``division``, and those corrected."""
    there = standing_in(period).within(division.code)
    corrected = Q(gone_on__lt=period.until)
    done = there.filter(corrected).count()
    if period.days <= terms.step_days:
        return done, done
    latest = period.until - timedelta(days=terms.step_days + 1)
    left = there.exclude(corrected).filter(found_on__lte=latest).count()
    return done + left, done


def standing_in(period: Period) -> FaultQuerySet:
    """The faults that stood at some time of the period."""
    return Fault.objects.filter(
        Q(gone_on=None) | Q(gone_on__gt=period.since), found_on__lt=period.until
    ).order_by()


def is_corrected(found_on: date, gone_on: date | None, stay: Span) -> bool:
    return (
        gone_on is not None
        and found_on < stay.until
        and stay.since < gone_on < stay.until
    )


def is_left(found_on: date, gone_on: date | None, stay: Span, terms: Terms) -> bool:
    """Whether it stood at the end of the stay, for longer than a step may take."""
    stands = found_on < stay.until and (gone_on is None or gone_on >= stay.until)
    return stands and (stay.until - max(found_on, stay.since)).days > terms.step_days
