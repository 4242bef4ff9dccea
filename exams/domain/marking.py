"""Marking: how many points an answer earns.

The rule, which candidates read before they start: a question answered rightly
earns all its points. In a multiple choice, some of the right options and none of
the wrong earn half; one wrong option earns nothing. A number counts when it lies
within the tolerance of the right one. No answer earns nothing, and nothing is ever
taken away.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from exams.enums import CHOSEN, Kind
from exams.models import Attempt, ItemVersion, Question

from .reckoning import number_in

NOTHING = Decimal(0)


def points_for(question: Question, version: ItemVersion, value: object) -> Decimal:
    """Return what ``value`` earns; a value that is no answer earns nothing.

    A revised key may give all points to everybody, or take former answers too.
    """
    if version.revision is None:
        return points_by_key(question, version, value)
    if version.revision.credits_all:
        return Decimal(question.points)
    readings = [version, *map(version.answering, version.revision.also)]
    return max(points_by_key(question, each, value) for each in readings)


def points_by_key(question: Question, version: ItemVersion, value: object) -> Decimal:
    full = Decimal(question.points)
    if value is None:
        return NOTHING
    if question.kind in CHOSEN:
        chosen = {question.order[shown] for shown in value}
        return points_for_choice(question.kind, chosen, set(version.answer), full)
    return full if is_near(str(value), version) else NOTHING


def points_for_choice(
    kind: str, chosen: set[int], right: set[int], full: Decimal
) -> Decimal:
    if chosen == right:
        return full
    if kind == Kind.MULTIPLE and chosen and chosen < right:
        return full / 2
    return NOTHING


def is_near(text: str, version: ItemVersion) -> bool:
    number = number_in(text, unit=version.unit)
    if number is None:
        return False
    return abs(number - Decimal(version.answer)) <= version.tolerance


def score_of(
    questions: list[Question],
    versions: Mapping[int, ItemVersion],
    values: Mapping[int, object],
) -> Decimal:
    """Return the points of a whole paper: a function of paper, keys and answers."""
    earned = (
        points_for(question, versions[question.version], values.get(question.no))
        for question in questions
    )
    return sum(earned, start=NOTHING)


def has_passed(score: Decimal, attempt: Attempt) -> bool:
    return score * 100 >= attempt.pass_percent * attempt.max_score
