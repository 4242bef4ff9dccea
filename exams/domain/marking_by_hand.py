"""Marking short answers: two people independently, a third when they differ.

The rule, which candidates read before they start: when the two marks differ by no
more than a quarter of the question's points, their mean counts; otherwise a third
person marks, and the middle one of the three counts. Nobody sees whose answer it is
or what others gave, marks one answer twice, or marks an answer of their own. The
attempt is marked, and a certificate follows, only when all its answers are settled.
An answer that came late and was accepted is marked the same way; the better counts.
Where the key is revised so that everybody has the points, nobody marks any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from statistics import median

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.enums import State
from exams.errors import NotAMark, OwnScript, ScriptSettled
from exams.models import Attempt, Script, ScriptMark

from .finishing import announce, mark_attempt
from .keying import credited_among
from .marking import HUNDREDTH
from .remarking import mark_anew, take_out

MARGIN = Fraction(1, 4)


@transaction.atomic
def mark_script(
    script: Script, *, points: Decimal, remark: str = "", by: User, at: datetime
) -> Script:
    """Keep ``by``'s mark, and settle the script when it is the last one needed.

    A second call by the same person changes nothing. Raises ``OwnScript``,
    ``ScriptSettled`` or ``NotAMark``.
    """
    attempt = Attempt.objects.select_for_update().get(pk=script.attempt_id)
    script = Script.objects.select_for_update().get(pk=script.pk)
    marks = list(script.marks.all())
    if any(mark.marker_id == by.pk for mark in marks):
        return script
    refuse_mark(script, attempt, points=points, by=by)
    marks.append(
        ScriptMark.objects.create(
            script=script, marker=by, points=points, remark=remark, at=at
        )
    )
    record("script.marked", script, by=by, marks=len(marks))
    points = settled([mark.points for mark in marks], script.out_of)
    if points is not None:
        conclude(script, attempt, points=points, at=at)
    return script


def conclude(
    script: Script, attempt: Attempt, *, points: Decimal, at: datetime
) -> None:
    """The answer is settled: when it is the last one, the result follows; of a result
    that is known, the score moves by what came late."""
    came_late = attempt.state == State.MARKED
    if came_late:
        take_out(attempt, at=at)
    script.points = points
    script.save(update_fields=["points"])
    if came_late:
        mark_anew(attempt)
    elif not attempt.scripts.filter(points=None).exists():
        mark_attempt(attempt)
        attempt.refresh_from_db()
        announce(attempt)


def settle_credited(*, at: datetime) -> int:
    """Settle the answers that wait for markers though everybody has the points by the
    key in force; return how many. One attempt at a time, safe to repeat.

    They get all points as if markers had given them; attempts marked before, to which
    an answer came late, as well.
    """
    waiting = Script.objects.unsettled()
    credited = credited_among(waiting.values_list("version", flat=True).distinct())
    found = waiting.filter(version__in=credited).order_by("attempt", "pk")
    return sum(settle_at_once(key, at=at) for key in found.values_list("pk", flat=True))


@transaction.atomic
def settle_at_once(key: int, *, at: datetime) -> bool:
    """Give a waiting answer all its points; False if it was settled meanwhile."""
    attempt = Attempt.objects.select_for_update().get(scripts=key)
    script = Script.objects.select_for_update().get(pk=key)
    if script.points is not None:
        return False
    record("script.credited", script, by=None, version=script.version_id)
    conclude(script, attempt, points=Decimal(script.out_of), at=at)
    return True


def refuse_mark(script: Script, attempt: Attempt, *, points: Decimal, by: User) -> None:
    if attempt.candidate_id == by.pk:
        raise OwnScript
    if script.points is not None:
        raise ScriptSettled
    if not points.is_finite() or not 0 <= points <= script.out_of:
        raise NotAMark(most=script.out_of)
    if points != points.quantize(HUNDREDTH, ROUND_DOWN):
        raise NotAMark(most=script.out_of)


def settled(points: Sequence[Decimal], out_of: int) -> Decimal | None:
    """Return what counts, or None while another mark is needed."""
    if len(points) < 2:
        return None
    if len(points) == 2 and abs(points[0] - points[1]) > MARGIN * out_of:
        return None
    return Decimal(median(points)).quantize(HUNDREDTH, ROUND_DOWN)
