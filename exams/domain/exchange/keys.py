"""Right options as other systems mark them: by weights."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

FULL = Decimal(100)
# Moodle takes only these shares of a grade, so a third is 33.33333.
MOODLE_SHARES = {
    **{1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667"},
    **{7: "14.28571", 8: "12.5", 9: "11.11111", 10: "10"},
}
LEAST_SHARE = "5"
WRONG_SHARE = "-100"
# Rounded thirds are still thirds.
NEAR = Decimal("0.01")


def weight_in(text: str) -> Decimal | None:
    """Return a weight in per cent; some servers write the point as a comma."""
    try:
        weight = Decimal(text.strip().replace(",", ".") or "0")
    except InvalidOperation:
        return None
    return weight if weight.is_finite() else None


def right_in_single(weights: Sequence[Decimal], notes: list[str]) -> list[int]:
    """Return the place of the one option that earns all; partial credit is noted."""
    right = [place for place, weight in enumerate(weights) if weight >= FULL - NEAR]
    if any(0 < weight < FULL - NEAR for weight in weights):
        notes.append(_("partial credit for other options is left out"))
    return right


def right_in_multiple(weights: Sequence[Decimal], notes: list[str]) -> list[int]:
    """Return the places that earn anything; this platform's own rule then marks."""
    right = [place for place, weight in enumerate(weights) if weight > 0]
    earned = [weights[place] for place in right]
    if earned and max(earned) - min(earned) > NEAR:
        notes.append(_("the options' different weights are left out"))
    return right


def share_of(right: int) -> str:
    """Return what Moodle gives each of ``right`` options."""
    return MOODLE_SHARES.get(right, LEAST_SHARE)
