"""Letting results out: by the sitting's own policy, or by its office."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.enums import ResultsShown, State
from exams.errors import ResultsTooEarly
from exams.models import Attempt, Sitting
from exams.signals import attempt_passed


def is_over(sitting: Sitting, *, at: datetime) -> bool:
    """Nobody can start any more, nobody is answering, and every paper is marked."""
    unmarked = sitting.attempts.exclude(state=State.MARKED)
    return at >= sitting.last_start_at and not unmarked.exists()


@transaction.atomic
def publish_results(sitting: Sitting, *, by: User | None, at: datetime) -> Sitting:
    """Let everybody read their result, and those who passed earn what follows.

    Once; out already, they stay out. Raises ``ResultsTooEarly``.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if sitting.has_results_out:
        return sitting
    if not is_over(sitting, at=at):
        raise ResultsTooEarly
    sitting.results_out_at = at
    sitting.save(update_fields=["results_out_at"])
    record("results.published", sitting, by=by)
    transaction.on_commit(lambda: tell_passed(sitting), robust=True)
    return sitting


def tell_passed(sitting: Sitting) -> None:
    for attempt in sitting.attempts.filter(passed=True).iterator(chunk_size=500):
        attempt_passed.send_robust(Attempt, attempt=attempt)


def publish_due(*, at: datetime) -> int:
    """Publish what waits only for its sitting to be over; return how many were."""
    waiting = Sitting.objects.filter(withdrawn_at=None).filter(
        results_shown=ResultsShown.AFTER_CLOSE, results_out_at=None, closes_at__lte=at
    )
    over = [sitting for sitting in waiting if is_over(sitting, at=at)]
    for sitting in over:
        publish_results(sitting, by=None, at=at)
    return len(over)
