"""The days that a day's table looks ahead to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from core.dates import add_months

SOON = timedelta(days=90)
HORIZONS = (3, 6, 12)  # months


class Days(NamedTuple):
    """A day, the last on which a certificate runs out soon, and the horizons."""

    on: date
    soon: date
    later: tuple[date, ...]

    @classmethod
    def seen_from(cls, on: date) -> Days:
        return cls(on, on + SOON, tuple(add_months(on, months) for months in HORIZONS))

    @property
    def last(self) -> date:
        return self.later[-1]
