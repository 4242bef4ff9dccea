"""How many more people have to be trained: gaps that nobody on the way will fill.

Five statements whatever the size: posts with tasks, offices and the people in them;
whose presence changes, and who is on the way. A place in a course is wanted in the
month in which the gap first grows beyond those on the way. Each county is reckoned by
itself, and so is a city's own office: people on the way here fill no gap there, for it
is the county that chooses them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.dates import add_months
from divisions.enums import CODE_LENGTH, LEVEL_OF_LENGTH, Level
from divisions.models import Division
from rosters.domain.forecasting import Change, changes_within, homes_of_awaited
from rosters.domain.tallying import Tally, part_width, posts_of, staffed_codes

MONTHS = 12
COUNTY_DIGITS = CODE_LENGTH[Level.COUNTY]


class Place(NamedTuple):
    """A county, or a city's own office, and a level within it."""

    office: str
    level: str


def place_of(code: str) -> Place:
    """People without a home are of no place, and fill no gap."""
    return Place(code[:COUNTY_DIGITS], LEVEL_OF_LENGTH.get(len(code), ""))


@dataclass(frozen=True)
class Wanted:
    """Places wanted in one month, by level of the post."""

    on: date
    by_level: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_level.values())


@dataclass(frozen=True)
class Demand:
    """``awaited``: the people on the way by the level they live at, who fill gaps of
    that level in their own county alone."""

    levels: list[str]
    awaited: dict[str, int]
    months: list[Wanted]

    @property
    def by_level(self) -> dict[str, int]:
        return {
            level: sum(month.by_level[level] for month in self.months)
            for level in self.levels
        }

    @property
    def total(self) -> int:
        return sum(month.total for month in self.months)


def demand_of(division: Division, *, on: date) -> Demand:
    """Return the places wanted now and in each of the next twelve months."""
    posts, in_post = posts_of(division, on), Counter(staffed_codes(division, on))
    tally = Tally(posts, in_post, part_width(division))
    changes = changes_within(division, on=on)
    with_posts = {place_of(code).level for code in posts}
    levels = [each.value for each in Level if each.value in with_posts]
    homes: Counter[Place] = Counter()
    for code, number in homes_of_awaited(division, on).items():
        homes[place_of(code)] += number
    now = gaps_now(tally)
    most: Counter[Place] = Counter()
    months = []
    for months_ahead in range(MONTHS + 1):
        day = add_months(on, months_ahead)
        wanted = dict.fromkeys(levels, 0)
        for place, gap in gaps_on(day, now, tally, changes, on=on).items():
            short = gap - homes[place]
            if short > most[place]:
                wanted[place.level] += short - most[place]
                most[place] = short
        months.append(Wanted(day, wanted))
    awaited = dict.fromkeys(levels, 0)
    for place, number in homes.items():
        if place.level in awaited:
            awaited[place.level] += number
    return Demand(levels, awaited, months)


def gaps_now(tally: Tally) -> Counter[Place]:
    gaps: Counter[Place] = Counter()
    for code in tally.posts:
        gaps[place_of(code)] += tally.gap_at(code, in_post=tally.in_post[code])
    return gaps


def gaps_on(
    day: date,
    gaps_before: Counter[Place],
    tally: Tally,
    changes: list[Change],
    *,
    on: date,
) -> Counter[Place]:
    """The gap of each place on ``day``, by what is known on ``on``."""
    moved: defaultdict[str, int] = defaultdict(int)
    for change in changes:
        moved[change.code] += change.counts(day) - change.counts(on)
    gaps = Counter(gaps_before)
    for code, number in moved.items():
        now = tally.in_post[code]
        then = tally.gap_at(code, in_post=now + number)
        gaps[place_of(code)] += then - tally.gap_at(code, in_post=now)
    return gaps
