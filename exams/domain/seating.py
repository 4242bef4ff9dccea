"""Seating questions on the places of a paper.

No place stays empty, no question comes twice, and none stands beside one that it must
be kept apart from. The first two are a matching, found at once (``Seating``). With the
third it becomes a search (``seat_apart``): what must be kept apart is dealt in bundles,
of which a paper takes one each, and what clashes between bundles is branched on. The
search goes to the end, or stops after ``MOST_STEPS`` and says so; it never lets two
questions stand together that must not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from heapq import heappop, heappush
from itertools import count
from types import MappingProxyType

from exams.errors import Tangled, TooFewApart
from exams.models import Cell

# A question -> those that it must not stand beside; both ways.
Apart = Mapping[int, frozenset[int]]
Ranks = Mapping[int, int]
Fits = dict[Cell, list[int]]
NONE: Mapping = MappingProxyType({})
NOBODY: frozenset[int] = frozenset()
# Where nothing clashes between bundles, the first step is the last.
MOST_STEPS = 100


class Seating:
    """Places of a paper and the questions that take them. Cells may overlap, so a
    place already taken gives way along an augmenting path before one stays empty."""

    def __init__(self, places: list[Cell], fits: Fits, ranks: Ranks = NONE) -> None:
        self.places, self.fits, self.ranks = places, fits, ranks
        self.taken: dict[int, int] = {}  # a question -> the place it takes

    def fill(self) -> list[int]:
        """Seat as many as can be, and return the places that stay empty.

        Rank by rank: a question that is seated once stays seated, whatever place it
        moves to, so no more questions of a higher rank are used than must be.
        """
        empty = list(range(len(self.places)))
        for rank in sorted({0, *self.ranks.values()}):
            empty = [place for place in empty if not self.seat(place, rank, set())]
        return empty

    def seat(self, place: int, rank: int, tried: set[int]) -> bool:
        for index in self.fits[self.places[place]]:
            if index in tried or self.ranks.get(index, 0) > rank:
                continue
            tried.add(index)
            if index not in self.taken or self.seat(self.taken[index], rank, tried):
                self.taken[index] = place
                return True
        return False


class Dealing:
    """Bundles dealt to the cells, a place at a time, each time as cheaply as can be:
    a bundle that a cell has already goes to another along the cheapest path.

    ``offers[cell][bundle]`` is what the bundle costs there, and its question.
    """

    def __init__(self, offers: list[dict[int, tuple[int, int]]]) -> None:
        self.offers = offers
        self.held: dict[int, int] = {}  # a bundle -> the cell that has it

    @property
    def cost(self) -> int:
        return sum(self.offers[cell][bundle][0] for bundle, cell in self.held.items())

    def seat(self, cell: int) -> bool:
        """Deal ``cell`` one bundle more; False if there is no way to."""
        reached, came, queue = {cell: 0}, {}, deque([cell])
        cheapest = None
        while queue:
            here = queue.popleft()
            for bundle, (cost, _question) in self.offers[here].items():
                dear = reached[here] + cost
                holder = self.held.get(bundle)
                if holder is None:
                    if cheapest is None or dear < cheapest[0]:
                        cheapest = (dear, here, bundle)
                elif holder != here:
                    dear -= self.offers[holder][bundle][0]
                    if holder not in reached or dear < reached[holder]:
                        reached[holder], came[holder] = dear, (here, bundle)
                        queue.append(holder)
        if cheapest is None:
            return False
        _dear, here, bundle = cheapest
        self.held[bundle] = here
        while here != cell:
            here, bundle = came[here]
            self.held[bundle] = here
        return True


class Search:
    """The cheapest paper without a clash, by branch and bound.

    A question that clashes is either left out, or all those that it clashes with are.
    Dealing bundles costs no more than the best paper below a branch, so that the first
    paper without a clash is the cheapest: no more questions of the highest rank than
    must be, and of these papers no more of the next.
    """

    def __init__(self, places: list[Cell], fits: Fits, ranks: Ranks, apart: Apart):
        self.cells = list(fits)
        numbers = {cell: number for number, cell in enumerate(self.cells)}
        self.places = [numbers[cell] for cell in places]
        self.fits, self.apart, self.bundles = fits, apart, bundles_of(apart)
        self.costs = {
            index: (len(places) + 1) ** rank for index, rank in ranks.items() if rank
        }

    def paper(self) -> dict[int, Cell]:
        """Return each question with its cell. Raises ``TooFewApart`` when there is no
        such paper, ``Tangled`` when none was found in so many steps."""
        number = count()
        branches: list = []
        self.follow(branches, NOBODY, number)
        for _step in range(MOST_STEPS):
            if not branches:
                raise TooFewApart
            _cost, _depth, _number, banned, chosen = heappop(branches)
            clashing = clashes_in(chosen, self.apart)
            if not clashing:
                return {index: self.cells[cell] for index, cell in chosen.items()}
            worst = max(clashing, key=lambda index: len(self.apart[index]))
            for left_out in (frozenset({worst}), self.apart[worst]):
                self.follow(branches, banned | left_out, number)
        raise Tangled

    def follow(self, branches: list, banned: frozenset[int], number) -> None:
        """Keep the branch without those ``banned``, unless a place stays empty."""
        dealing = Dealing(
            [self.offered(self.fits[cell], banned) for cell in self.cells]
        )
        if all(dealing.seat(cell) for cell in self.places):
            chosen = {
                dealing.offers[cell][bundle][1]: cell
                for bundle, cell in dealing.held.items()
            }
            branch = (dealing.cost, -len(banned), next(number), banned, chosen)
            heappush(branches, branch)

    def offered(
        self, fitting: list[int], banned: frozenset[int]
    ) -> dict[int, tuple[int, int]]:
        """Of each bundle the cheapest that fits, the first in order."""
        offers: dict[int, tuple[int, int]] = {}
        for index in fitting:
            if index not in banned:
                bundle = self.bundles.get(index, index)
                cost = self.costs.get(index, 0)
                if bundle not in offers or cost < offers[bundle][0]:
                    offers[bundle] = (cost, index)
        return offers


def seat_apart(
    places: list[Cell], fits: Fits, ranks: Ranks, apart: Apart
) -> dict[int, Cell]:
    """Return the questions of a paper with their cells, of as low a rank as can be.
    Raises ``TooFewApart`` or ``Tangled``."""
    return Search(places, fits, ranks, apart).paper()


def clashes_in(chosen: Collection[int], apart: Apart) -> list[int]:
    """Return those of ``chosen`` that stand beside one they must not."""
    together = frozenset(chosen)
    return [
        index for index in chosen if not apart.get(index, NOBODY).isdisjoint(together)
    ]


def may_stand_together(questions: Iterable[int], apart: Apart) -> list[int]:
    """Some of these questions of which none must be kept apart from another: what is
    proven of those who try again rests on them, and what is drawn keeps to it."""
    among = frozenset(questions)
    partners = {index: apart.get(index, NOBODY) & among for index in among}
    kept: set[int] = set()
    for index in sorted(among, key=lambda each: (len(partners[each]), each)):
        if kept.isdisjoint(partners[index]):
            kept.add(index)
    return sorted(kept)


def bundles_of(apart: Apart) -> dict[int, int]:
    """Put the questions that must be kept apart in bundles of which no two may meet,
    and name each bundle by one of its own."""
    bundles: list[set[int]] = []
    for index in sorted(apart):
        for bundle in bundles:
            if bundle <= apart[index]:
                bundle.add(index)
                break
        else:
            bundles.append({index})
    return {index: min(bundle) for bundle in bundles for index in bundle}
