"""How far a score, and the verdict it leads to, can be relied on.

*Fixed paper* (everybody has the same questions): Cronbach's alpha, which is KR-20
when every question counts the same and is right or wrong.

*Drawn papers* (everybody has other questions): alpha by position means nothing, for
each position holds other questions. What can be told is how much a score would vary
were the questions drawn anew: the variance within each paper, weighed by the points.
One less its mean over the variance of the scores is the reliability; with equal points
and no partial credit this is KR-21. It leaves out that the blueprint draws by cells,
so it is rather too low than too high.

*Decision consistency*, for both: the share of candidates who would get the same
verdict on another paper of the kind, by Subkoviak's (1976) single administration: a
candidate's true share is estimated by Kelley's regression, and the second paper is
binomial with it. Where questions weigh differently, the number of trials is Livingston
and Lewis's (1995) effective length. *Kappa* is that share less chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from scipy.stats import binom

from .sums import ItemSums, PaperSums


@dataclass(frozen=True)
class Consistency:
    """``agreement`` is the share with the same verdict twice, by ``length`` trials."""

    agreement: float
    kappa: float | None
    length: int


@dataclass(frozen=True)
class Reliability:
    """``method`` is alpha, kr-20 or drawn; figures in points of the paper."""

    method: str
    count: int
    mean: float
    deviation: float
    out_of: float
    coefficient: float | None
    error: float | None
    consistency: Consistency | None


def reliability_of(
    paper: PaperSums, items: Mapping[int, ItemSums], *, pass_percent: int
) -> Reliability | None:
    """Return what holds for these papers; None for fewer than two of them, or when
    they were not all worth the same."""
    worths = {(out_of, questions) for _score, out_of, questions in paper.scores}
    if paper.count < 2 or len(worths) != 1:
        return None
    ((out_of, questions),) = worths
    scores = np.array([score for score, *_ in paper.scores], dtype=float) / 100
    people = np.array(list(paper.scores.values()), dtype=float)
    mean = float(np.average(scores, weights=people))
    variance = float(np.average((scores - mean) ** 2, weights=people))
    method, coefficient = coefficient_of(paper, items, questions, variance)
    error = None
    if coefficient is not None and coefficient <= 1:
        error = sqrt(variance * (1 - coefficient))
    worth = out_of / 100
    return Reliability(
        method=method,
        count=paper.count,
        mean=mean,
        deviation=sqrt(variance * paper.count / (paper.count - 1)),
        out_of=worth,
        coefficient=coefficient,
        error=error,
        consistency=subkoviak(
            scores / worth, people, coefficient, cut=pass_percent / 100
        ),
    )


def coefficient_of(
    paper: PaperSums, items: Mapping[int, ItemSums], questions: int, variance: float
) -> tuple[str, float | None]:
    if not paper.is_fixed:
        return "drawn", drawn_reliability(paper, questions, variance)
    method = "kr-20" if all_alike(items) else "alpha"
    return method, alpha([item_variance(sums) for sums in items.values()], variance)


def alpha(item_variances: list[float], variance: float) -> float | None:
    count = len(item_variances)
    if count < 2 or variance <= 0:
        return None
    return count / (count - 1) * (1 - sum(item_variances) / variance)


def drawn_reliability(
    paper: PaperSums, questions: int, variance: float
) -> float | None:
    if questions < 2 or variance <= 0:
        return None
    return 1 - float(paper.errors / paper.count) / variance


def item_variance(sums: ItemSums) -> float:
    """In points, over n as the variance of the scores is here."""
    earned = np.array([earned for _s, _o, earned, _p in sums.joint], dtype=float) / 100
    people = np.array(list(sums.joint.values()), dtype=float)
    mean = np.average(earned, weights=people)
    return float(np.average((earned - mean) ** 2, weights=people))


def all_alike(items: Mapping[int, ItemSums]) -> bool:
    """Every question is worth the same and answered rightly or not at all."""
    marks = {
        (earned, points) for s in items.values() for _, _, earned, points in s.joint
    }
    worths = {points for _earned, points in marks}
    return len(worths) == 1 and all(earned in (0, points) for earned, points in marks)


def subkoviak(
    shares: np.ndarray, people: np.ndarray, coefficient: float | None, *, cut: float
) -> Consistency | None:
    """Return the consistency of passing at ``cut``; None without a reliability."""
    if coefficient is None or not 0 <= coefficient < 1:
        return None
    mean = float(np.average(shares, weights=people))
    variance = float(np.average((shares - mean) ** 2, weights=people))
    length = effective_length(mean, variance, coefficient)
    true = coefficient * shares + (1 - coefficient) * mean
    # What floating point adds must not lift 60 per cent of 30 to 19.
    needed = ceil(round(cut * length, 9))
    passing = binom.sf(needed - 1, length, true)
    agreement = float(np.average(passing**2 + (1 - passing) ** 2, weights=people))
    marginal = float(np.average(passing, weights=people))
    chance = marginal**2 + (1 - marginal) ** 2
    kappa = (agreement - chance) / (1 - chance) if chance < 1 else None
    return Consistency(agreement, kappa, length)


def effective_length(mean: float, variance: float, coefficient: float) -> int:
    """How many questions, each right or wrong, would measure as reliably."""
    spread = mean * (1 - mean) - coefficient * variance
    return max(1, round(spread / (variance * (1 - coefficient))))
