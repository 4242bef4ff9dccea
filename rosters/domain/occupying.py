"""How full a post gets from a day on: whoever sits there, and whoever is to come.

A quota asked for one day alone would let a seat that somebody takes next month be
filled today without an end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from certificates.models import Certificate
from rosters.models import AssignmentQuerySet


class Stay(NamedTuple):
    """One person in a post; ``until`` is the first day no longer there."""

    since: date
    until: date = date.max


def stays_of(held: AssignmentQuerySet, *, on: date) -> dict[str, list[Stay]]:
    """By the post's code, the stays of ``held`` that last beyond ``on`` or begin
    later, in one statement.

    Of those in post the ones that count on ``on``; of those to come all whose
    certificate is not revoked meanwhile.
    """
    valid = Certificate.objects.valid(on).values("holder")
    to_come = Q(since__gt=on, certificate__revoked_on=None)
    lasting = held.ending_after(on).filter(to_come | Q(person__in=valid)).order_by()
    found: defaultdict[str, list[Stay]] = defaultdict(list)
    for code, since, until in lasting.values_list("division_code", "since", "until"):
        found[code].append(Stay(since, until or date.max))
    return found


def most_at_once(stays: Iterable[Stay], *, on: date, until: date | None = None) -> int:
    """How many are there on the fullest day from ``on`` up to ``until``, or ever."""
    last = until or date.max
    there = [each for each in stays if each.since < last and on < each.until]
    # It can only grow fuller on a day on which somebody comes.
    days = {max(each.since, on) for each in there}
    return max(
        (sum(each.since <= day < each.until for each in there) for day in days),
        default=0,
    )
