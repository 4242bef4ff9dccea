"""Whether a question is harder for one group than for others of equal score.

Mantel and Haenszel's method: people are matched by their total score in bands of
five per cent, and in each band the group's chances of answering rightly are compared
with those of the others. The size is told as the testing service ETS does: D is
-2.35 times the logarithm of the common odds ratio, below nothing when the question
is harder for the group. *A* is negligible (|D| under 1, or not to be told from
nothing at 5 per cent); *C* is large (|D| at least 1.5 and, at 5 per cent, above 1);
*B* lies between.

Of fourteen cities one in two would stand apart by chance alone if each were tested by
itself. So the chances are those among all groups that were compared (Holm's method):
for a question that is fair to all, one alarm of any group comes in twenty questions at
most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import erfc, log, sqrt

from .items import FEW
from .sums import ItemSums, merged

BANDS = 20
DELTA = -2.35
SLIGHT, LARGE = 1.0, 1.5
LEVEL = 0.05
Z_ONE_SIDED = 1.6448536269514722

# Right and wrong of the others, right and wrong of the group.
Table = tuple[int, int, int, int]


@dataclass(frozen=True)
class Bias:
    """How one group fares with a question beside the others at equal score.

    ``p_value`` is that of this group alone until ``against_the_rest`` has
    seen them all.
    """

    odds_ratio: float
    chi_square: float
    p_value: float
    delta: float
    error: float

    @property
    def effect(self) -> str:
        size = abs(self.delta)
        if size < SLIGHT or self.p_value >= LEVEL:
            return "A"
        is_large = size >= LARGE and size - SLIGHT > Z_ONE_SIDED * self.error
        return "C" if is_large else "B"


def against_the_rest(groups: Mapping[str, ItemSums]) -> dict[str, Bias | None]:
    """Compare each group with all others together; None where that cannot be. The
    chances are those among all comparisons."""
    bands = {name: bands_of(sums) for name, sums in groups.items()}
    everybody = bands_of(merged(groups.values()))
    return among_all({name: compared(own, everybody) for name, own in bands.items()})


def among_all(told: dict[str, Bias | None]) -> dict[str, Bias | None]:
    """Correct the chances by Holm's method: the least likely of n by n, the next by
    n - 1, and none becomes less likely than one before it."""
    known = sorted(
        ((bias, name) for name, bias in told.items() if bias is not None),
        key=lambda pair: pair[0].p_value,
    )
    corrected, floor = {}, 0.0
    for place, (bias, name) in enumerate(known):
        floor = max(floor, min(1.0, bias.p_value * (len(known) - place)))
        corrected[name] = replace(bias, p_value=floor)
    return told | corrected


def compared(own: dict[int, list[int]], everybody: dict[int, list[int]]) -> Bias | None:
    tables = []
    for band, (right, wrong) in own.items():
        all_right, all_wrong = everybody[band]
        tables.append((all_right - right, all_wrong - wrong, right, wrong))
    few = min(sum(a + b for a, b, _c, _d in tables), sum(c + d for *_, c, d in tables))
    return mantel_haenszel(tables) if few >= FEW else None


def bands_of(sums: ItemSums) -> dict[int, list[int]]:
    """Right and wrong answers by band of the total score."""
    bands: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (score, out_of, earned, points), people in sums.joint.items():
        band = min(BANDS - 1, BANDS * score // out_of)
        bands[band][earned != points] += people
    return bands


def mantel_haenszel(tables: Iterable[Table]) -> Bias | None:
    """Return odds ratio, test and size; None where no table can tell anything.

    The test carries the correction for continuity, the error of the logarithm is
    that of Robins, Breslow and Greenland.
    """
    tables = [table for table in tables if can_tell(*table)]
    favours = [(a * d / (n := a + b + c + d), b * c / n) for a, b, c, d in tables]
    for_others, for_group = (
        (sum(column) for column in zip(*favours, strict=True)) if (favours) else (0, 0)
    )
    if not (for_others and for_group):
        return None
    ratio = for_others / for_group
    square = chi_square_of(tables)
    return Bias(
        odds_ratio=ratio,
        chi_square=square,
        p_value=erfc(sqrt(square / 2)),
        delta=DELTA * log(ratio),
        error=abs(DELTA) * sqrt(log_variance(tables, for_others, for_group)),
    )


def can_tell(a: int, b: int, c: int, d: int) -> bool:
    """Both groups are there, and both right and wrong answers."""
    return all((a + b, c + d, a + c, b + d))


def chi_square_of(tables: list[Table]) -> float:
    surplus, variance = 0.0, 0.0
    for a, b, c, d in tables:
        n = a + b + c + d
        surplus += a - (a + b) * (a + c) / n
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
    return max(0.0, abs(surplus) - 0.5) ** 2 / variance


def log_variance(tables: list[Table], r: float, s: float) -> float:
    first = second = third = 0.0
    for a, b, c, d in tables:
        n = a + b + c + d
        p, q = (a + d) / n, (b + c) / n
        favour, against = a * d / n, b * c / n
        first += p * favour
        second += p * against + q * favour
        third += q * against
    return first / (2 * r * r) + second / (2 * r * s) + third / (2 * s * s)
