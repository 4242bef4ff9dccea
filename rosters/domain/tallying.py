"""Counting posts and the people in them, part by part, on one day and at its horizons.

Three statements whatever the size: the posts with tasks, the people, the offices.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.functional import SimpleLazyObject

from divisions.enums import LEVEL_OF_LENGTH, Kind, Level
from divisions.models import Designation, Division
from rosters.domain.grouping import grouped_posts, staff_counting, tasks_held
from rosters.domain.headcounts import Heads
from rosters.domain.horizons import HORIZONS
from rosters.domain.quotas import Staff, quota

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
    grouped = grouped_posts(division, width=width, on=on)
    for alike, number in (+grouped.alike).items():
        kind = (alike.part, alike.digits, WITH_TASKS[alike.is_demonstration])
        tally.add_alike(*kind, alike.heads.there, number)
        tally.look_ahead(*kind, alike.heads, number)
    serving = (code for code, heads in grouped.elsewhere.items() if heads.there)
    others = dict.fromkeys(serving, Flags()) | offices(division, on)
    for code, flags in others.items():
        heads = grouped.elsewhere.get(code, Heads())
        kind = (code[:width], len(code), flags)
        tally.add_alike(*kind, heads.there, 1)
        tally.look_ahead(*kind, heads, 1)
    return tally


def posts_of(division: Division, on: date) -> dict[str, Flags]:
    return posts_with_tasks(division, on) | offices(division, on)


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


def posts_with_tasks(division: Division, on: date) -> dict[str, Flags]:
    """The townships and villages with alleviation tasks."""
    held = tasks_held(on).within(division.code)
    rows = held.values_list("division_code", "is_demonstration")
    return {code: WITH_TASKS[invented] for code, invented in rows.iterator()}


def offices(division: Division, on: date) -> dict[str, Flags]:
    """The city and county offices; all of them have a quota."""
    poor = Designation.objects.in_force(on).filter(
        kind=Kind.POOR_COUNTY, division=OuterRef("pk")
    )
    found = Division.objects.within(division.code).filter(level__in=OFFICE_LEVELS)
    rows = found.annotate(poor=Exists(poor)).values_list("code", "poor")
    return {code: Flags(poor=is_poor) for code, is_poor in rows}
