"""Counting posts and the people in them, part by part, on one day.

Three statements whatever the size: who is in post, where there are tasks, the offices.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from divisions.enums import LEVEL_OF_LENGTH, Kind, Level
from divisions.models import Designation, Division
from rosters.domain.quotas import Staff, quota
from rosters.models import Assignment

OFFICE_LEVELS = (Level.CITY, Level.COUNTY)


class Flags(NamedTuple):
    """What decides a quota besides the level."""

    poor: bool = False
    has_tasks: bool = False
    is_demonstration: bool = False


WITH_TASKS = {
    invented: Flags(has_tasks=True, is_demonstration=invented)
    for invented in (False, True)
}


@dataclass
class Tally:
    """``posts`` and ``in_post`` by the post's own code, the rest by part."""

    posts: Mapping[str, Flags]
    in_post: Counter[str]
    width: int
    own: defaultdict[str, Staff] = field(default_factory=lambda: defaultdict(Staff))
    total: defaultdict[str, Staff] = field(default_factory=lambda: defaultdict(Staff))
    by_level: defaultdict[str, Staff] = field(
        default_factory=lambda: defaultdict(Staff)
    )
    demonstration: set[str] = field(default_factory=set)

    def add(self, part: str, level: str, staff: Staff, *, is_own: bool) -> None:
        self.total[part] += staff
        self.by_level[level] += staff
        if is_own:
            self.own[part] += staff

    def gap_at(self, code: str, *, in_post: int) -> int:
        """What the post of ``code`` would lack with so many people."""
        flags = self.posts.get(code, Flags())
        level = LEVEL_OF_LENGTH[len(code)]
        return quota(level, flags.poor, flags.has_tasks, in_post).gap or 0


def tally_of(division: Division, *, on: date) -> Tally:
    in_post = Counter(staffed_codes(division, on))
    posts = {**posts_with_tasks(division, on), **offices(division, on)}
    return tallied(posts, in_post, width=part_width(division))


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
        level = LEVEL_OF_LENGTH[digits]
        asked = quota(level, flags.poor, flags.has_tasks, there)
        staff = Staff.by(asked, there).times(number)
        tally.add(part, level, staff, is_own=digits == len(part))
        if flags.is_demonstration:
            tally.demonstration.add(part)
    return tally


def part_width(division: Division) -> int:
    """How many digits of a code name the row that it belongs to."""
    below = Level(division.level).below
    return below.code_length if below else len(division.code)


def staffed_codes(division: Division, on: date) -> Iterable[str]:
    """The division of everybody in post who counts."""
    counting = Assignment.objects.within(division.code).counting(on).order_by()
    return counting.values_list("division_code", flat=True).iterator()


def posts_with_tasks(division: Division, on: date) -> dict[str, Flags]:
    """The townships and villages with alleviation tasks."""
    held = Designation.objects.within(division.code).in_force(on).order_by()
    rows = held.filter(kind=Kind.HAS_TASKS).values_list(
        "division_code", "is_demonstration"
    )
    return {code: WITH_TASKS[invented] for code, invented in rows.iterator()}


def offices(division: Division, on: date) -> dict[str, Flags]:
    """The city and county offices; all of them have a quota."""
    poor = Designation.objects.in_force(on).filter(
        kind=Kind.POOR_COUNTY, division=OuterRef("pk")
    )
    found = Division.objects.within(division.code).filter(level__in=OFFICE_LEVELS)
    rows = found.annotate(poor=Exists(poor)).values_list("code", "poor")
    return {code: Flags(poor=is_poor) for code, is_poor in rows}
