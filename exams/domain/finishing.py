"""Ending an attempt: once, by whoever comes first, and marked at once."""

from __future__ import annotations

import logging
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django.dispatch import Signal

from accounts.models import User
from core.audit import record
from exams.enums import FinishReason, State
from exams.models import HAND_IN_GRACE, Attempt
from exams.signals import attempt_finished, attempt_passed

from .keying import keys_in_force, versions_marked_by
from .marking import has_passed, score_of
from .scripts import lay_out_scripts, points_by_hand

log = logging.getLogger(__name__)


@transaction.atomic
def submit_attempt(attempt: Attempt, *, by: User | None, at: datetime) -> Attempt:
    """Hand the attempt in and mark it; ``by`` is None when the clock does it. With
    short answers it stays handed in until people have marked them.

    Only the first of several calls changes anything, and what was finished never
    changes again.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not attempt.is_open:
        return attempt
    in_time = by is not None and at < attempt.deadline_at + HAND_IN_GRACE
    reason = FinishReason.HANDED_IN if in_time else FinishReason.TIME_UP
    finished_at = min(at, attempt.deadline_at)
    moved = Attempt.objects.filter(pk=attempt.pk, state=State.OPEN).update(
        state=State.SUBMITTED, finished_at=finished_at, finish_reason=reason
    )
    if moved:
        record("attempt.submitted", attempt, by=by, reason=reason)
        if not lay_out_scripts(attempt):
            mark_attempt(attempt)
    attempt.refresh_from_db()
    if moved and attempt.state == State.MARKED:
        announce(attempt)
    return attempt


def mark_attempt(attempt: Attempt) -> None:
    """Write the score of an attempt handed in but not marked yet."""
    attempt.keys = keys_in_force(question.version for question in attempt.questions)
    score, passed = score_now(attempt)
    Attempt.objects.filter(pk=attempt.pk, state=State.SUBMITTED).update(
        state=State.MARKED, score=score, passed=passed, keys=attempt.keys
    )


def score_now(attempt: Attempt) -> tuple[Decimal, bool]:
    """What the answers that stand are worth by the attempt's keys, and whether that
    passes."""
    versions = versions_marked_by(attempt.keys, attempt.questions)
    values = dict(attempt.answers.values_list("item_no", "value"))
    given = points_by_hand([attempt])[attempt.pk]
    score = score_of(attempt.questions, versions, values, given)
    return score, has_passed(score, attempt)


def announce(attempt: Attempt) -> None:
    """Tell those above once it is certain."""
    tell(attempt_finished, attempt)
    if attempt.passed and attempt.sitting.has_results_out:
        tell(attempt_passed, attempt)


def tell(signal: Signal, attempt: Attempt) -> None:
    """After the commit. The hearers' faults are logged and must not take the result
    from the candidate."""

    def send() -> None:
        signal.send(Attempt, attempt=attempt)

    transaction.on_commit(send, robust=True)


def finish_if_due(attempt: Attempt, *, at: datetime) -> Attempt:
    """Finish an attempt whose time is over, on the next touch of anybody."""
    return submit_attempt(attempt, by=None, at=at) if attempt.is_due(at) else attempt


def finish_due(*, at: datetime, of: User | None = None) -> int:
    """Finish every attempt whose time is over (of one person, if told), the longest
    due first, each in a transaction of its own; return how many.

    Several workers share the work without waiting. What cannot be finished is told in
    the log, stays open until the next call, and holds nobody else back.
    """
    due = Attempt.objects.due(at) if of is None else Attempt.objects.of(of).due(at)
    keys = list(due.order_by("deadline_at", "pk").values_list("pk", flat=True))
    return sum(finish_one(pk, at) for pk in keys)


def finish_one(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            if attempt := claimed(pk, at):
                submit_attempt(attempt, by=None, at=at)
        return attempt is not None
    except Exception:
        # Whatever it is, it must not leave the others open.
        log.exception("Attempt %s is due and could not be finished", pk)
        if not connection.is_usable():
            raise
        return False


def claimed(pk: int, at: datetime) -> Attempt | None:
    """Lock the attempt if it is still due and nobody else is at it."""
    skip = connection.features.has_select_for_update_skip_locked
    due = Attempt.objects.due(at).select_for_update(skip_locked=skip)
    return due.filter(pk=pk).first()
