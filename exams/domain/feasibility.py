"""What a blueprint can draw from a release: proven before a sitting opens.

Cells that draw on the same questions, or on some that must be kept apart, are reckoned
together, as one group; groups have no question in common. Of a group that takes k
questions in all, out of n,

* the sets it may be asked with are counted, where there are not too many ways to
  spread k over the kinds of its questions, or else said to be at most n over k;
* the fewest that two papers share is found by seating two papers at once on as many
  different questions as there are, two at most of those that must be kept apart from
  each other; that is a bound where not each is kept apart from each. The most is the
  whole paper, drawn twice.

How often two papers share how much is seen from a trial (``trying``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import prod

from core.errors import Refused
from exams.models import Blueprint, Cell, Release
from exams.models.blueprints import NO_CAP

from .drawing import Pool, check_pool, pool_for
from .grouping import Group, groups_of
from .remembering import Again, tries_again
from .seating import bundles_of
from .trying import Trial, trial_of

MOST_WRITTEN_OUT = 10**6


@dataclass(frozen=True)
class CellFeasibility:
    """A cell, how many questions fit it, how many of those fit others too, and how
    many a paper can take at most, the others being kept apart from these."""

    cell: Cell
    available: int
    contested: int
    together: int

    @property
    def needed(self) -> int:
        return self.cell.count

    @property
    def is_short(self) -> bool:
        return self.together < self.needed


@dataclass(frozen=True)
class Feasibility:
    cells: list[CellFeasibility]
    groups: list[Group]
    pool: Pool
    exposure_percent: int
    fault: str
    spares_attempts: int
    evens_difficulty: bool
    attempts_allowed: int = 0  # 0: of no sitting yet

    @property
    def is_feasible(self) -> bool:
        return not self.fault

    @property
    def caps_exposure(self) -> bool:
        return self.exposure_percent < NO_CAP

    @property
    def is_exact(self) -> bool:
        return all(group.is_counted for group in self.groups)

    @property
    def is_plain(self) -> bool:
        """Whether every cell has questions of its own, and none is kept apart."""
        return not any(len(group.cells) > 1 or group.apart for group in self.groups)

    @property
    def exclusions(self) -> int:
        """How many pairs of questions that fit are kept apart."""
        ends = (len(each) for group in self.groups for each in group.apart.values())
        return sum(ends) // 2

    @property
    def questions(self) -> int:
        return sum(each.needed for each in self.cells)

    @cached_property
    def papers(self) -> int:
        """How many different sets of questions; at most, unless ``is_exact``."""
        return prod(group.sets for group in self.groups) if self.is_feasible else 0

    @property
    def papers_spoken(self) -> str:
        """The number of papers, beyond a million as a power of ten, cut."""
        if self.papers <= MOST_WRITTEN_OUT:
            return str(self.papers)
        return f"10^{len(str(self.papers)) - 1}"

    @property
    def shared_at_least(self) -> int:
        if not self.is_feasible:
            return 0
        return sum(group.shared_at_least for group in self.groups)

    @property
    def shared_on_average(self) -> float:
        """By reckoning where every cell has questions of its own and none has to
        rest (a cell that takes k of n shares k²/n); else from the trial."""
        if not self.is_feasible:
            return 0.0
        if self.caps_exposure or self.evens_difficulty or not self.is_plain:
            return self.trial.shared_on_average
        return sum(group.needed**2 / group.available for group in self.groups)

    @cached_property
    def again(self) -> list[Again]:
        """What those who try again may have been asked before."""
        if not self.is_feasible:
            return []
        return tries_again(
            self.groups, spares=self.spares_attempts, allowed=self.attempts_allowed
        )

    @property
    def asks_again(self) -> bool:
        """Whether further attempts are allowed and nothing of the first is spared."""
        return self.attempts_allowed > 1 and not self.spares_attempts

    @cached_property
    def trial(self) -> Trial | None:
        """A thousand papers drawn to see; None where none can be drawn."""
        if not self.is_feasible:
            return None
        cells = [each.cell for each in self.cells]
        return trial_of(
            cells,
            self.pool,
            exposure_percent=self.exposure_percent,
            evens=self.evens_difficulty,
        )


def prove(
    blueprint: Blueprint, release: Release, *, attempts_allowed: int = 0
) -> Feasibility:
    """Return what each cell needs and finds, how far two papers may differ, and what
    those who try again may meet."""
    cells = blueprint.parts
    pool = pool_for(cells, release)
    bundles = bundles_of(pool.apart)
    pools = [pool.fitting[cell] for cell in cells]
    takers = Counter(index for found in pools for index in found)
    return Feasibility(
        cells=[
            CellFeasibility(
                cell,
                available=len(found),
                contested=sum(takers[index] > 1 for index in found),
                together=len({bundles.get(index, index) for index in found}),
            )
            for cell, found in zip(cells, pools, strict=True)
        ],
        groups=list(groups_of(cells, pools, pool.apart)),
        pool=pool,
        exposure_percent=blueprint.exposure_percent,
        fault=fault_of(cells, pool),
        spares_attempts=blueprint.spares_attempts,
        evens_difficulty=blueprint.evens_difficulty,
        attempts_allowed=attempts_allowed,
    )


def fault_of(cells: list[Cell], pool: Pool) -> str:
    """Why no paper can be drawn; empty if one can."""
    try:
        check_pool(cells, pool)
    except Refused as refusal:
        return str(refusal)
    return ""
