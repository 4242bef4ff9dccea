"""Drawing a paper by blueprint: the same seed draws the same paper.

Hard rules are never broken: every cell is filled, no question comes twice, and none
beside one that the release keeps apart from it. Soft rules say which questions are used
last, when nothing else fills the paper: those that were asked too often lately, then
those that this person was asked lately. After these, where the blueprint evens papers
out, comes that all are about equally difficult: of a few drawn the one is taken that is
nearest to what they are on average.

What could be drawn when it was proven (``check_drawable``) can always be drawn: where
keeping questions apart makes a search too long, the paper is drawn of those alone that
may all stand together, on which rests what is proven of a last attempt
(``remembering``). Where these do not fill it, nothing was proven: then the soft rules
go first, then chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from random import Random

from exams.enums import Kind
from exams.errors import CellShort, Tangled
from exams.models import Attempt, Blueprint, Cell, ItemVersion, Question, Release

from .evening import difficulty_of, usual_difficulty
from .kinds import asking_for
from .placing import spread_keys
from .seating import (
    NONE,
    Apart,
    Ranks,
    Seating,
    clashes_in,
    may_stand_together,
    seat_apart,
)

# Of so many the one nearest to the average is taken. Papers are drawn again from their
# seeds, so that another number would draw others.
DRAWN_TO_EVEN = 4
ORDER_OF_KINDS = {kind.value: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Pool:
    """The questions of a release, which of them each cell takes and which must be kept
    apart, read once for however many draws; a question is named by its place in
    ``versions``."""

    versions: Sequence[ItemVersion]
    fitting: dict[Cell, frozenset[int]]
    apart: Apart = field(default_factory=dict)
    difficulty: Sequence[int] = ()


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
    blueprint: Blueprint,
    release: Release,
    *,
    seed: str,
    spared: Spared = NOTHING,
    spreads_keys: bool = True,
) -> list[dict]:
    """Return a paper as it is frozen in an attempt, with as few of the ``spared``
    questions as can be; or ``CellShort`` names a cell that cannot be filled beside
    the others. Raises ``TooFewApart`` or ``Tangled`` if what must be kept apart is
    the reason.

    Papers were drawn without spreading the right options over their places once, and
    are drawn again as they were."""
    chance = Random(seed)
    cells = blueprint.parts
    pool = pool_for(cells, release)
    ranks = {
        index: rank
        for index, version in enumerate(pool.versions)
        if (rank := spared.rank(version.pk))
    }
    chosen = choose_paper(cells, pool, chance, ranks, evens=blueprint.evens_difficulty)
    chance.shuffle(chosen)
    pairs = [(cell, pool.versions[index]) for cell, index in chosen]
    pairs.sort(key=lambda pair: ORDER_OF_KINDS[pair[1].kind])
    asked = [
        (question_from(no, version, cell, chance), version)
        for no, (cell, version) in enumerate(pairs, start=1)
    ]
    if spreads_keys:
        spread_keys(asked, chance)
    return [asdict(question) for question, _version in asked]


def redraw_paper(attempt: Attempt) -> list[dict]:
    """Draw the paper of an attempt once more, from what is frozen with it."""
    kept = attempt.spared
    spared = Spared(frozenset(kept.get("seen", ())), frozenset(kept.get("worn", ())))
    sitting = attempt.sitting
    return draw_paper(
        sitting.blueprint,
        sitting.release,
        seed=attempt.seed,
        spared=spared,
        spreads_keys=attempt.spreads_keys,
    )


def check_drawable(blueprint: Blueprint, release: Release) -> None:
    """Refuse what ``draw_paper`` refuses of these; silent if papers can be drawn."""
    check_pool(blueprint.parts, pool_for(blueprint.parts, release))


def check_pool(cells: list[Cell], pool: Pool) -> None:
    choose_in_order(cells, pool, range(len(pool.versions)))


def pool_for(cells: list[Cell], release: Release) -> Pool:
    versions = list(versions_in(release))
    places = {version.pk: index for index, version in enumerate(versions)}
    return Pool(
        versions,
        {
            cell: frozenset(
                index for index, version in enumerate(versions) if cell.takes(version)
            )
            for cell in set(cells)
        },
        apart_in((places[one], places[other]) for one, other in release.exclusions),
        [version.difficulty for version in versions],
    )


def apart_in(pairs: Iterable[tuple[int, int]]) -> Apart:
    apart: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        apart[one].add(other)
        apart[other].add(one)
    return {index: frozenset(others) for index, others in apart.items()}


def versions_in(release: Release):
    """In the order of items, so that a seed means the same on every database."""
    fields = ("subject", "kind", "difficulty", "cites", "options", "parts", "answer")
    found = ItemVersion.objects.filter(releases=release).only(*fields)
    return found.order_by("item_id")


def choose_paper(
    cells: list[Cell], pool: Pool, chance: Random, ranks: Ranks = NONE, *, evens: bool
) -> list[tuple[Cell, int]]:
    """As ``choose_questions``; where ``evens``, the one of a few that uses no more
    questions to be spared than the others and is nearest to the usual difficulty."""
    if not evens:
        return choose_questions(cells, pool, chance, ranks)
    usual = usual_difficulty(cells, pool.fitting, pool.difficulty)
    drawn = [
        choose_questions(cells, pool, chance, ranks) for _each in range(DRAWN_TO_EVEN)
    ]

    def oddness(chosen: list[tuple[Cell, int]]) -> tuple[list[int], Fraction]:
        used = sorted((ranks.get(index, 0) for _cell, index in chosen), reverse=True)
        return used, abs(difficulty_of(chosen, pool.difficulty) - usual)

    return min(drawn, key=oddness)


def choose_questions(
    cells: list[Cell], pool: Pool, chance: Random, ranks: Ranks = NONE
) -> list[tuple[Cell, int]]:
    """Return each place of the paper with its question, of as low a rank as can be
    (0 where none is said); ``CellShort`` if there is a place that stays empty."""
    order = list(range(len(pool.versions)))
    chance.shuffle(order)
    try:
        return choose_in_order(cells, pool, order, ranks)
    except Tangled:
        pass
    if ranks:
        for among, ranked in ((untangled(pool), ranks), (pool, NONE)):
            try:
                return choose_in_order(cells, among, order, ranked)
            except (CellShort, Tangled):
                continue
    return choose_in_order(cells, pool, range(len(pool.versions)))


def untangled(pool: Pool) -> Pool:
    """The pool with those questions alone that may all stand together."""
    fitting = frozenset().union(*pool.fitting.values())
    few = frozenset(may_stand_together(fitting, pool.apart))
    return replace(
        pool, fitting={cell: found & few for cell, found in pool.fitting.items()}
    )


def choose_in_order(
    cells: list[Cell], pool: Pool, order: Sequence[int], ranks: Ranks = NONE
) -> list[tuple[Cell, int]]:
    """As ``choose_questions``, and of those alike the first in ``order``."""
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
    taken = {index: seating.places[place] for index, place in seating.taken.items()}
    if clashes_in(taken, pool.apart):
        taken = seat_apart(seating.places, fits, ranks, pool.apart)
    return [(taken[index], index) for index in order if index in taken]


def question_from(
    no: int, version: ItemVersion, cell: Cell, chance: Random
) -> Question:
    order = asking_for(version.kind).order(version, chance)
    return Question(
        no=no, version=version.pk, kind=version.kind, points=cell.points, order=order
    )
