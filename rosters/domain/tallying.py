"""Counting posts and the people in them, part by part, on one day and at its horizons.

On PostgreSQL one statement whatever the size. On SQLite two, the posts with their
people and how many these are in all, and a third for those who serve in a post without
a quota, if there are any.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import SimpleLazyObject

from divisions.enums import LEVEL_OF_LENGTH, Level
from divisions.models import Division
from rosters.domain.grouping import (
    Flags,
    grouped_posts,
    posts_with_quota,
    staff_counting,
)
from rosters.domain.headcounts import Heads
from rosters.domain.horizons import HORIZONS
from rosters.domain.quotas import Staff, quota


@dataclass
class Tally:
    """``posts`` and ``in_post`` by the post's own code, the rest by part; what is
    ``expiring`` and the gaps ``later``, at each horizon, only as ``tally_of`` finds
    them."""

    posts: Mapping[str, Flags]
    in_post: Counter[str]
    width: int
    own: defaultdict[str, Staff] = field(default_factory=lambda: defaultdict(Staff))
    total: defaultdict[str, Staff] = field(default_factory=lambda: defaultdict(Staff))
    by_level: defaultdict[str, Staff] = field(
        default_factory=lambda: defaultdict(Staff)
    )
    demonstration: set[str] = field(default_factory=set)
    expiring: Counter[str] = field(default_factory=Counter)
    later: defaultdict[str, Counter[int]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def add(self, part: str, level: str, staff: Staff, *, is_own: bool) -> None:
        self.total[part] += staff
        self.by_level[level] += staff
        if is_own:
            self.own[part] += staff

    def add_alike(
        self, part: str, digits: int, flags: Flags, there: int, number: int
    ) -> None:
        """Add ``number`` posts, each of so many digits with so many people."""
        level = LEVEL_OF_LENGTH[digits]
        asked = quota(level, flags.poor, flags.has_tasks, there)
        staff = Staff.by(asked, there).times(number)
        self.add(part, level, staff, is_own=digits == len(part))
        if flags.is_demonstration:
            self.demonstration.add(part)

    def look_ahead(
        self, part: str, digits: int, flags: Flags, heads: Heads, number: int
    ) -> None:
        """Add what becomes of ``number`` such posts; the quotas of the day are kept,
        for nobody knows which villages will have tasks next year."""
        level = LEVEL_OF_LENGTH[digits]
        self.expiring[part] += heads.expiring * number
        for months, there in zip(HORIZONS, heads.later, strict=True):
            gap = quota(level, flags.poor, flags.has_tasks, there).gap or 0
            self.later[part][months] += gap * number

    def gap_at(self, code: str, *, in_post: int) -> int:
        """What the post of ``code`` would lack with so many people."""
        flags = self.posts.get(code, Flags())
        level = LEVEL_OF_LENGTH[len(code)]
        return quota(level, flags.poor, flags.has_tasks, in_post).gap or 0


def tally_of(division: Division, *, on: date) -> Tally:
    """Count in the database; the posts one by one are read only if somebody asks."""
    width = part_width(division)
    tally = Tally(
        SimpleLazyObject(lambda: posts_of(division, on)),
        SimpleLazyObject(lambda: Counter(staffed_codes(division, on))),
        width,
    )
    for alike, number in grouped_posts(division, width=width, on=on).items():
        part, digits, flags, heads = alike
        tally.add_alike(part, digits, flags, heads.there, number)
        tally.look_ahead(part, digits, flags, heads, number)
    return tally


def posts_of(division: Division, on: date) -> dict[str, Flags]:
    """Every post of the subtree that has a quota, by its code."""
    rows = posts_with_quota(division, on)
    return {row.pop("division_code"): Flags(**row) for row in rows}


def tallied(posts: Mapping[str, Flags], in_post: Counter[str], *, width: int) -> Tally:
    """Count equal posts together, so that the Measures are asked once for each kind
    of post and not ten thousand times."""
    tally = Tally(posts, in_post, width)
    everywhere = {**dict.fromkeys(in_post, Flags()), **posts}
    alike = Counter(
        (code[:width], len(code), flags, in_post[code])
        for code, flags in everywhere.items()
    )
    for (part, digits, flags, there), number in alike.items():
        tally.add_alike(part, digits, flags, there, number)
    return tally


def part_width(division: Division) -> int:
    """How many digits of a code name the row that it belongs to."""
    below = Level(division.level).below
    return below.code_length if below else len(division.code)


def staffed_codes(division: Division, on: date) -> Iterable[str]:
    """The division of everybody in post who counts."""
    counting = staff_counting(division, on)
    return counting.values_list("division_code", flat=True).iterator()
