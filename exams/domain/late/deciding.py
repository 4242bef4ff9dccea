"""An office's word on answers that came late."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.domain.remarking import mark_anew, take_out
from exams.domain.scripts import lay_out_late
from exams.domain.standing import Answer, put_in
from exams.enums import State
from exams.errors import NoReason, NothingLate, NotMarkedYet
from exams.models import Attempt, LateAnswer, LateDecision


@transaction.atomic
def decide_late(
    attempt: Attempt,
    *,
    accept: bool,
    reason: str,
    upto: int,
    by: User,
    at: datetime,
) -> LateDecision:
    """Count what came late of ``attempt``, or do not; with a reason, in the open.

    ``upto`` is the key of the last late answer that the office has seen: what came
    after it waits for another decision. Decided already, the decision that stands is
    returned. Raises ``NoReason``, ``NothingLate``, ``NotMarkedYet`` or
    ``WouldTakeAPass``.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    seen = attempt.late_answers.filter(pk__lte=upto)
    waiting = list(seen.filter(decision=None))
    if not waiting:
        return decided_already(seen)
    if not (reason := reason.strip()):
        raise NoReason
    if attempt.state != State.MARKED:
        raise NotMarkedYet
    before = attempt.score, attempt.passed
    after = count_late(attempt, waiting, at) if accept else before
    decision = LateDecision.objects.create(
        attempt=attempt,
        accepted=accept,
        reason=reason,
        by=by,
        at=at,
        score_before=before[0],
        score_after=after[0],
        passed_before=before[1],
        passed_after=after[1],
    )
    seen.filter(decision=None).update(decision=decision)
    told = {"count": len(waiting), "reason": reason}
    told |= {"score": after[0], "before": before[0]}
    action = "late-answers.accepted" if accept else "late-answers.declined"
    record(action, attempt, by=by, **told)
    return decision


def decided_already(seen) -> LateDecision:
    last = seen.select_related("decision").order_by("decision_id").last()
    if last is None:
        raise NothingLate
    return last.decision


def count_late(
    attempt: Attempt, waiting: list[LateAnswer], at: datetime
) -> tuple[Decimal, bool]:
    """Put the answers where they would stand had they come in time, and mark anew;
    short ones wait for people, and until then what was given in time counts."""
    take_out(attempt, at=at)
    answers = [Answer(row.item_no, row.value, row.epoch, row.seq) for row in waiting]
    put_in(attempt, answers, at=at)
    lay_out_late(attempt)
    mark_anew(attempt)
    return attempt.score, attempt.passed
