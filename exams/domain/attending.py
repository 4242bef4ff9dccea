"""What a candidate has before them: exams open now, coming, and behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from accounts.models import User
from exams.models import Attempt, Sitting

from .finishing import finish_due
from .refreshing import Due, lessons_advised
from .retrying import refresher_for, tried_before
from .showing import may_see_keys


@dataclass(frozen=True)
class Place:
    """A sitting as one person finds it."""

    sitting: Sitting
    attempts: list[Attempt]
    refresher: Sequence[Due] = ()

    @property
    def running(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @property
    def passed(self) -> Attempt | None:
        if not self.sitting.has_results_out:
            return None
        return next((attempt for attempt in self.attempts if attempt.passed), None)

    @property
    def failed(self) -> bool:
        """Whether somebody knows of an attempt here that did not pass."""
        known = self.sitting.has_results_out
        return known and any(attempt.passed is False for attempt in self.attempts)

    @property
    def attempts_left(self) -> int:
        return max(0, self.sitting.attempts_allowed - len(self.attempts))


# Not everybody presses the button in the same second.
SPREAD = timedelta(seconds=30)


@dataclass(frozen=True)
class Waiting:
    """How long until a sitting opens, and over how many seconds the starts are spread.
    Everybody's time counts from their own start, so that none of it is lost."""

    opens_in: float
    spread: float


def waiting_for(sitting: Sitting, *, at: datetime) -> Waiting | None:
    """None when it is open or withdrawn. Where the window has no room to spare beyond
    the time allowed, a later start would cost time, and all may start at once."""
    if at >= sitting.opens_at or sitting.withdrawn_at:
        return None
    window = sitting.closes_at - sitting.opens_at
    spare = max(timedelta(), window - timedelta(minutes=sitting.minutes))
    opens_in = (sitting.opens_at - at).total_seconds()
    return Waiting(opens_in, min(SPREAD, spare).total_seconds())


@dataclass(frozen=True)
class Agenda:
    open: list[Place]
    coming: list[Place]


def agenda_of(user: User, *, at: datetime) -> Agenda:
    """Return what is open and what is coming; what is over is a list of attempts."""
    # What the worker has not come to yet, on the candidate's own touch.
    finish_due(at=at, of=user)
    sittings = Sitting.objects.eligible_for(user).starting(at)
    sittings = list(sittings.select_related("division").order_by("opens_at", "pk"))
    attempts: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.of(user).filter(sitting__in=sittings):
        attempts.setdefault(attempt.sitting_id, []).append(attempt)
    places = [Place(sitting, attempts.get(sitting.pk, [])) for sitting in sittings]
    places = [
        replace(place, refresher=refresher_before(place, by=user))
        if place.failed
        else place
        for place in places
    ]
    return Agenda(
        open=[place for place in places if place.sitting.opens_at <= at],
        coming=[place for place in places if place.sitting.opens_at > at],
    )


def place_again(attempt: Attempt, *, by: User, at: datetime) -> Place | None:
    """Return the sitting of a failed attempt while ``by``, whose it is, has another."""
    if attempt.passed or not attempt.sitting.has_results_out:
        return None
    open_for = Sitting.objects.eligible_for(by).starting(at)
    if not open_for.filter(pk=attempt.sitting_id).exists():
        return None
    sitting = attempt.sitting
    place = Place(sitting, list(sitting.attempts.of(by)))
    may_start = place.attempts_left and not place.passed and not place.running
    return place if may_start else None


def lessons_left(person: User, *, since: datetime, at: datetime) -> list[Due]:
    """Return the lessons that are still to be worked through again after ``since``, to
    the second: those that the person's list of exams or result names."""
    agenda = agenda_of(person, at=at)
    named = [due for place in agenda.open + agenda.coming for due in place.refresher]
    second = since.replace(microsecond=0)
    for attempt in Attempt.objects.of(person).finished_within(second):
        named += lessons_advised(attempt, are_keys_out=may_see_keys(attempt, at=at))
    left = {
        due.lesson.pk: due
        for due in named
        if not due.is_done and due.since.replace(microsecond=0) == second
    }
    return sorted(left.values(), key=lambda due: due.lesson.path)


def refresher_before(place: Place, *, by: User) -> list[Due]:
    """Return the lessons to be worked through before the person's next start here; none
    to whoever is at it, has passed, or has no attempt left."""
    if place.running or place.passed or not place.attempts_left:
        return []
    return refresher_for(place.sitting, tried_before(place.sitting, by=by))
