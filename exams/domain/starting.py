"""Beginning an attempt: the paper is drawn and frozen."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection, transaction

from accounts.models import User
from core.audit import record
from courses.domain.progressing import has_completed_path
from divisions.models import Division
from divisions.scoping import at as placed_at
from exams.enums import State
from exams.errors import (
    AlreadyPassed,
    BeingMarked,
    Closed,
    CoolingDown,
    NoAttemptLeft,
    NotEligible,
    NotOpenYet,
    PathUnfinished,
    RefresherUnfinished,
    ResultsHeld,
    WrongCode,
)
from exams.models import AnswerNow, Attempt, Sitting, places_of
from exams.permissions import can_sit

from .accommodating import extra_percent_of
from .admitting import note_wrong_try, refuse_code
from .drawing import draw_paper
from .finishing import submit_attempt
from .holding import spoken
from .refreshing import lessons_due, titles_of
from .timing import deadline_for


def start_attempt(
    sitting: Sitting, *, by: User, at: datetime, code: str = "", address: str = ""
) -> Attempt:
    """Start ``by``'s attempt, or return the one that is running.

    Raises ``NotEligible``, ``NotOpenYet``, ``Closed``, ``NoAttemptLeft``,
    ``AlreadyPassed``, ``ResultsHeld``, ``CoolingDown``, ``RefresherUnfinished``,
    ``PathUnfinished``, ``WrongCode``, which is kept for the overseers, or
    ``TooManyCodes`` or ``TooManyCodesHere``.
    """
    # Outside the transaction below: a refusal must not undo that these are finished.
    for overdue in sitting.attempts.due(at).filter(candidate=by):
        submit_attempt(overdue, by=None, at=at)
    try:
        return begin_attempt(sitting, by=by, at=at, code=code, address=address)
    except WrongCode:
        note_wrong_try(sitting, code, by=by, at=at, address=address)
        raise


@transaction.atomic
def begin_attempt(
    sitting: Sitting, *, by: User, at: datetime, code: str, address: str
) -> Attempt:
    """A double tap gives one attempt: the person's own row is the lock, a constraint
    the proof."""
    User.objects.select_for_update().get(pk=by.pk)
    attempts = list(sitting.attempts.filter(candidate=by))
    if running := next((attempt for attempt in attempts if attempt.is_open), None):
        return running
    sitting = held_in_place(sitting)
    refuse_start(sitting, attempts, by=by, at=at)
    refuse_code(sitting, code, by=by, at=at, address=address)
    division, extra_percent = division_of(by), extra_percent_of(by)
    attempt = Attempt.objects.create(
        candidate=by,
        sitting=sitting,
        number=len(attempts) + 1,
        edition_code=sitting.release.edition_code,
        pass_percent=sitting.pass_percent,
        extra_percent=extra_percent,
        started_at=at,
        deadline_at=deadline_for(
            sitting,
            extra_percent=extra_percent,
            division_code=division.code,
            started_at=at,
        ),
        **frozen_paper(sitting),
        **placed_at(division),
    )
    AnswerNow.objects.bulk_create(
        AnswerNow(attempt=attempt, item_no=question.no)
        for question in attempt.questions
    )
    record("attempt.started", attempt, by=by, sitting=sitting.pk, number=attempt.number)
    return attempt


def held_in_place(sitting: Sitting) -> Sitting:
    """Read the sitting as it stands and keep its end where it is until the start is
    done: who would move it waits, and then finds the new attempt. Starts share this
    lock, so that thousands at once do not queue for it."""
    query = Sitting.objects.filter(pk=sitting.pk).select_related("release", "blueprint")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(Sitting._meta.db_table)
            cursor.execute(
                f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE",
                [sitting.pk],
            )
    return query.get()


def frozen_paper(sitting: Sitting) -> dict[str, object]:
    seed = uuid4().hex
    paper = draw_paper(sitting.blueprint, sitting.release, seed=seed)
    points = sum(row["points"] for row in paper)
    return {"seed": seed, "paper": paper, "max_score": points}


def refuse_start(
    sitting: Sitting, attempts: list[Attempt], *, by: User, at: datetime
) -> None:
    """Raise the first reason why ``by`` cannot start now; silent if there is none."""
    if not can_sit(by, sitting):
        raise NotEligible
    if at < sitting.opens_at:
        raise NotOpenYet(opens=spoken(sitting.opens_at))
    if at >= sitting.closes_at:
        raise Closed(closes=spoken(sitting.closes_at))
    if attempts and not sitting.has_results_out:
        raise ResultsHeld
    if any(attempt.state == State.SUBMITTED for attempt in attempts):
        raise BeingMarked
    if any(attempt.state == State.MARKED and attempt.passed for attempt in attempts):
        raise AlreadyPassed
    if len(attempts) >= sitting.attempts_allowed:
        raise NoAttemptLeft(allowed=sitting.attempts_allowed)
    refuse_hurry(sitting, attempts, at=at)
    if sitting.refresher and (lessons := lessons_due(attempts)):
        raise RefresherUnfinished(lessons=titles_of(lessons))
    if sitting.needs_path and not has_completed_path(by):
        raise PathUnfinished


def refuse_hurry(sitting: Sitting, attempts: list[Attempt], *, at: datetime) -> None:
    ends = [attempt.finished_at for attempt in attempts if attempt.finished_at]
    if not ends:
        return
    again = max(ends) + timedelta(hours=sitting.cooldown_hours)
    if at < again:
        raise CoolingDown(again=spoken(again))


def division_of(user: User) -> Division:
    """Where the candidate stands: the home, or the place served."""
    return user.home_division or Division.objects.get(code=places_of(user)[0])
