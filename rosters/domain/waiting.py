"""Who of many waits for the same move, told by the database: the rule is that of
``Journey.turn``, which tells it of one person read whole."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import UserQuerySet
from certificates.facts import path_lessons
from certificates.models import Certificate, Selection
from courses.models import LessonCompletion
from exams.models import Attempt
from rosters.enums import Turn
from rosters.models import Assignment


def waiting_for(turn: Turn, among: UserQuerySet, *, on: date) -> UserQuerySet:
    """Keep those whose next move that is on that day."""
    serves, certified = Q(stands_in_post=True), Q(stands_certified=True)
    chosen, passed = Q(stands_chosen=True), Q(stands_passed=True)
    keep = {
        Turn.NOBODY: serves & certified,
        Turn.PERSON_RENEWS: serves & ~certified,
        Turn.OFFICE_SELECTS: ~serves & ~chosen,
    }
    with_stations = among.annotate(
        stands_in_post=Exists(of_each(Assignment.objects.substantive().in_force(on))),
        stands_certified=Exists(of_each(Certificate.objects.valid(on), "holder")),
        stands_chosen=Exists(of_each(Selection.objects.in_force(on))),
        stands_passed=Exists(of_each(passes(on), "candidate")),
    )
    if turn in keep:
        return with_stations.filter(keep[turn])
    on_the_way = with_stations.filter(~serves & chosen)
    trained = Q(pk__in=on_the_way.filter(trained_by(on, among)).values("pk"))
    return on_the_way.filter(
        {
            Turn.PERSON_LEARNS: ~trained,
            Turn.PERSON_SITS: trained & ~passed,
            Turn.OFFICE_CERTIFIES: trained & passed & ~certified,
            Turn.OFFICE_ASSIGNS: trained & passed & certified,
        }[turn]
    )


def of_each(rows: QuerySet, field: str = "person") -> QuerySet:
    return rows.filter(**{field: OuterRef("pk")})


def passes(on: date) -> QuerySet[Attempt]:
    known = Attempt.objects.with_results_out()
    return known.filter(passed=True, finished_at__lt=end_of(on))


def trained_by(on: date, among: UserQuerySet) -> Q:
    """Whether every lesson of the path was completed by that day."""
    anybody = among.first()
    lessons = path_lessons(anybody) if anybody else set()
    if not lessons:
        return Q(pk__in=[])
    done = (
        LessonCompletion.objects.filter(
            lesson__in=lessons, completed_at__lt=end_of(on), person=OuterRef("pk")
        )
        .order_by()
        .values("person")
        .annotate(number=Count("lesson", distinct=True))
    )
    complete = done.filter(number=len(lessons))
    return Q(Exists(complete))


def end_of(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
