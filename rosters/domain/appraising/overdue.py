"""Steps that nobody had taken when their days were over, by the end of a period.

Of a case that has moved on since, the entry says how long the step had waited; of one
that still waits, the case does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce

from divisions.enums import CODE_LENGTH, LEVEL_OF_LENGTH
from divisions.scoping import in_subtrees
from ledger.enums import ENROLMENT
from ledger.models import Case
from rosters.domain.handing_over import OWN_LEVELS
from rosters.models import Assignment

from .figures import Keys, steps_taken
from .terms import Period, Terms


class Overdue(NamedTuple):
    """A step that waited too long, at whose level, since when."""

    code: str
    level: str
    since: date


def overdue_within(codes: Sequence[str], period: Period, terms: Terms) -> list[Overdue]:
    """Those of cases in the narrowest part of the tree that holds all of ``codes``, in
    two statements."""
    prefix = common_beginning(codes)
    there = in_subtrees((prefix,), "division_code") if prefix else Q()
    latest = period.last - timedelta(days=terms.step_days + 1)
    later = steps_taken().filter(there, on__gte=period.until, due_from__lte=latest)
    waiting = (
        Case.objects.open()
        .exclude(procedure=ENROLMENT)
        .filter(there)
        .annotate(waits_since=Coalesce("objection_since", "notice_until", "moved_on"))
        .filter(waits_since__lte=latest)
        .order_by()
    )
    rows = [
        *later.values_list("division_code", "level", "due_from"),
        *waiting.values_list("division_code", "next_level", "waits_since"),
    ]
    return [Overdue(*row) for row in rows]


def common_beginning(codes: Sequence[str]) -> str:
    """Of the first and the last in order, and so of all between."""
    first, last = min(codes), max(codes)
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(digit for digit, _same in alike)


def overdue_by(people: Keys, period: Period, terms: Terms) -> Counter[int]:
    """By person, the overdue steps of the post held on the last day of the period.
    Somebody new has the same days as anybody, from the first day in post."""
    held = Assignment.objects.in_force(period.last).filter(person__in=people).order_by()
    posts: defaultdict[str, list[tuple[int, date]]] = defaultdict(list)
    for person, code, since in held.values_list("person", "division_code", "since"):
        posts[code].append((person, since))
    if not posts:
        return Counter()
    found: Counter[int] = Counter()
    for step in overdue_within(list(posts), period, terms):
        for code in (step.code[:length] for length in CODE_LENGTH.values()):
            if code in posts and step.level in levels_of(code):
                found.update(
                    person
                    for person, since in posts[code]
                    if (period.last - since).days > terms.step_days
                )
            if code == step.code:
                break
    return found


def levels_of(code: str) -> tuple[str, ...]:
    """At whose levels the post of ``code`` takes steps."""
    level = LEVEL_OF_LENGTH[len(code)]
    return OWN_LEVELS.get(level, (level.value,))
