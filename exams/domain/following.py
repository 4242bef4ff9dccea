"""How a sitting goes, for those who hold it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from exams.enums import RoomEventKind, State
from exams.models import (
    NETWORK_GRACE,
    AnswerNow,
    Attempt,
    LateAnswer,
    Presence,
    RoomEvent,
    Sitting,
    WrongTry,
    overseen_codes,
)

# A room asks for the time once a minute: silence is two of these missed.
SILENCE = timedelta(seconds=150)


def sittings_with_counts(user: User) -> QuerySet[Sitting]:
    """Return the sittings ``user`` oversees, each with how many of the people in
    the user's own divisions have started, finished and passed."""
    seen = Attempt.objects.visible_to(user).filter(sitting=OuterRef("pk"))
    return (
        Sitting.objects.overseen_by(user)
        .select_related("division")
        .annotate(
            started=counted(seen),
            finished=counted(seen.exclude(state=State.OPEN)),
            passed=counted(seen.filter(passed=True)),
        )
    )


def counted(attempts: QuerySet[Attempt]) -> Coalesce:
    per_sitting = attempts.order_by().values("sitting").annotate(n=Count("pk"))
    return Coalesce(Subquery(per_sitting.values("n")), 0)


def board_of(sitting: Sitting, *, for_user: User, at: datetime) -> QuerySet[Attempt]:
    """Return the attempts that ``for_user`` may follow, with answers and absences
    counted, the last contact, whether the room is silent, and whether the time is up
    and the attempt only waits to be finished: it is in progress no more."""
    now = AnswerNow.objects.filter(attempt=OuterRef("pk"))
    away = RoomEvent.objects.filter(attempt=OuterRef("pk"), kind=RoomEventKind.AWAY)
    asked = Presence.objects.filter(attempt=OuterRef("pk")).values("at")
    saved = now.filter(at__isnull=False).order_by("-at").values("at")[:1]
    began = F("started_at")
    contact = Greatest(
        began, Coalesce(Subquery(asked), began), Coalesce(Subquery(saved), began)
    )
    return (
        sitting.attempts.visible_to(for_user)
        .for_list()
        .annotate(
            answered=per_attempt(now.filter(value__isnull=False)),
            absences=per_attempt(away),
            last_contact=contact,
        )
        .annotate(is_over=Q(state=State.OPEN, deadline_at__lte=at - NETWORK_GRACE))
        .annotate(
            is_running=Q(state=State.OPEN, is_over=False),
            is_silent=Q(is_running=True, last_contact__lt=at - SILENCE),
        )
        .order_by("division_code", "candidate__real_name", "pk")
    )


def per_attempt(rows: QuerySet) -> Coalesce:
    counted_rows = rows.order_by().values("attempt").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted_rows.values("n")), 0)


def totals_of(attempts: QuerySet[Attempt]) -> dict[str, int]:
    return attempts.order_by().aggregate(
        started=Count("pk"),
        running=Count("pk", filter=Q(is_running=True)),
        due=Count("pk", filter=Q(is_over=True)),
        silent=Count("pk", filter=Q(is_silent=True)),
        finished=Count("pk", filter=~Q(state=State.OPEN)),
        have_passed=Count("pk", filter=Q(passed=True)),
        have_failed=Count("pk", filter=Q(passed=False)),
    )


def who_mistyped(sitting: Sitting, *, for_user: User) -> QuerySet[User]:
    """Return those of ``for_user``'s people who typed a wrong ticket code, with how
    often, when last and from what address, the latest first."""
    tries = WrongTry.objects.filter(sitting=sitting, person=OuterRef("pk"))
    latest = tries.order_by("-pk")
    return (
        User.objects.within(*overseen_codes(for_user))
        .filter(wrong_tries__sitting=sitting)
        .annotate(
            mistyped=Count("wrong_tries"),
            last_mistyped_at=Max("wrong_tries__at"),
            last_address=Subquery(latest.values("address")[:1]),
        )
        .select_related("home_division")
        .order_by("-last_mistyped_at", "pk")
    )


def waiting_late(sitting: Sitting) -> QuerySet:
    """Return the keys of the attempts whose late answers wait for a decision."""
    waiting = LateAnswer.objects.filter(attempt__sitting=sitting, decision=None)
    return waiting.order_by().values("attempt")
