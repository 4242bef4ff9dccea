"""How many more people have to be trained: gaps that nobody on the way will fill.

Five statements whatever the size: three of the tally, two of the forecast. A place in
a course is wanted in the month in which the gap first grows beyond those on the way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from core.dates import add_months
from divisions.enums import LEVEL_OF_LENGTH, Level
from divisions.models import Division
from rosters.domain.forecasting import Change, changes_within, homes_of_awaited
from rosters.domain.tallying import Tally, tally_of

MONTHS = 12


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
    that level first and alone."""

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
    tally = tally_of(division, on=on)
    changes = changes_within(division, on=on)
    levels = [each.value for each in Level if tally.by_level[each].required]
    homes = Counter(level_of(code) for code in homes_of_awaited(division, on))
    awaited = {level: homes[level] for level in levels}
    most = Counter()
    months = []
    for months_ahead in range(MONTHS + 1):
        day = add_months(on, months_ahead)
        gaps = gaps_by_level(tally, changes, on=on, day=day)
        wanted = {}
        for level in levels:
            short = max(gaps[level] - awaited[level], 0)
            wanted[level] = max(short - most[level], 0)
            most[level] = max(short, most[level])
        months.append(Wanted(day, wanted))
    return Demand(levels, awaited, months)


def gaps_by_level(
    tally: Tally, changes: list[Change], *, on: date, day: date
) -> Counter[str]:
    """The gap of each level on ``day``, by what is known on ``on``."""
    moved: defaultdict[str, int] = defaultdict(int)
    for change in changes:
        moved[change.code] += change.counts(day) - change.counts(on)
    gaps = Counter({level: staff.gap for level, staff in tally.by_level.items()})
    for code, number in moved.items():
        now = tally.in_post[code]
        then = tally.gap_at(code, in_post=now + number)
        gaps[level_of(code)] += then - tally.gap_at(code, in_post=now)
    return gaps


def level_of(code: str) -> str:
    """The level of a code; people without a home are of none."""
    return LEVEL_OF_LENGTH.get(len(code), "")
