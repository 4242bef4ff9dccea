"""The gaps of a subtree, level by level, on any day.

As many statements whatever the size: those of the tally, the people on the way, the
children's names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from divisions.enums import Level
from divisions.models import Division
from rosters.domain.forecasting import Outlook, outlooks_of
from rosters.domain.quotas import Staff
from rosters.domain.tallying import Tally, tally_of


@dataclass(frozen=True)
class GapRow:
    """A division: its own post 本级, and its whole subtree with the own post."""

    division: Division
    own: Staff
    total: Staff
    is_demonstration: bool
    outlook: Outlook = field(default_factory=Outlook)


@dataclass(frozen=True)
class GapTable:
    """A division with its children on one day."""

    on: date
    here: GapRow
    rows: list[GapRow]
    by_level: dict[str, Staff]


def gap_table(division: Division, *, on: date) -> GapTable:
    """Return ``division`` and its children with their staff on that day."""
    tally = tally_of(division, on=on)
    outlooks = outlooks_of(division, tally, on=on)
    rows = [row_of(child, tally, outlooks) for child in division.children()]
    here = whole_row(division, tally, sum(outlooks.values(), start=Outlook()))
    return GapTable(on, here, rows, levels_of(tally))


def gap_of(division: Division, *, on: date) -> GapRow:
    """Return ``division`` alone, without outlook: its own post and its subtree."""
    return whole_row(division, tally_of(division, on=on), Outlook())


def gaps_within(division: Division, *, on: date) -> Staff:
    """Return the staff of the whole subtree of ``division``."""
    return gap_of(division, on=on).total


def row_of(child: Division, tally: Tally, outlooks: dict[str, Outlook]) -> GapRow:
    return GapRow(
        child,
        tally.own[child.code],
        tally.total[child.code],
        child.code in tally.demonstration,
        outlooks.get(child.code, Outlook()),
    )


def whole_row(division: Division, tally: Tally, outlook: Outlook) -> GapRow:
    whole = sum(tally.total.values(), start=Staff())
    own = tally.own[division.code]
    return GapRow(division, own, whole, bool(tally.demonstration), outlook)


def levels_of(tally: Tally) -> dict[str, Staff]:
    """Staff by level, from the city down, levels without a post left out."""
    return {
        level.value: tally.by_level[level]
        for level in Level
        if tally.by_level[level] != Staff()
    }
