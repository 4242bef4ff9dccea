"""Whether a question became easier or harder from month to month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .bias import Bias, against_the_rest
from .items import ItemFigures, figures_of
from .sums import ItemSums


@dataclass(frozen=True)
class MonthFigures:
    """A month of a question; ``bias`` compares it, at equal score, with the others:
    a leak or a changed rule shows there even when that month's people were better.
    The more months there are, the more has to be seen in one (``bias``)."""

    month: date
    figures: ItemFigures
    bias: Bias | None


def drift_of(months: Mapping[date, ItemSums]) -> list[MonthFigures]:
    """Return the months in order."""
    told = against_the_rest({month.isoformat(): sums for month, sums in months.items()})
    return [
        MonthFigures(month, figures, told[month.isoformat()])
        for month, sums in sorted(months.items())
        if (figures := figures_of(sums))
    ]


def has_drifted(months: list[MonthFigures]) -> bool:
    return any(each.bias is not None and each.bias.effect != "A" for each in months)
