"""What a blueprint can draw from a release: proven before a sitting opens.

Cells that draw on the same questions are reckoned together, as one group; groups
have no question in common. Of a group that takes k questions in all, out of n,

* the sets it may be asked with are counted, where there are not too many ways to
  spread k over the kinds of its questions, or else said to be at most n over k;
* the fewest that two papers share is found by seating two papers at once on as many
  different questions as there are; the most is the whole paper, drawn twice.

How often two papers share how much is seen from a trial (``trying``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import comb, prod

from exams.errors import CellShort
from exams.models import Blueprint, Cell, Release
from exams.models.blueprints import NO_CAP

from .drawing import Pool, Seating, choose_questions, pool_for
from .trying import Trial, chance_of, trial_of

MOST_WRITTEN_OUT = 10**6
# Beyond so many ways to spread a group's places, or so many cells in it, its sets are
# bounded and not counted: a page should not wait for the figure.
MOST_SPREADS = 20_000
MOST_CELLS_COUNTED = 6


@dataclass(frozen=True)
class CellFeasibility:
    """A cell, how many questions fit it, and how many of those fit others too."""

    cell: Cell
    available: int
    contested: int

    @property
    def needed(self) -> int:
        return self.cell.count

    @property
    def is_short(self) -> bool:
        return self.available < self.needed


@dataclass(frozen=True)
class Group:
    """Cells that are connected by questions which more than one of them takes."""

    cells: list[Cell]
    pools: list[frozenset[int]]

    @property
    def needed(self) -> int:
        return sum(cell.count for cell in self.cells)

    @cached_property
    def available(self) -> int:
        return len(frozenset().union(*self.pools))

    @cached_property
    def sorts(self) -> Counter[frozenset[int]]:
        """How many questions fit exactly these cells of the group."""
        return Counter(
            frozenset(number for number, pool in enumerate(self.pools) if index in pool)
            for index in frozenset().union(*self.pools)
        )

    @property
    def is_counted(self) -> bool:
        spreads = prod(min(size, self.needed) + 1 for size in self.sorts.values())
        return len(self.cells) == 1 or (
            len(self.cells) <= MOST_CELLS_COUNTED and spreads <= MOST_SPREADS
        )

    @cached_property
    def sets(self) -> int:
        """How many sets of questions fill the group; at most, unless counted."""
        if len(self.cells) == 1:
            return comb(self.available, self.needed)
        if self.is_counted:
            return sum(self.ways_of(spread) for spread in self.spreads())
        apart = zip(self.pools, self.cells, strict=True)
        return min(
            comb(self.available, self.needed),
            prod(comb(len(pool), cell.count) for pool, cell in apart),
        )

    def ways_of(self, spread: tuple[int, ...]) -> int:
        sizes = self.sorts.values()
        return prod(
            comb(size, taken) for size, taken in zip(sizes, spread, strict=True)
        )

    def spreads(self) -> Iterator[tuple[int, ...]]:
        """How many of each sort, such that the cells are filled: by Hall's theorem,
        no set of cells is alone in taking more questions than it has places."""
        bounds = [
            ([sort <= some for sort in self.sorts], self.places_in(some))
            for some in subsets(len(self.cells))
        ]
        sizes = [range(min(size, self.needed) + 1) for size in self.sorts.values()]
        for spread in product(*sizes):
            if sum(spread) == self.needed and all(
                sum(taken for taken, bound in zip(spread, inside, strict=True) if bound)
                <= places
                for inside, places in bounds
            ):
                yield spread

    def places_in(self, some: frozenset[int]) -> int:
        return sum(self.cells[number].count for number in some)

    @cached_property
    def shared_at_least(self) -> int:
        """What two papers cannot but share: the places of both, less the different
        questions that both together can be seated on."""
        fits = {
            cell: sorted(pool)
            for cell, pool in zip(self.cells, self.pools, strict=True)
        }
        both = [cell for cell in self.cells for _ in range(2 * cell.count)]
        return len(Seating(both, fits).fill())


def subsets(count: int) -> Iterator[frozenset[int]]:
    for chosen in product((False, True), repeat=count):
        yield frozenset(number for number, is_in in enumerate(chosen) if is_in)


@dataclass(frozen=True)
class Feasibility:
    cells: list[CellFeasibility]
    groups: list[Group]
    pool: Pool
    exposure_percent: int
    fault: str

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
    def has_contested(self) -> bool:
        return any(len(group.cells) > 1 for group in self.groups)

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
        if self.has_contested or self.caps_exposure:
            return self.trial.shared_on_average
        return sum(group.needed**2 / group.available for group in self.groups)

    @cached_property
    def trial(self) -> Trial | None:
        """A thousand papers drawn to see; None where none can be drawn."""
        if not self.is_feasible:
            return None
        cells = [each.cell for each in self.cells]
        return trial_of(cells, self.pool, exposure_percent=self.exposure_percent)


def prove(blueprint: Blueprint, release: Release) -> Feasibility:
    """Return what each cell needs and finds, and how far two papers may differ."""
    cells = blueprint.parts
    pool = pool_for(cells, release)
    try:
        choose_questions(cells, pool, chance_of("feasible"))
    except CellShort as refusal:
        fault = str(refusal)
    else:
        fault = ""
    pools = [pool.fitting[cell] for cell in cells]
    takers = Counter(index for found in pools for index in found)
    return Feasibility(
        cells=[
            CellFeasibility(cell, len(found), sum(takers[index] > 1 for index in found))
            for cell, found in zip(cells, pools, strict=True)
        ],
        groups=list(groups_of(cells, pools)),
        pool=pool,
        exposure_percent=blueprint.exposure_percent,
        fault=fault,
    )


def groups_of(cells: list[Cell], pools: Iterable[frozenset[int]]) -> Iterator[Group]:
    """Join cells that have a question in common, and those joined to them."""
    joined: list[tuple[list[Cell], list[frozenset[int]], frozenset[int]]] = []
    for cell, pool in zip(cells, pools, strict=True):
        touched = [each for each in joined if each[2] & pool]
        joined = [each for each in joined if not each[2] & pool]
        joined.append(
            (
                [*(one for each in touched for one in each[0]), cell],
                [*(one for each in touched for one in each[1]), pool],
                pool.union(*(each[2] for each in touched)),
            )
        )
    for members, found, _union in joined:
        yield Group(members, found)
