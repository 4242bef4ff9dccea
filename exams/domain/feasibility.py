"""What a blueprint can draw from a release: proven before a sitting opens.

Two papers share, of a cell that takes k out of n questions, k²/n on average and
never fewer than 2k − n. The number of distinct papers is the product of the ways to
fill each cell; where cells draw on the same questions, that product counts too many
and is said to be at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, prod

from exams.errors import CellShort
from exams.models import Blueprint, Cell, Release

from .drawing import fill_cells, versions_in

MOST_WRITTEN_OUT = 10**6


@dataclass(frozen=True)
class CellFeasibility:
    cell: Cell
    available: int

    @property
    def needed(self) -> int:
        return self.cell.count

    @property
    def is_short(self) -> bool:
        return self.available < self.needed

    @property
    def ways(self) -> int:
        return comb(self.available, self.needed)

    @property
    def shared_on_average(self) -> float:
        return 0.0 if self.is_short else self.needed**2 / self.available

    @property
    def shared_at_least(self) -> int:
        return 0 if self.is_short else max(0, 2 * self.needed - self.available)


@dataclass(frozen=True)
class Feasibility:
    cells: list[CellFeasibility]
    is_exact: bool
    fault: str

    @property
    def is_feasible(self) -> bool:
        return not self.fault

    @property
    def questions(self) -> int:
        return sum(each.needed for each in self.cells)

    @property
    def papers(self) -> int:
        return prod(each.ways for each in self.cells) if self.is_feasible else 0

    @property
    def papers_spoken(self) -> str:
        """The number of papers, beyond a million as a power of ten, cut."""
        if self.papers <= MOST_WRITTEN_OUT:
            return str(self.papers)
        return f"10^{len(str(self.papers)) - 1}"

    @property
    def shared_on_average(self) -> float:
        return sum(each.shared_on_average for each in self.cells)

    @property
    def shared_at_least(self) -> int:
        return sum(each.shared_at_least for each in self.cells)


def prove(blueprint: Blueprint, release: Release) -> Feasibility:
    """Return what each cell needs and finds, and how far two papers may differ."""
    pool = list(versions_in(release))
    found = {
        cell: frozenset(
            version.pk
            for version in pool
            if cell.takes(version.subject, version.kind, version.difficulty)
        )
        for cell in blueprint.parts
    }
    try:
        fill_cells(blueprint.parts, pool)
    except CellShort as refusal:
        fault = str(refusal)
    else:
        fault = ""
    cells = [CellFeasibility(cell, len(found[cell])) for cell in blueprint.parts]
    apart = len(frozenset().union(*found.values()))
    return Feasibility(cells, apart == sum(each.available for each in cells), fault)
