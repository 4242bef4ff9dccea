"""A trial: a thousand papers drawn by a blueprint, to see how much two share.

The seeds are fixed, so that a blueprint and a release give the same figures each
time; they are reckoned once and kept in the cache.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import combinations
from random import Random

from django.core.cache import cache

from exams.models import Cell
from exams.models.blueprints import NO_CAP

from .drawing import Pool, choose_paper
from .evening import difficulty_of
from .sparing import LATEST, worn_among

PAPERS = 1000
# As many candidates as a room holds, and as many rooms as are filled with papers of
# the trial to see what the two most alike of a room share.
ROOM, ROOMS = 30, 400
SURE = 95
KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Trial:
    """What ``papers`` papers had in common; ``pairs[n]`` pairs share n questions."""

    papers: int
    questions: int
    pairs: dict[int, int]
    in_a_room: int
    most_asked: int
    overused: int
    # Between which two the difficulty of 95 papers in a hundred lies, if it is known.
    easy: float | None = None
    hard: float | None = None

    @property
    def shared_on_average(self) -> float:
        all_shared = sum(shared * pairs for shared, pairs in self.pairs.items())
        return all_shared / sum(self.pairs.values())

    @property
    def shared_at_most(self) -> int:
        return max(self.pairs)

    @property
    def half(self) -> int:
        return self.questions // 2

    @property
    def percent_over_half(self) -> float:
        """Of a hundred pairs, so many share more than half of the paper."""
        over = sum(pairs for shared, pairs in self.pairs.items() if shared > self.half)
        return 100 * over / sum(self.pairs.values())

    @property
    def most_asked_percent(self) -> float:
        """In how many of a hundred papers the question is that is asked most."""
        return 100 * self.most_asked / self.papers

    @property
    def overused_percent(self) -> float:
        """In how many of a hundred papers a question is that should have rested."""
        return 100 * self.overused / self.papers


def trial_of(
    cells: list[Cell], pool: Pool, *, exposure_percent: int, evens: bool = False
) -> Trial:
    key = key_of(cells, pool, exposure_percent, evens)
    if (known := cache.get(key)) is None:
        terms = {"exposure_percent": exposure_percent, "evens": evens}
        known = asdict(run_trial(cells, pool, **terms))
        cache.set(key, known, KEPT_SECONDS)
    return Trial(**known)


def key_of(cells: list[Cell], pool: Pool, exposure_percent: int, evens: bool) -> str:
    """Alike for whatever is drawn from alike: which question is which does not
    matter to the figures, and pages of forms not yet saved have no number."""
    said = repr(
        [
            PAPERS,
            exposure_percent,
            evens,
            list(pool.difficulty),
            *((cell, sorted(pool.fitting[cell])) for cell in cells),
            sorted((index, sorted(others)) for index, others in pool.apart.items()),
        ]
    )
    return f"exams:trial:{sha256(said.encode()).hexdigest()}"


def run_trial(
    cells: list[Cell],
    pool: Pool,
    *,
    papers: int = PAPERS,
    exposure_percent: int = NO_CAP,
    evens: bool = False,
) -> Trial:
    """Draw papers one after the other as a sitting does, each by somebody new."""
    drawn: list[list[int]] = []
    levels: list[float] = []
    overused = 0
    for number in range(papers):
        worn = worn_among(drawn[-LATEST:], percent=exposure_percent)
        ranks = dict.fromkeys(worn, 1)
        chosen = choose_paper(cells, pool, chance_of(number), ranks, evens=evens)
        drawn.append([index for _cell, index in chosen])
        if pool.difficulty:
            levels.append(float(difficulty_of(chosen, pool.difficulty)))
        overused += not worn.isdisjoint(drawn[-1])
    asked = Counter(index for paper in drawn for index in paper)
    # A paper as a number with a bit for each question: what two share is one step.
    marks = [sum(1 << index for index in paper) for paper in drawn]
    pairs = Counter((one & other).bit_count() for one, other in combinations(marks, 2))
    return Trial(
        papers=papers,
        questions=sum(cell.count for cell in cells),
        pairs=dict(sorted(pairs.items())),
        in_a_room=shared_in_a_room(marks),
        most_asked=max(asked.values()),
        overused=overused,
        **between_which(levels),
    )


def between_which(levels: list[float]) -> dict[str, float]:
    """Leave out the easiest and the hardest, as many on either side."""
    if not levels:
        return {}
    beyond = len(levels) * (100 - SURE) // 200
    ordered = sorted(levels)
    return {"easy": ordered[beyond], "hard": ordered[-1 - beyond]}


def shared_in_a_room(marks: list[int]) -> int:
    """Return what no two of a room share more than, in 95 rooms of a hundred."""
    chance = chance_of("rooms")
    most = sorted(
        max(
            (one & other).bit_count()
            for one, other in combinations(chance.sample(marks, ROOM), 2)
        )
        for _room in range(ROOMS)
    )
    return most[ROOMS * SURE // 100 - 1]


def chance_of(seed: object) -> Random:
    return Random(f"trial-{seed}")
