"""What a finished run is worth: a perfect one 100, one without a right act 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exercises.enums import Act

from .knowing import Truth

# A mark is worth one; the decision three; the case as much as the decision twice over,
# divided by its steps, each earned when it was right at the first try.
DECISION_WEIGHT = 3
CASE_WEIGHT = 6


def score_of(lines: Iterable[Mapping], truth: Truth) -> int:
    lines = list(lines)
    marks = [each for each in lines if each["act"] == Act.MARK]
    earned = sum(each["is_right"] for each in marks)
    earned += DECISION_WEIGHT * any(
        each["is_right"] for each in lines if each["act"] == Act.DECISION
    )
    earned += CASE_WEIGHT * right_at_once(lines) / truth.steps_to_take
    return round(100 * earned / (len(marks) + DECISION_WEIGHT + CASE_WEIGHT))


def right_at_once(lines: Iterable[Mapping]) -> int:
    """How many stations were passed without a wrong try before."""
    first_tries: dict[int, bool] = {}
    for each in lines:
        if each["act"] == Act.STEP:
            first_tries.setdefault(each["station"], each["is_right"])
    return sum(first_tries.values())
