"""How far a score, and the verdict it leads to, can be relied on.

*Fixed paper* (everybody has the same questions): Cronbach's alpha, which is KR-20
when every question counts the same and is right or wrong.

*Drawn papers* (everybody has other questions): alpha by position means nothing, for
each position holds other questions. What can be told is how much a score would vary
were the questions drawn anew: the variance within each paper, weighed by the points.
One less its mean over the variance of the scores is the reliability; with equal points
and no partial credit this is KR-21. It leaves out that the blueprint draws by cells,
so it is rather too low than too high.

*Below zero* neither is a reliability, which is a share of a variance: the scores differ
less than chance alone lets them differ, by chance or because all people are alike. It
is said that they allow no estimate; nothing is derived from them.

*Decision consistency*, for both: the share of candidates who would get the same
verdict on another paper of the kind, from one paper, by Livingston and Lewis (1995):
true shares are spread as a beta distribution with the mean of the scores and as much
of their variance as is reliable; a paper is as many trials as measure as reliably as
it does (its effective length), and two papers are independent given the true share.
The beta has two parameters where theirs has four: it is not fitted to the tails.
*Kappa* is that share less chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, lgamma, sqrt

import numpy as np

from .sums import ItemSums, PaperSums

LEAST, LONGEST = 0.01, 1000


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

    @property
    def estimate(self) -> float | None:
        """The coefficient; None where these papers allow none."""
        found = self.coefficient
        return found if found is not None and found >= 0 else None


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
    if coefficient is not None and 0 <= coefficient <= 1:
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
        consistency=livingston_lewis(
            mean / worth, variance / worth**2, coefficient, cut=pass_percent / 100
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


def livingston_lewis(
    mean: float, variance: float, coefficient: float | None, *, cut: float
) -> Consistency | None:
    """Return the consistency of passing at ``cut``, of shares with this mean and
    variance; None where the reliability is unknown, next to nothing or so near 1
    that no paper is long enough."""
    if coefficient is None or not LEAST <= coefficient < 1:
        return None
    length = effective_length(mean, variance, coefficient)
    if length > LONGEST:
        return None
    a, b = beta_with(mean, coefficient * variance)
    # What floating point adds must not lift 60 per cent of 30 to 19.
    needed = ceil(round(cut * length, 9))
    both = two_papers(length, a, b)
    agreement = float(both[:needed, :needed].sum() + both[needed:, needed:].sum())
    marginal = float(both[needed:].sum())
    chance = marginal**2 + (1 - marginal) ** 2
    kappa = (agreement - chance) / (1 - chance) if chance < 1 else None
    return Consistency(agreement, kappa, length)


def beta_with(mean: float, variance: float) -> tuple[float, float]:
    """Return the parameters of the beta distribution of this mean and variance."""
    size = mean * (1 - mean) / variance - 1
    return mean * size, (1 - mean) * size


def two_papers(length: int, a: float, b: float) -> np.ndarray:
    """Return how likely each pair of scores is on two papers: the binomial twice,
    with a true share that is beta distributed, integrated exactly."""
    ways = np.array([log_ways(length, score) for score in range(length + 1)])
    shares = np.array(
        [
            log_beta(a + right, b + 2 * length - right) - log_beta(a, b)
            for right in range(2 * length + 1)
        ]
    )
    scores = np.arange(length + 1)
    right = scores[:, None] + scores[None, :]
    return np.exp(ways[:, None] + ways[None, :] + shares[right])


def log_ways(count: int, chosen: int) -> float:
    return lgamma(count + 1) - lgamma(chosen + 1) - lgamma(count - chosen + 1)


def log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def effective_length(mean: float, variance: float, coefficient: float) -> int:
    """How many questions, each right or wrong, would measure as reliably."""
    spread = mean * (1 - mean) - coefficient * variance
    return max(1, round(spread / (variance * (1 - coefficient))))
