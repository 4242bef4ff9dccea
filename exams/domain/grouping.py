"""Cells that are reckoned together, because they draw on the same questions or because
a question of one must be kept apart from a question of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import comb, prod

from exams.models import Cell

from .seating import NOBODY, Apart, Seating, bundles_of
from .sets import Spread, Tangles

# Beyond so many ways to spread a group's places, or so many cells in it, its sets are
# bounded and not counted: a page should not wait for the figure.
MOST_SPREADS = 20_000
MOST_CELLS_COUNTED = 6
# And so many for what hangs together by being kept apart.
MOST_TANGLED = 200_000


@dataclass(frozen=True)
class Group:
    """Cells that are connected by questions which more than one of them takes, or
    which must be kept apart; ``apart`` says so of those in its pools."""

    cells: list[Cell]
    pools: list[frozenset[int]]
    apart: Apart = field(default_factory=dict)

    @property
    def needed(self) -> int:
        return sum(cell.count for cell in self.cells)

    @cached_property
    def available(self) -> int:
        return len(frozenset().union(*self.pools))

    @cached_property
    def sort_of(self) -> dict[int, frozenset[int]]:
        """Which cells of the group each question fits."""
        return {
            index: frozenset(
                number for number, pool in enumerate(self.pools) if index in pool
            )
            for index in sorted(frozenset().union(*self.pools))
        }

    @cached_property
    def sorts(self) -> Counter[frozenset[int]]:
        """How many questions fit exactly these cells of the group."""
        return Counter(self.sort_of.values())

    @cached_property
    def tangles(self) -> Tangles:
        numbers = {sort: number for number, sort in enumerate(self.sorts)}
        sort_of = {index: numbers[sort] for index, sort in self.sort_of.items()}
        return Tangles(sort_of, self.apart)

    @property
    def is_counted(self) -> bool:
        if len(self.cells) == 1 and not self.apart:
            return True
        spreads = prod(min(size, self.needed) + 1 for size in self.sorts.values())
        if len(self.cells) > MOST_CELLS_COUNTED or spreads > MOST_SPREADS:
            return False
        return self.tangles.can_be_counted and (
            spreads * self.tangles.most_terms <= MOST_TANGLED
        )

    @cached_property
    def sets(self) -> int:
        """How many sets of questions fill the group; at most, unless counted."""
        if len(self.cells) == 1 and not self.apart:
            return comb(self.available, self.needed)
        if self.is_counted:
            counted = self.tangles.counted()
            spreads = self.spreads()
            return sum(self.tangles.ways_of(spread, counted) for spread in spreads)
        apart = zip(self.pools, self.cells, strict=True)
        return min(
            comb(self.available, self.needed),
            prod(comb(len(pool), cell.count) for pool, cell in apart),
        )

    def spreads(self) -> Iterator[Spread]:
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
        questions that both together can be seated on, two at most of a bundle."""
        bundles = bundles_of(self.apart)
        twice = Counter(bundles.values())
        fits = {
            cell: [
                (bundle, copy)
                for bundle in sorted({bundles.get(index, index) for index in pool})
                for copy in range(min(2, twice[bundle] or 1))
            ]
            for cell, pool in zip(self.cells, self.pools, strict=True)
        }
        both = [cell for cell in self.cells for _ in range(2 * cell.count)]
        return len(Seating(both, fits).fill())


def subsets(count: int) -> Iterator[frozenset[int]]:
    for chosen in product((False, True), repeat=count):
        yield frozenset(number for number, is_in in enumerate(chosen) if is_in)


def groups_of(
    cells: list[Cell], pools: Iterable[frozenset[int]], apart: Apart | None = None
) -> Iterator[Group]:
    """Join cells that have a question in common or to be kept apart, and those joined
    to them."""
    joined: list[tuple[list[Cell], list[frozenset[int]], frozenset[int]]] = []
    apart = apart or {}
    for cell, pool in zip(cells, pools, strict=True):
        reach = pool.union(*(apart.get(index, NOBODY) for index in pool))
        touched = [each for each in joined if each[2] & reach]
        joined = [each for each in joined if not each[2] & reach]
        joined.append(
            (
                [*(one for each in touched for one in each[0]), cell],
                [*(one for each in touched for one in each[1]), pool],
                pool.union(*(each[2] for each in touched)),
            )
        )
    for members, found, union in joined:
        yield Group(members, found, within(apart, union))


def within(apart: Apart, questions: frozenset[int]) -> Apart:
    """What is kept apart among ``questions``."""
    among = {index: apart[index] & questions for index in questions & apart.keys()}
    return {index: others for index, others in among.items() if others}
