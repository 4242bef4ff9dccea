"""Marking: how many points an answer earns.

The rule, which candidates read before they start, is each kind's own (``kinds``): a
question answered rightly earns all its points, no answer earns nothing, and nothing
is ever taken away. Shares of points are cut to the hundredths that scores are kept in.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from types import MappingProxyType

from exams.models import Attempt, ItemVersion, Question

from .kinds import asking_for

NOTHING = Decimal(0)
HUNDREDTH = Decimal("0.01")
NOBODY: Mapping[int, Decimal] = MappingProxyType({})


def points_for(
    question: Question,
    version: ItemVersion,
    value: object,
    given: Decimal | None = None,
) -> Decimal:
    """Return what ``value`` earns; a value that is no answer earns nothing.

    A revised key may give all points to everybody, or take former answers too. What
    people gave for a short answer is ``given``, and counts.
    """
    if version.revision is not None and version.revision.credits_all:
        return Decimal(question.points)
    if given is not None:
        return given
    if version.revision is None:
        return points_by_key(question, version, value)
    readings = [version, *map(version.answering, version.revision.also)]
    return max(points_by_key(question, each, value) for each in readings)


def points_by_key(question: Question, version: ItemVersion, value: object) -> Decimal:
    if value is None:
        return NOTHING
    share = asking_for(question.kind).share(question, version, value)
    return points_of(share, question.points)


def points_of(share: Fraction, points: int) -> Decimal:
    whole = share * points
    exact = Decimal(whole.numerator) / whole.denominator
    return exact.quantize(HUNDREDTH, ROUND_DOWN)


def score_of(
    questions: list[Question],
    versions: Mapping[int, ItemVersion],
    values: Mapping[int, object],
    given: Mapping[int, Decimal] = NOBODY,
) -> Decimal:
    """Return the points of a whole paper: a function of paper, keys and answers, and
    of what people gave."""
    earned = (
        points_for(
            question,
            versions[question.version],
            values.get(question.no),
            given.get(question.no),
        )
        for question in questions
    )
    return sum(earned, start=NOTHING)


def has_passed(score: Decimal, attempt: Attempt) -> bool:
    return score * 100 >= attempt.pass_percent * attempt.max_score
