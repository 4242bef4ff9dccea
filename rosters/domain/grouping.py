"""Posts counted by the database: what is alike comes back as one row.

A region has ten thousand posts and as many people in them; brought here one by one they
took most of the time of its gap table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Count
from django.db.models.functions import Length, Substr

from divisions.enums import CODE_LENGTH, Kind, Level
from divisions.models import Designation, Division
from rosters.domain.headcounts import MOST, Heads, heads_by_post
from rosters.domain.horizons import Days
from rosters.models import Assignment

# Below the county it is tasks that make a post.
OFFICE_DIGITS = CODE_LENGTH[Level.COUNTY]
# Two statements joined here because a model cannot join a count. Whoever serves where
# there are no tasks comes back by the post's own code.
STAFFED_POSTS = """
SELECT CASE WHEN held.division_code IS NULL THEN staffed.division_code
        ELSE substr(staffed.division_code, 1, {width}) END AS place,
    length(staffed.division_code) AS digits, held.is_demonstration,
    CAST(staffed.heads AS bigint) AS heads,
    count(*) AS number, max(staffed.people) AS people
FROM ({staffed}) AS staffed LEFT JOIN ({held}) AS held
    ON held.division_code = staffed.division_code
    AND length(held.division_code) > {office_digits}
GROUP BY 1, 2, 3, 4
"""


class Alike(NamedTuple):
    """Posts with tasks that nothing tells apart: of one part of the table, one level,
    so many people in each."""

    part: str
    digits: int
    is_demonstration: bool
    heads: Heads = Heads()


@dataclass(frozen=True)
class Grouped:
    """How many posts are ``alike``; ``elsewhere`` is who serves in posts without
    tasks, offices among them, by the post's code."""

    alike: Counter[Alike]
    elsewhere: dict[str, Heads]


def grouped_posts(division: Division, *, width: int, on: date) -> Grouped:
    """Count the posts of the subtree in two statements; a part's code has ``width``
    digits."""
    grouped = Grouped(empty_posts(division, width=width, on=on), {})
    for place, digits, invented, heads, number in staffed_posts(
        division, width=width, on=on
    ):
        if invented is None:
            grouped.elsewhere[place] = heads
            continue
        alike = Alike(place, digits, bool(invented), heads)
        grouped.alike[alike] += number
        grouped.alike[alike._replace(heads=Heads())] -= number
    return grouped


def empty_posts(division: Division, *, width: int, on: date) -> Counter[Alike]:
    """Every post with tasks, as if nobody were there."""
    held = tasks_held(on).within(division.code).annotate(digits=Length("division_code"))
    rows = (
        held.filter(digits__gt=OFFICE_DIGITS)
        .values_list(Substr("division_code", 1, width), "digits", "is_demonstration")
        .annotate(number=Count("pk"))
    )
    return Counter(
        {
            Alike(part, digits, invented): number
            for part, digits, invented, number in rows
        }
    )


def staffed_posts(division: Division, *, width: int, on: date) -> list[tuple]:
    staffed_sql, staffed_values = heads_by_post(division, days=Days.seen_from(on))
    # Of the whole country: with its own range of codes SQLite would walk that.
    held = tasks_held(on).values("division_code", "is_demonstration")
    held_sql, held_values = held.query.sql_with_params()
    statement = STAFFED_POSTS.format(
        staffed=staffed_sql,
        held=held_sql,
        width=int(width),
        office_digits=OFFICE_DIGITS,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, (*staffed_values, *held_values))
        rows = cursor.fetchall()
    if any(people > MOST for *_alike, people in rows):
        raise OverflowError(f"a post of {division.code} has more than {MOST} people")
    return [
        (place, digits, invented, Heads.unpacked(heads or 0), number)
        for place, digits, invented, heads, number, _people in rows
    ]


def tasks_held(on: date):
    """The designations as places with alleviation tasks."""
    return Designation.objects.in_force(on).filter(kind=Kind.HAS_TASKS).order_by()


def staff_counting(division: Division, on: date):
    """The assignments of the subtree that the quota counts."""
    return Assignment.objects.within(division.code).counting(on).order_by()
