"""What an appraisal weighs, by day: data of ours, not of the Measures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from rosters.errors import PeriodTooLong, PeriodUpsideDown

TABLE = Path(__file__).parents[2] / "data" / "appraisal.toml"
LONGEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Terms:
    since: date
    attested: str
    step_days: int
    informant: Mapping[str, int]
    office: Mapping[str, int]


@dataclass(frozen=True)
class Period:
    """From a day up to another, which is outside."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise PeriodUpsideDown
        if self.until - self.since > LONGEST:
            raise PeriodTooLong

    @property
    def days(self) -> int:
        return (self.until - self.since).days

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)

    def firsts(self) -> list[date]:
        """Its first day, and the first of every later month that begins in it."""
        found, day = [self.since], self.since
        while (day := next_first(day)) < self.until:
            found.append(day)
        return found


def next_first(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


@lru_cache(maxsize=1)
def every_terms() -> tuple[Terms, ...]:
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["terms"]
    return tuple(Terms(**row) for row in sorted(rows, key=lambda row: row["since"]))


def terms_on(on: date) -> Terms:
    """The terms in force; before the first day, the first."""
    first, *later = every_terms()
    return next((each for each in reversed(later) if each.since <= on), first)
