"""Drawing a paper by blueprint: the same seed draws the same paper.

Hard rules are never broken: every cell is filled, and no question comes twice. Soft
rules say which questions are used last, when nothing else fills the paper: those
that were asked too often lately, then those that this person was asked lately.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from types import MappingProxyType

from exams.enums import Kind
from exams.errors import CellShort
from exams.models import Attempt, Blueprint, Cell, ItemVersion, Question, Release

from .kinds import asking_for

ORDER_OF_KINDS = {kind.value: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Pool:
    """The questions of a release and which of them each cell takes, read once for
    however many draws; a question is named by its place in ``versions``."""

    versions: Sequence[ItemVersion]
    fitting: dict[Cell, frozenset[int]]


@dataclass(frozen=True)
class Spared:
    """Versions of a release that a paper takes last: ``worn`` ones were asked too
    often, ``seen`` ones of this person, which weighs more."""

    seen: frozenset[int] = frozenset()
    worn: frozenset[int] = frozenset()

    def rank(self, version: int) -> int:
        return 2 * (version in self.seen) + (version in self.worn)

    def frozen_with(self, paper: list[dict]) -> dict[str, list[int]]:
        """What an attempt keeps: enough to draw its paper again, and which of the
        questions to be spared it has nevertheless."""
        if not self.seen and not self.worn:
            return {}
        asked = {row["version"] for row in paper}
        return {
            "seen": sorted(self.seen),
            "worn": sorted(self.worn),
            "asked_again": sorted(self.seen & asked),
            "overused": sorted(self.worn & asked),
        }


NOTHING = Spared()


def draw_paper(
    blueprint: Blueprint, release: Release, *, seed: str, spared: Spared = NOTHING
) -> list[dict]:
    """Return a paper as it is frozen in an attempt, with as few of the ``spared``
    questions as can be; or ``CellShort`` names a cell that cannot be filled beside
    the others."""
    chance = Random(seed)
    cells = blueprint.parts
    pool = pool_for(cells, release)
    ranks = {
        index: rank
        for index, version in enumerate(pool.versions)
        if (rank := spared.rank(version.pk))
    }
    chosen = choose_questions(cells, pool, chance, ranks)
    chance.shuffle(chosen)
    pairs = [(cell, pool.versions[index]) for cell, index in chosen]
    pairs.sort(key=lambda pair: ORDER_OF_KINDS[pair[1].kind])
    return [
        asdict(question_from(no, version, cell, chance))
        for no, (cell, version) in enumerate(pairs, start=1)
    ]


def redraw_paper(attempt: Attempt) -> list[dict]:
    """Draw the paper of an attempt once more, from what is frozen with it."""
    kept = attempt.spared
    spared = Spared(frozenset(kept.get("seen", ())), frozenset(kept.get("worn", ())))
    sitting = attempt.sitting
    return draw_paper(
        sitting.blueprint, sitting.release, seed=attempt.seed, spared=spared
    )


def pool_for(cells: list[Cell], release: Release) -> Pool:
    versions = list(versions_in(release))
    return Pool(
        versions,
        {
            cell: frozenset(
                index for index, version in enumerate(versions) if cell.takes(version)
            )
            for cell in set(cells)
        },
    )


def versions_in(release: Release):
    """In the order of items, so that a seed means the same on every database."""
    fields = ("subject", "kind", "difficulty", "cites", "options", "parts")
    found = ItemVersion.objects.filter(releases=release).only(*fields)
    return found.order_by("item_id")


def choose_questions(
    cells: list[Cell],
    pool: Pool,
    chance: Random,
    ranks: Mapping[int, int] = MappingProxyType({}),
) -> list[tuple[Cell, int]]:
    """Return each place of the paper with its question, of as low a rank as can be
    (0 where none is said); ``CellShort`` if there is a place that stays empty."""
    order = list(range(len(pool.versions)))
    chance.shuffle(order)
    fits = {
        cell: [index for index in order if index in fitting]
        for cell, fitting in pool.fitting.items()
    }
    seating = Seating([cell for cell in cells for _ in range(cell.count)], fits, ranks)
    if unseated := seating.fill():
        cell = seating.places[unseated[0]]
        raise CellShort(
            cell=cell,
            needed=seating.places.count(cell),
            available=len(fits[cell]),
        )
    taken = seating.taken
    return [(seating.places[taken[index]], index) for index in order if index in taken]


class Seating:
    """Places of a paper and the questions that take them. Cells may overlap, so a
    place already taken gives way along an augmenting path before one stays empty."""

    def __init__(
        self,
        places: list[Cell],
        fits: dict[Cell, list[int]],
        ranks: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
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


def question_from(
    no: int, version: ItemVersion, cell: Cell, chance: Random
) -> Question:
    order = asking_for(version.kind).order(version, chance)
    return Question(
        no=no, version=version.pk, kind=version.kind, points=cell.points, order=order
    )
