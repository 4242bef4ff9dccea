"""Posts counted by the database: what is alike comes back as one row.

A region has ten thousand posts and as many people in them; brought here one by one they
took most of the time of its gap table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Length

from divisions.enums import CODE_LENGTH, Kind, Level
from divisions.models import Designation, Division
from rosters.domain.headcounts import MOST, Heads, heads_of
from rosters.domain.horizons import Days
from rosters.models import Assignment

OFFICE_LEVELS = (Level.CITY, Level.COUNTY)
# Below them it is tasks that make a post.
OFFICE_DIGITS = tuple(CODE_LENGTH[level] for level in OFFICE_LEVELS)
CODE, YES, NO = "division_code", Value(True), Value(False)
# Joined here because a model cannot count what another counted.
ALIKE = """
SELECT substr(division_code, 1, {width}) AS part, length(division_code) AS digits,
    poor, has_tasks, is_demonstration, CAST(heads AS bigint) AS heads,
    count(*) AS number
FROM ({posts}) AS counted GROUP BY 1, 2, 3, 4, 5, 6
"""


class Flags(NamedTuple):
    """What decides a quota besides the level."""

    poor: bool = False
    has_tasks: bool = False
    is_demonstration: bool = False


class Alike(NamedTuple):
    """Posts that nothing tells apart: of one part of the table, one level, so many
    people in each."""

    part: str
    digits: int
    flags: Flags
    heads: Heads

    @property
    def has_quota(self) -> bool:
        return self.flags.has_tasks or self.digits in OFFICE_DIGITS


def grouped_posts(division: Division, *, width: int, on: date) -> Counter[Alike]:
    """How many posts of the subtree are alike, with a quota or with somebody; a part's
    code has ``width`` digits.

    One statement on PostgreSQL; on SQLite two, and one more where somebody serves in a
    post without a quota.
    """
    days = Days.seen_from(on)
    ending = Assignment.objects.ending_after(on).filter(since__lte=days.last)
    held = ending.within(division.code)
    everybody = division.level == Level.REGION
    posts = posts_with_quota(division, on)
    grouped = grouped_by(posts, held, days, width, everybody=everybody)
    if connection.vendor == "sqlite" and people_of(grouped) < held.count():
        posts = posts_without_quota(held, on)
        grouped += grouped_by(posts, held, days, width, everybody=everybody)
    counted = {a: n for a, n in grouped.items() if a.has_quota or a.heads.there}
    return Counter(counted)


def people_of(grouped: Counter[Alike]) -> int:
    return sum(alike.heads.people * number for alike, number in grouped.items())


def grouped_by(
    posts: QuerySet, held: QuerySet, days: Days, width: int, *, everybody: bool
) -> Counter[Alike]:
    """The ``posts`` with their people among ``held``; one with more of them than one
    sum holds is left empty first, and then counted part by part."""
    try:
        return grouped_at_once(posts, held, days, width, everybody=everybody)
    except OverflowError:
        crowded = crowded_posts(held)
    others = held.exclude(division_code__in=crowded)
    grouped = grouped_at_once(posts, others, days, width, everybody=everybody)
    for code in crowded:
        parts = [
            alike
            for part in parts_of(held.filter(division_code=code))
            for alike in grouped_at_once(posts, part, days, width, everybody=False)
            if alike.heads.people
        ]
        if parts:
            heads = Heads.together(alike.heads for alike in parts)
            grouped[parts[0]._replace(heads=Heads())] -= 1
            grouped[parts[0]._replace(heads=heads)] += 1
    return +grouped


def crowded_posts(held: QuerySet[Assignment]) -> list[str]:
    people = held.order_by().values(CODE).annotate(people=Count("pk"))
    return list(people.filter(people__gt=MOST).values_list(CODE, flat=True))


def parts_of(held: QuerySet[Assignment]) -> Iterator[QuerySet[Assignment]]:
    keys = list(held.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), MOST):
        some = keys[start : start + MOST]
        yield held.filter(pk__gte=some[0], pk__lte=some[-1])


def grouped_at_once(
    posts: QuerySet, held: QuerySet, days: Days, width: int, *, everybody: bool
) -> Counter[Alike]:
    sql, values = heads_of(posts, held, days, everybody=everybody)
    with connection.cursor() as cursor:
        cursor.execute(ALIKE.format(posts=sql, width=int(width)), values)
        rows = cursor.fetchall()
    return Counter(
        {
            Alike(part, digits, Flags(*map(bool, flags)), Heads.unpacked(heads)): number
            for part, digits, *flags, heads, number in rows
        }
    )


def posts_with_quota(division: Division, on: date) -> QuerySet:
    """The posts of the subtree as ``division_code`` and flags: the offices, all of
    which have a quota, and below them what has tasks."""
    poor = Designation.objects.in_force(on).filter(
        kind=Kind.POOR_COUNTY, division=OuterRef("pk")
    )
    offices = Division.objects.within(division.code).filter(level__in=OFFICE_LEVELS)
    tasks = tasks_below_offices(on).within(division.code)
    names = {"division_code": F("code"), "poor": Exists(poor)}
    return (
        offices.order_by()
        .values(**names, has_tasks=NO, is_demonstration=NO)
        .union(tasks.values_list(CODE, NO, YES, "is_demonstration"), all=True)
    )


def posts_without_quota(held: QuerySet[Assignment], on: date) -> QuerySet:
    """The posts of ``held`` that are none of those, likewise."""
    with_tasks = tasks_below_offices(on).values(CODE)
    return (
        held.annotate(digits=Length(CODE))
        .exclude(digits__in=OFFICE_DIGITS)
        .exclude(division_code__in=with_tasks)
        .order_by()
        .values(CODE, poor=NO, has_tasks=NO, is_demonstration=NO)
        .distinct()
    )


def tasks_below_offices(on: date) -> QuerySet[Designation]:
    below = tasks_held(on).annotate(digits=Length(CODE))
    return below.filter(digits__gt=max(OFFICE_DIGITS))


def tasks_held(on: date):
    """The designations as places with alleviation tasks."""
    return Designation.objects.in_force(on).filter(kind=Kind.HAS_TASKS).order_by()


def staff_counting(division: Division, on: date):
    """The assignments of the subtree that the quota counts."""
    return Assignment.objects.within(division.code).counting(on).order_by()
