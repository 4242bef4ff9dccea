"""Beginning an attempt: the paper is drawn and frozen."""

from __future__ import annotations

from datetime import datetime
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
    NoAttemptLeft,
    NotEligible,
    NotOpenYet,
    PathUnfinished,
    ResultsHeld,
    WrongCode,
)
from exams.models import AnswerNow, Attempt, Sitting, places_of
from exams.permissions import can_sit
from exams.sitting_errors import Withdrawn

from .accommodating import extra_percent_of
from .admitting import note_wrong_try, refuse_code
from .drawing import draw_paper
from .finishing import submit_attempt
from .holding import spoken
from .retrying import refuse_hurry, refuse_unread, tried_before
from .sparing import spared_for
from .timing import deadline_for, refuse_mover, starts_until


def start_attempt(
    sitting: Sitting, *, by: User, at: datetime, code: str = "", address: str = ""
) -> Attempt:
    """Start ``by``'s attempt, or return the one that is running.

    Raises ``NotEligible``, ``Withdrawn``, ``NotOpenYet``, ``Closed``,
    ``NoAttemptLeft``, ``AlreadyPassed``, ``ResultsHeld``, ``CoolingDown``,
    ``RefresherUnfinished``, ``PathUnfinished``, ``WrongCode``, which is kept for the
    overseers, or ``TooManyCodes`` or ``TooManyCodesHere``.
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
    division, extra_percent = division_of(by, sitting), extra_percent_of(by)
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
        **frozen_paper(sitting, by=by),
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


def frozen_paper(sitting: Sitting, *, by: User) -> dict[str, object]:
    """What an attempt keeps of its drawing: the paper, and whence it can be drawn
    again."""
    seed, spared = uuid4().hex, spared_for(sitting, by=by)
    paper = draw_paper(sitting.blueprint, sitting.release, seed=seed, spared=spared)
    points = sum(row["points"] for row in paper)
    return {
        "seed": seed,
        "spared": spared.frozen_with(paper),
        "spreads_keys": True,
        "paper": paper,
        "max_score": points,
    }


def refuse_start(
    sitting: Sitting, attempts: list[Attempt], *, by: User, at: datetime
) -> None:
    """Raise the first reason why ``by`` cannot start now; silent if there is none."""
    if not can_sit(by, sitting):
        raise NotEligible
    if sitting.withdrawn_at:
        raise Withdrawn(reason=sitting.withdrawn_because)
    refuse_mover(sitting, by=by)
    if at < sitting.opens_at:
        raise NotOpenYet(opens=spoken(sitting.opens_at))
    refuse_after(sitting, by=by, at=at)
    if attempts and not sitting.has_results_out:
        raise ResultsHeld
    if any(attempt.state == State.SUBMITTED for attempt in attempts):
        raise BeingMarked
    if any(attempt.state == State.MARKED and attempt.passed for attempt in attempts):
        raise AlreadyPassed
    if len(attempts) >= sitting.attempts_allowed:
        raise NoAttemptLeft(allowed=sitting.attempts_allowed)
    earlier = tried_before(sitting, by=by)
    refuse_hurry(sitting, earlier, at=at)
    refuse_unread(sitting, earlier)
    if sitting.needs_path and not has_completed_path(by):
        raise PathUnfinished


def refuse_after(sitting: Sitting, *, by: User, at: datetime) -> None:
    """Raise ``Closed`` when starts are over at the candidate's place: an extension
    reaches those, too, whom the outage kept from starting."""
    closes = sitting.closes_at
    if at >= closes and sitting.extended_until:
        place = division_of(by, sitting)
        closes = starts_until(sitting, division_code=place.code)
    if at >= closes:
        raise Closed(closes=spoken(closes))


def division_of(user: User, sitting: Sitting) -> Division:
    """Where the candidate stands: the home, or the place served; for somebody listed
    who has neither, the place that the sitting is held for."""
    if user.home_division:
        return user.home_division
    served = Division.objects.filter(code__in=places_of(user)).order_by("code").first()
    return served or sitting.division
