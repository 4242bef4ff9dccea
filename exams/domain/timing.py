"""A person's time: how long they have, and who may change it while they answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Sum

from accounts.enums import Role
from accounts.models import User
from core.audit import record
from divisions.models import Division
from divisions.scoping import at as placed_at
from exams.enums import Admits, InterventionKind
from exams.errors import BadMinutes, NoReason, NotBegun, NothingToMove
from exams.models import (
    Attempt,
    DeadlineChange,
    Intervention,
    Sitting,
    with_forebears,
)
from exams.permissions import can_schedule, can_sit
from exams.sitting_errors import (
    ClosedAbove,
    OwnSitting,
    OwnSittingAhead,
    TimeMoved,
)

from .holding import answering

LONGEST_EXTENSION = 240
MOVING = (InterventionKind.EXTENDED, InterventionKind.CLOSED)
# Nobody's paper is taken away without a minute to finish the sentence.
SHORTEST_NOTICE, LONGEST_NOTICE = 1, 120
BATCH = 500


def deadline_for(
    sitting: Sitting, *, extra_percent: int, division_code: str, started_at: datetime
) -> datetime:
    """Return when an attempt begun at ``started_at`` ends: the one place that says.

    Extra time lengthens the exam, and the window by as much; so do extensions of
    the candidate's division. A sitting closed early ends for all.
    """
    allowed = timedelta(minutes=sitting.minutes)
    extra = allowed * extra_percent / 100
    own = started_at + allowed + extra
    if sitting.closed_early_at:
        return min(own, sitting.closes_at)
    if own <= sitting.closes_at + extra:
        return own
    put_off = extended_by(sitting, division_code=division_code)
    return min(own, sitting.closes_at + extra + put_off)


def extended_by(sitting: Sitting, *, division_code: str) -> timedelta:
    """By how much the end of the window has been put off for a place."""
    made = sitting.interventions.filter(
        kind=InterventionKind.EXTENDED,
        division_code__in=with_forebears([division_code]),
    )
    return timedelta(minutes=made.aggregate(sum=Sum("minutes"))["sum"] or 0)


def starts_until(sitting: Sitting, *, division_code: str) -> datetime:
    """Return until when a paper can be begun at a place."""
    if sitting.closed_early_at:
        return sitting.closes_at
    return sitting.closes_at + extended_by(sitting, division_code=division_code)


def running(sitting: Sitting, *, at: datetime) -> QuerySet[Attempt]:
    """Return the attempts that still have time; those that are due are over."""
    return answering(at).filter(sitting=sitting)


def touched_by_extension(
    sitting: Sitting, *, division: Division, at: datetime
) -> QuerySet[Attempt]:
    return running(sitting, at=at).within(division.code)


def touched_by_closing(
    sitting: Sitting, *, notice: int, at: datetime
) -> QuerySet[Attempt]:
    ends = at + timedelta(minutes=notice)
    return running(sitting, at=at).filter(deadline_at__gt=ends)


def latest_start(sitting: Sitting) -> datetime:
    """The last start anywhere: extensions of a place and of those around it add up."""
    made = list(
        sitting.interventions.filter(kind=InterventionKind.EXTENDED).values_list(
            "division_code", "minutes"
        )
    )
    most = max(
        sum(minutes for wider, minutes in made if code.startswith(wider))
        for code, _minutes in made
    )
    return sitting.closes_at + timedelta(minutes=most)


@transaction.atomic
def extend_sitting(
    sitting: Sitting,
    *,
    division: Division,
    minutes: int,
    by: User,
    at: datetime,
    reason: str,
    key: UUID | None = None,
) -> Intervention:
    """Give everybody of ``division`` so many minutes more: those who answer now, and
    those who have not started, who can do so for as much longer.

    The same ``key`` again returns the extension already made. Raises ``BadMinutes``,
    ``NoReason``, ``NothingToMove``, ``OwnSitting``, or ``ClosedAbove`` when it was
    closed early and ``by`` has no office to close it.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if known := Intervention.objects.filter(key=key).first():
        return known
    refuse_own(sitting, by=by)
    if sitting.closed_early_at and not can_schedule(by, sitting.division):
        raise ClosedAbove
    refuse_minutes(minutes, least=1, most=LONGEST_EXTENSION)
    found = touched_by_extension(sitting, division=division, at=at)
    attempts = locked(found)
    if not attempts and not sitting.is_open(at):
        raise NothingToMove
    extension = intervene(
        sitting,
        kind=InterventionKind.EXTENDED,
        division=division,
        words=reason,
        minutes=minutes,
        touched=len(attempts),
        by=by,
        at=at,
        key=key,
    )
    if not sitting.closed_early_at:
        sitting.extended_until = latest_start(sitting)
        sitting.save(update_fields=["extended_until"])
    later = timedelta(minutes=minutes)
    move_deadlines(attempts, extension, to=lambda before: before + later)
    record("sitting.extended", extension, by=by, **summary(extension))
    return extension


