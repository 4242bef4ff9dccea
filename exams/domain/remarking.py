"""Marking an attempt anew after its result is known, because of what came late."""

from __future__ import annotations

from datetime import datetime

from exams.errors import WouldTakeAPass
from exams.models import Attempt
from exams.signals import attempt_passed, attempt_remarked

from .analysis.uncounting import uncount_attempts
from .finishing import score_now, tell


def take_out(attempt: Attempt, *, at: datetime) -> None:
    """Before its answers or marks change: take what it adds out of the sums."""
    uncount_attempts(attempt.sitting, [attempt.pk], at=at)


def mark_anew(attempt: Attempt) -> None:
    """Write the score of a marked attempt by what stands now, and tell those above.

    Raises ``WouldTakeAPass`` when it would no longer pass.
    """
    had_passed = attempt.passed
    attempt.score, attempt.passed = score_now(attempt)
    if had_passed and not attempt.passed:
        raise WouldTakeAPass
    attempt.save(update_fields=["score", "passed"])
    tell(attempt_remarked, attempt)
    if attempt.passed and not had_passed and attempt.sitting.has_results_out:
        tell(attempt_passed, attempt)
