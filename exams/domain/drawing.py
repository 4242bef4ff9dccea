"""Drawing a paper by blueprint: the same seed draws the same paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from random import Random

from exams.enums import Kind
from exams.errors import CellShort
from exams.models import Blueprint, Cell, ItemVersion, Question, Release

from .kinds import asking_for

ORDER_OF_KINDS = {kind.value: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Pool:
    """The questions of a release and which of them each cell takes, read once for
    however many draws; a question is named by its place in ``versions``."""

    versions: Sequence[ItemVersion]
    fitting: dict[Cell, frozenset[int]]


def draw_paper(blueprint: Blueprint, release: Release, *, seed: str) -> list[dict]:
    """Return a paper as it is frozen in an attempt.

    Every cell is filled and no question comes twice, or ``CellShort`` names a cell
    that cannot be filled beside the others.
    """
    chance = Random(seed)
    cells = blueprint.parts
    pool = pool_for(cells, release)
    chosen = choose_questions(cells, pool, chance)
    chance.shuffle(chosen)
    pairs = [(cell, pool.versions[index]) for cell, index in chosen]
    pairs.sort(key=lambda pair: ORDER_OF_KINDS[pair[1].kind])
    return [
        asdict(question_from(no, version, cell, chance))
        for no, (cell, version) in enumerate(pairs, start=1)
    ]


def pool_for(cells: list[Cell], release: Release) -> Pool:
    versions = list(versions_in(release))
    return Pool(
        versions,
        {
            cell: frozenset(
                index
                for index, version in enumerate(versions)
                if cell.takes(version.subject, version.kind, version.difficulty)
            )
            for cell in set(cells)
        },
    )


def versions_in(release: Release):
    """In the order of items, so that a seed means the same on every database."""
    fields = ("subject", "kind", "difficulty", "options", "parts")
    found = ItemVersion.objects.filter(releases=release).only(*fields)
    return found.order_by("item_id")


def choose_questions(
    cells: list[Cell], pool: Pool, chance: Random
) -> list[tuple[Cell, int]]:
    """Return each place of the paper with its question; ``CellShort`` if there is
    one that cannot be filled."""
    order = list(range(len(pool.versions)))
    chance.shuffle(order)
    fits = {
        cell: [index for index in order if index in fitting]
        for cell, fitting in pool.fitting.items()
    }
    seating = Seating([cell for cell in cells for _ in range(cell.count)], fits)
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

    def __init__(self, places: list[Cell], fits: dict[Cell, list[int]]) -> None:
        self.places, self.fits = places, fits
        self.taken: dict[int, int] = {}  # a question -> the place it takes

    def fill(self) -> list[int]:
        """Seat as many as can be, and return the places that stay empty."""
        filled: Collection[int] = set(self.taken.values())
        return [
            place
            for place in range(len(self.places))
            if place not in filled and not self.seat(place, set())
        ]

    def seat(self, place: int, tried: set[int]) -> bool:
        for index in self.fits[self.places[place]]:
            if index in tried:
                continue
            tried.add(index)
            if index not in self.taken or self.seat(self.taken[index], tried):
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
