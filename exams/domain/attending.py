"""What a candidate has before them: exams open now, coming, and behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from exams.models import Attempt, Sitting

from .finishing import submit_attempt


@dataclass(frozen=True)
class Place:
    """A sitting as one person finds it."""

    sitting: Sitting
    attempts: list[Attempt]

    @property
    def running(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @property
    def passed(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.passed), None)

    @property
    def attempts_left(self) -> int:
        return max(0, self.sitting.attempts_allowed - len(self.attempts))


@dataclass(frozen=True)
class Agenda:
    open: list[Place]
    coming: list[Place]


def agenda_of(user: User, *, at: datetime) -> Agenda:
    """Return what is open and what is coming; what is over is a list of attempts."""
    finish_due_of(user, at=at)
    sittings = Sitting.objects.eligible_for(user).filter(closes_at__gt=at)
    sittings = list(sittings.select_related("division").order_by("opens_at", "pk"))
    attempts: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.of(user).filter(sitting__in=sittings):
        attempts.setdefault(attempt.sitting_id, []).append(attempt)
    places = [Place(sitting, attempts.get(sitting.pk, [])) for sitting in sittings]
    return Agenda(
        open=[place for place in places if place.sitting.opens_at <= at],
        coming=[place for place in places if place.sitting.opens_at > at],
    )


def finish_due_of(user: User, *, at: datetime) -> None:
    """Finish what the worker has not come to yet, on the candidate's own touch."""
    for attempt in Attempt.objects.of(user).due(at):
        submit_attempt(attempt, by=None, at=at)
