"""Numbers in files, kept within what the bank can hold."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext as _

from core.workbooks.signs import plain_number
from exams.domain.reckoning import number_in

# Longer runs of digits are no answer a person would give, and an exponent could make
# a few bytes into gigabytes.
LONGEST = 40
LARGEST = Decimal(10) ** 15
FINEST = -12
SCIENTIFIC = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d{1,3}")
# What the column of the tolerance holds: 14 digits, 6 of them after the point.
TOLERANCE_STEP = Decimal("0.000001")
TOLERANCE_LIMIT = Decimal(10) ** 8


def figure_in(text: str, *, unit: str = "") -> Decimal | None:
    text = text.strip()
    if len(text) > LONGEST:
        return None
    figure = Decimal(text) if SCIENTIFIC.fullmatch(text) else number_in(text, unit=unit)
    if figure is None or abs(figure) >= LARGEST:
        return None
    if figure.as_tuple().exponent < FINEST:
        figure = round(figure, -FINEST)
    return figure


def written(figure: Decimal) -> str:
    """The one way the bank writes a number; there is no minus nought."""
    return plain_number(figure) if figure else "0"


def tolerance_written(figure: Decimal, notes: list[str]) -> str:
    """Return a tolerance the bank can hold, noting when it had to be rounded."""
    held = figure.quantize(TOLERANCE_STEP, ROUND_HALF_EVEN)
    if held != figure:
        notes.append(_("the tolerance is rounded to six places"))
    return written(held)


def around(low: Decimal, high: Decimal, notes: list[str]) -> dict[str, str]:
    """Return the answer and tolerance that take just what lies between two bounds."""
    return {
        "answer": written((low + high) / 2),
        "tolerance": tolerance_written((high - low) / 2, notes),
    }
