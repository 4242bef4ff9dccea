"""A figure, and what is told with it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value: what was done, in which respect, how much, of what."""

    subject: str
    measure: str
    value: float
    unit: str

    def __str__(self) -> str:
        return f"{rounded(self.value)} {self.unit}".rstrip()


def rounded(value: float) -> str:
    """Three significant digits; more would promise what a repeat does not keep.
    A count is a count."""
    if isinstance(value, int) or value == 0:
        return f"{value:,.0f}"
    digits = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.{max(0, digits)}f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def as_table(figures: Sequence[Figure]) -> str:
    """A Markdown table, aligned so that it also reads in a terminal."""
    rows = [("What", "Measured", "Value")]
    rows += [(figure.subject, figure.measure, str(figure)) for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        f"| {row[0]:<{widths[0]}} | {row[1]:<{widths[1]}} | {row[2]:>{widths[2]}} |"
        for row in rows
    ]
    lines.insert(1, f"| {'-' * widths[0]} | {'-' * widths[1]} | {'-' * widths[2]}: |")
    lines[1] = lines[1].replace("-: |", ": |")
    return "\n".join(lines)
