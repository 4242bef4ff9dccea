"""How hard a question is, and whether it tells strong from weak candidates.

*Facility* is the mean share of its points. *Rest correlation* is that of the share
with what was earned on the rest of the paper, so that a question is not correlated
with itself. *Efficiency* is the covariance over the largest that the same marks could
have had. *Discrimination index* is the facility among the best 27 per cent of papers
less that among the weakest; a score on the edge of a group counts in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .sums import ItemSums

# The quantile of the normal distribution that leaves 2.5 per cent on each side.
Z95 = 1.959963984540054
TAIL = 0.27
FEW, ENOUGH = 30, 100
TOO_HARD, TOO_EASY = 0.25, 0.95
WEAK = 0.15
OFTEN_OMITTED = 0.10
HASTY_SECONDS = 10


class Standing(TextChoices):
    """How much the figures of a question can bear."""

    FEW = "few", _("Too few to judge")
    SOME = "some", _("Provisional")
    ENOUGH = "enough", _("Enough to judge")


class Flag(TextChoices):
    """What asks for a second look at a question."""

    MISKEY = "miskey", _("Key may be wrong")
    WEAK = "weak", _("Does not tell strong from weak")
    HARD = "hard", _("Very hard")
    EASY = "easy", _("Very easy")
    IDLE = "idle", _("A wrong option hardly anybody takes")
    OMITTED = "omitted", _("Often left out")
    HASTY = "hasty", _("Answered within seconds")
    DRIFT = "drift", _("Drifts between months")
    BIAS = "bias", _("Works differently by city")


@dataclass(frozen=True)
class ItemFigures:
    """What stands beside a question; None where the numbers do not allow it."""

    count: int
    right: int
    facility: float
    low: float
    high: float
    correlation: float | None
    index: float | None
    efficiency: float | None
    omission: float
    median_seconds: int | None

    @property
    def standing(self) -> Standing:
        if self.count < FEW:
            return Standing.FEW
        return Standing.SOME if self.count < ENOUGH else Standing.ENOUGH

    @property
    def flags(self) -> list[Flag]:
        if self.standing == Standing.FEW:
            return []
        weak = self.correlation is not None and self.correlation < WEAK
        hasty = self.median_seconds is not None and self.median_seconds < HASTY_SECONDS
        raised = {
            Flag.WEAK: weak,
            Flag.HARD: self.facility < TOO_HARD,
            Flag.EASY: self.facility > TOO_EASY,
            Flag.OMITTED: self.omission > OFTEN_OMITTED,
            Flag.HASTY: hasty,
        }
        return [flag for flag, is_raised in raised.items() if is_raised]


@dataclass(frozen=True)
class Series:
    """One number a person: share of this question, of the rest, of the whole."""

    share: np.ndarray
    rest: np.ndarray
    whole: np.ndarray


def figures_of(sums: ItemSums) -> ItemFigures | None:
    """Return the figures, or None where nobody had the question."""
    count = sums.count
    if not count:
        return None
    series = series_of(sums)
    facility = float(series.share.mean())
    low, high = wilson(facility, count)
    return ItemFigures(
        count=count,
        right=sums.right,
        facility=facility,
        low=low,
        high=high,
        correlation=rest_correlation(series),
        index=discrimination_index(series),
        efficiency=efficiency(series),
        omission=sums.omitted / count,
        median_seconds=median_of(sums.seconds),
    )


def series_of(sums: ItemSums) -> Series:
    rows = np.array([[*key, n] for key, n in sorted(sums.joint.items())], dtype=float)
    score, out_of, earned, points, people = rows.T
    elsewhere = out_of - points
    rest = np.divide(
        score - earned, elsewhere, out=np.zeros(len(rows)), where=elsewhere > 0
    )
    counts = people.astype(int)
    return Series(
        share=np.repeat(earned / points, counts),
        rest=np.repeat(rest, counts),
        whole=np.repeat(score / out_of, counts),
    )


def wilson(share: float, count: int, z: float = Z95) -> tuple[float, float]:
    """Return Wilson's 95 per cent interval of a proportion.

    For a mean of partial credits it is on the safe side: a share between 0 and 1
    varies at most as much as a proportion with the same mean.
    """
    square = z * z / count
    centre = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    # At 0 and 1 the interval ends there; only the arithmetic misses by a hair.
    low = 0.0 if share == 0 else centre - half
    high = 1.0 if share == 1 else centre + half
    return low, high


def rest_correlation(series: Series) -> float | None:
    spread = covariance(series.share, series.share)
    spread_of_rest = covariance(series.rest, series.rest)
    if spread <= 0 or spread_of_rest <= 0:
        return None
    return covariance(series.share, series.rest) / sqrt(spread * spread_of_rest)


def covariance(one: np.ndarray, other: np.ndarray) -> float:
    """Over n; a series of equal numbers has none, not a hair of one."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.mean((one - one.mean()) * (other - other.mean())))


def efficiency(series: Series) -> float | None:
    most = covariance(np.sort(series.share), np.sort(series.rest))
    return covariance(series.share, series.rest) / most if most > 0 else None


def discrimination_index(series: Series) -> float | None:
    size = TAIL * len(series.whole)
    if size < 1:
        return None
    totals, groups = np.unique(series.whole, return_inverse=True)
    people = np.bincount(groups, minlength=len(totals)).astype(float)
    earned = np.bincount(groups, weights=series.share, minlength=len(totals))
    lower = tail_facility(people, earned, size)
    upper = tail_facility(people[::-1], earned[::-1], size)
    return upper - lower


def tail_facility(people: np.ndarray, earned: np.ndarray, size: float) -> float:
    """The facility among the first ``size`` people of groups in order."""
    before = np.cumsum(people) - people
    taken = np.clip(size - before, 0, people)
    return float(np.sum(earned * taken / people) / size)


def median_of(seconds: dict[int, int]) -> int | None:
    """The lower median of a count by value."""
    total, seen = sum(seconds.values()), 0
    for value in sorted(seconds):
        seen += seconds[value]
        if 2 * seen >= total:
            return value
    return None
