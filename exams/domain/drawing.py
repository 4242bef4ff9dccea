"""Drawing a paper by blueprint: the same seed draws the same paper."""

from __future__ import annotations

from dataclasses import asdict
from random import Random

from exams.enums import Kind
from exams.errors import CellShort
from exams.models import Blueprint, Cell, ItemVersion, Question, Release

from .kinds import asking_for

ORDER_OF_KINDS = {kind.value: place for place, kind in enumerate(Kind)}


def draw_paper(blueprint: Blueprint, release: Release, *, seed: str) -> list[dict]:
    """Return a paper as it is frozen in an attempt.

    Every cell is filled and no question comes twice, or ``CellShort`` names a cell
    that cannot be filled beside the others.
    """
    chance = Random(seed)
    pool = list(versions_in(release))
    chance.shuffle(pool)
    chosen = fill_cells(blueprint.parts, pool)
    chance.shuffle(chosen)
    chosen.sort(key=lambda pair: ORDER_OF_KINDS[pair[1].kind])
    return [
        asdict(question_from(no, version, cell, chance))
        for no, (cell, version) in enumerate(chosen, start=1)
    ]


def versions_in(release: Release):
    """In the order of items, so that a seed means the same on every database."""
    fields = ("subject", "kind", "difficulty", "options", "parts")
    found = ItemVersion.objects.filter(releases=release).only(*fields)
    return found.order_by("item_id")


def fill_cells(
    cells: list[Cell], pool: list[ItemVersion]
) -> list[tuple[Cell, ItemVersion]]:
    """Match places to questions; cells may overlap, so places already filled give
    way along an augmenting path before a cell is called short."""
    places = [cell for cell in cells for _ in range(cell.count)]
    taken: dict[int, int] = {}  # a question's place in the pool -> the place it fills
    fits = {
        cell: [
            index
            for index, version in enumerate(pool)
            if cell.takes(version.subject, version.kind, version.difficulty)
        ]
        for cell in set(cells)
    }

    def fill(place: int, tried: set[int]) -> bool:
        for index in fits[places[place]]:
            if index in tried:
                continue
            tried.add(index)
            if index not in taken or fill(taken[index], tried):
                taken[index] = place
                return True
        return False

    for place, cell in enumerate(places):
        if not fill(place, set()):
            raise CellShort(
                cell=cell,
                needed=places.count(cell),
                available=len(fits[cell]),
            )
    return [(places[place], pool[index]) for index, place in sorted(taken.items())]


def question_from(
    no: int, version: ItemVersion, cell: Cell, chance: Random
) -> Question:
    order = asking_for(version.kind).order(version, chance)
    return Question(
        no=no, version=version.pk, kind=version.kind, points=cell.points, order=order
    )
