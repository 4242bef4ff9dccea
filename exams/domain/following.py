"""How a sitting goes, for those who hold it."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from exams.enums import State
from exams.models import AnswerNow, Attempt, Sitting


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


def board_of(sitting: Sitting, *, for_user: User) -> QuerySet[Attempt]:
    """Return the attempts that ``for_user`` may follow, with answers counted."""
    answered = (
        AnswerNow.objects.filter(attempt=OuterRef("pk"), value__isnull=False)
        .order_by()
        .values("attempt")
        .annotate(n=Count("pk"))
    )
    return (
        sitting.attempts.visible_to(for_user)
        .for_list()
        .annotate(answered=Coalesce(Subquery(answered.values("n")), 0))
        .order_by("division_code", "candidate__real_name", "pk")
    )


def totals_of(attempts: QuerySet[Attempt]) -> dict[str, int]:
    return attempts.order_by().aggregate(
        started=Count("pk"),
        running=Count("pk", filter=Q(state=State.OPEN)),
        have_passed=Count("pk", filter=Q(passed=True)),
        have_failed=Count("pk", filter=Q(passed=False)),
    )
