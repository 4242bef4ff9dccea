"""How many posts a division has: what the Measures say, and what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import measures
from divisions.domain.designating import Standing, standing_of, standings_among
from divisions.models import Designation, Division
from rosters.models import Assignment


@lru_cache(maxsize=4096)
def quota(level: str, poor: bool, has_tasks: bool, in_post: int) -> measures.Quota:
    """The Measures' answer, kept: a region asks the same thing thousands of times."""
    return measures.quota(
        level=level, poor_county=poor, has_tasks=has_tasks, in_post=in_post
    )


def quota_of(division: Division, *, on: date) -> measures.Quota:
    """The quota of the division's own post 本级, with its gap on that day."""
    there = Assignment.objects.counting(on).filter(division=division).count()
    return quota_for(division, there, on=on)


def quota_for(division: Division, there: int, *, on: date) -> measures.Quota:
    """The quota of the division's own post on that day, if so many were there."""
    standing = standing_of(division, on=on)
    return quota(division.level, standing.poor_county, standing.has_tasks, there)


def gaps_among(divisions: Collection[Division], *, on: date) -> dict[str, int]:
    """What each of ``divisions`` lacks in its own post, by code, in two statements."""
    held = Designation.objects.filter(division__in=divisions)
    standings = standings_among(held, on=on)
    counting = Assignment.objects.counting(on).filter(division__in=divisions)
    there = Counter(counting.order_by().values_list("division", flat=True))
    gaps = {}
    for each in divisions:
        counts = standings.get(each.pk, Standing())
        asked = quota(each.level, counts.poor_county, counts.has_tasks, there[each.pk])
        gaps[each.code] = asked.gap or 0
    return gaps


@dataclass(frozen=True)
class Staff:
    """Required, in post, missing and over establishment; these add up over
    divisions, while a surplus here never fills a gap there."""

    required: int = 0
    in_post: int = 0
    gap: int = 0
    over: int = 0

    @classmethod
    def by(cls, asked: measures.Quota, in_post: int) -> Staff:
        return cls(asked.minimum, in_post, asked.gap or 0, asked.over or 0)

    def __add__(self, other: Staff) -> Staff:
        return Staff(
            self.required + other.required,
            self.in_post + other.in_post,
            self.gap + other.gap,
            self.over + other.over,
        )

    def times(self, number: int) -> Staff:
        return Staff(
            self.required * number,
            self.in_post * number,
            self.gap * number,
            self.over * number,
        )

    @property
    def filled_percent(self) -> int | None:
        """How much of what is required is filled, cut; None where nothing is."""
        if not self.required:
            return None
        return (self.required - self.gap) * 100 // self.required
