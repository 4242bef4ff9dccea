"""The gaps of a subtree, level by level, on any day.

Four statements whatever the size: the offices, the divisions with tasks counted by the
database, the staffed posts, and the children's names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Length, Substr

from divisions.enums import LEVEL_OF_LENGTH, Kind, Level
from divisions.models import Designation, Division
from rosters.domain.quotas import Staff, quota
from rosters.models import Assignment

OFFICE_LEVELS = (Level.CITY, Level.COUNTY)


class Post(NamedTuple):
    """What decides a quota, and the part of the table that the post belongs to."""

    part: str
    is_own: bool
    level: str
    poor: bool = False
    has_tasks: bool = False


@dataclass(frozen=True)
class GapRow:
    """A division: its own post 本级, and its whole subtree with the own post."""

    division: Division
    own: Staff
    total: Staff
    is_demonstration: bool


@dataclass(frozen=True)
class GapTable:
    """A division with its children on one day."""

    on: date
    here: GapRow
    rows: list[GapRow]
    by_level: dict[str, Staff]


@dataclass
class Tally:
    own: defaultdict[str, Staff] = field(default_factory=lambda: defaultdict(Staff))
    total: defaultdict[str, Staff] = field(default_factory=lambda: defaultdict(Staff))
    by_level: defaultdict[str, Staff] = field(
        default_factory=lambda: defaultdict(Staff)
    )
    demonstration: set[str] = field(default_factory=set)

    def add(self, post: Post, staff: Staff) -> None:
        self.total[post.part] += staff
        self.by_level[post.level] += staff
        if post.is_own:
            self.own[post.part] += staff


def gap_table(division: Division, *, on: date) -> GapTable:
    """Return ``division`` and its children with their staff on that day."""
    tally = tally_of(division, on=on)
    rows = [row_of(child, tally) for child in division.children()]
    return GapTable(on, whole_row(division, tally), rows, levels_of(tally))


def gap_of(division: Division, *, on: date) -> GapRow:
    """Return ``division`` alone: its own post and its whole subtree."""
    return whole_row(division, tally_of(division, on=on))


def gaps_within(division: Division, *, on: date) -> Staff:
    """Return the staff of the whole subtree of ``division``."""
    return gap_of(division, on=on).total


def row_of(child: Division, tally: Tally) -> GapRow:
    return GapRow(
        child,
        tally.own[child.code],
        tally.total[child.code],
        child.code in tally.demonstration,
    )


def whole_row(division: Division, tally: Tally) -> GapRow:
    whole = sum(tally.total.values(), start=Staff())
    return GapRow(division, tally.own[division.code], whole, bool(tally.demonstration))


def levels_of(tally: Tally) -> dict[str, Staff]:
    """Staff by level, from the city down, levels without a post left out."""
    return {
        level.value: tally.by_level[level]
        for level in Level
        if tally.by_level[level] != Staff()
    }


def tally_of(division: Division, *, on: date) -> Tally:
    tally, found = Tally(), offices(division, on)
    vacant = Counter(found.values())
    vacant.update(posts_with_tasks(division, on, tally))
    for post, in_post in staffed_posts(division, on, found):
        vacant[post] -= 1
        staff = Staff.by(quota(*post[2:], in_post), in_post)
        tally.add(post, staff)
    for post, number in vacant.items():
        # A staffed division without a quota was never counted as vacant.
        if number > 0:
            tally.add(post, Staff.by(quota(*post[2:], 0), 0).times(number))
    return tally


def part_width(division: Division) -> int:
    """How many digits of a code name the row that it belongs to."""
    below = Level(division.level).below
    return below.code_length if below else len(division.code)


def offices(division: Division, on: date) -> dict[str, Post]:
    """The city and county offices by code; all of them have a quota."""
    width = part_width(division)
    poor = held(Kind.POOR_COUNTY, on, "pk")
    found = Division.objects.within(division.code).filter(level__in=OFFICE_LEVELS)
    rows = found.annotate(poor=poor).values_list("code", "level", "poor")
    return {
        code: post_at(code, width, level, poor=is_poor) for code, level, is_poor in rows
    }


def posts_with_tasks(division: Division, on: date, tally: Tally) -> dict[Post, int]:
    """How many townships and villages have alleviation tasks, part by part."""
    width = part_width(division)
    found = (
        Designation.objects.within(division.code)
        .in_force(on)
        .filter(kind=Kind.HAS_TASKS)
        .annotate(
            part=Substr("division_code", 1, width), digits=Length("division_code")
        )
        .values_list("part", "digits")
        .annotate(
            number=Count("pk"),
            invented=Count("pk", filter=Q(is_demonstration=True)),
        )
        .order_by()
    )
    posts = {}
    for part, digits, number, invented in found:
        level = LEVEL_OF_LENGTH[digits]
        is_own = digits == len(part)
        posts[Post(part, is_own, level, has_tasks=True)] = number
        if invented:
            tally.demonstration.add(part)
    return posts


def staffed_posts(
    division: Division, on: date, offices: dict[str, Post]
) -> Iterator[tuple[Post, int]]:
    """The divisions with anybody in post who counts, and how many."""
    width = part_width(division)
    found = (
        Assignment.objects.within(division.code)
        .counting(on)
        .annotate(tasks=held(Kind.HAS_TASKS, on, "division_id"))
        .values_list("division_code", "tasks")
        .annotate(number=Count("pk"))
        .order_by()
    )
    for code, tasks, number in found:
        level = LEVEL_OF_LENGTH[len(code)]
        yield offices.get(code) or post_at(code, width, level, has_tasks=tasks), number


def post_at(code: str, width: int, level: str, **flags: bool) -> Post:
    part = code[:width]
    return Post(part, len(code) <= len(part), level, **flags)


def held(kind: Kind, on: date, key: str) -> Exists:
    """Whether the division that ``key`` names is designated so on that day."""
    found = Designation.objects.in_force(on).filter(kind=kind, division=OuterRef(key))
    return Exists(found)