@transaction.atomic
def close_sitting(
    sitting: Sitting,
    *,
    notice: int,
    by: User,
    at: datetime,
    reason: str,
    key: UUID | None = None,
) -> Intervention:
    """End the sitting ``notice`` minutes from now, for all who would end later.

    The same ``key`` again returns the closing already made. Raises ``BadMinutes``,
    ``NoReason``, ``NotBegun``, ``NothingToMove`` or ``OwnSitting``.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if known := Intervention.objects.filter(key=key).first():
        return known
    refuse_own(sitting, by=by)
    refuse_minutes(notice, least=SHORTEST_NOTICE, most=LONGEST_NOTICE)
    if at < sitting.opens_at:
        raise NotBegun
    ends = at + timedelta(minutes=notice)
    attempts = locked(touched_by_closing(sitting, notice=notice, at=at))
    if not attempts and (sitting.last_start_at <= ends or sitting.withdrawn_at):
        raise NothingToMove
    closing = intervene(
        sitting,
        kind=InterventionKind.CLOSED,
        division=sitting.division,
        words=reason,
        minutes=notice,
        touched=len(attempts),
        by=by,
        at=at,
        key=key,
    )
    before = sitting.closes_at
    sitting.closes_at, sitting.closed_early_at = min(before, ends), at
    sitting.extended_until = None
    sitting.save(update_fields=["closes_at", "closed_early_at", "extended_until"])
    move_deadlines(attempts, closing, to=lambda _before: ends)
    record("sitting.closed", closing, by=by, before=before, **summary(closing))
    return closing


def refuse_own(sitting: Sitting, *, by: User) -> None:
    """Nobody moves the time of an exam that they sit or have sat, or are to sit: on
    its list, or else as an informant of its place. Who merely lives there as well can
    do so, and does not sit it then."""
    if sitting.attempts.filter(candidate=by).exists():
        raise OwnSitting
    is_candidate = sitting.admits == Admits.LISTED or by.holds(Role.INFORMANT)
    if is_candidate and can_sit(by, sitting):
        raise OwnSittingAhead


def refuse_mover(sitting: Sitting, *, by: User) -> None:
    """Raise ``TimeMoved`` to whoever has moved the sitting's time; asked only where
    somebody has."""
    if not (sitting.extended_until or sitting.closed_early_at):
        return
    if sitting.interventions.filter(kind__in=MOVING, by=by).exists():
        raise TimeMoved


def refuse_minutes(minutes: int, *, least: int, most: int) -> None:
    if not least <= minutes <= most:
        raise BadMinutes(least=least, most=most)


def locked(attempts: QuerySet[Attempt]) -> list[Attempt]:
    """In one order, so that two acts at once wait and do not deadlock."""
    rows = attempts.select_for_update().order_by("pk")
    return list(rows.only("pk", "sitting", "deadline_at"))


def intervene(
    sitting: Sitting,
    *,
    kind: InterventionKind,
    division: Division,
    words: str,
    by: User,
    at: datetime,
    key: UUID | None,
    **facts: object,
) -> Intervention:
    """Put an overseer's act on record; it says why, or it is not done."""
    if not (words := words.strip()):
        raise NoReason
    return Intervention.objects.create(
        sitting=sitting,
        kind=kind,
        words=words,
        by=by,
        at=at,
        key=key or uuid4(),
        **facts,
        **placed_at(division),
    )


def move_deadlines(
    attempts: list[Attempt],
    intervention: Intervention,
    *,
    to: Callable[[datetime], datetime],
) -> None:
    """Write how each deadline moves, then move them to what is written."""
    DeadlineChange.objects.bulk_create(
        [
            DeadlineChange(
                attempt=attempt,
                intervention=intervention,
                before=attempt.deadline_at,
                after=to(attempt.deadline_at),
                by=intervention.by,
                at=intervention.at,
                reason=intervention.words,
            )
            for attempt in attempts
        ],
        batch_size=BATCH,
    )
    moved = DeadlineChange.objects.filter(intervention=intervention)
    after = moved.filter(attempt=OuterRef("pk")).values("after")
    Attempt.objects.filter(pk__in=moved.values("attempt")).update(
        deadline_at=Subquery(after)
    )


def summary(intervention: Intervention) -> dict[str, object]:
    return {
        "sitting": intervention.sitting_id,
        "minutes": intervention.minutes,
        "touched": intervention.touched,
        "reason": intervention.words,
    }
