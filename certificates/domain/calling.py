"""Who is called for a refresher: what the person has to do, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from certificates.domain.affecting import affected_clauses, lessons_on
from certificates.models import Certificate, Refresher
from certificates.words import ToldChange, in_words
from courses.models import LessonPage, LessonVisit
from measures import Change


@dataclass(frozen=True)
class Call:
    """A refresher that its holder has to do: the clauses, and the lessons on them with
    whether they were opened since."""

    refresher: Refresher
    changes: list[Change]
    lessons: list[tuple[LessonPage, bool]]
    is_late: bool

    @property
    def clauses(self) -> list[ToldChange]:
        return in_words(self.changes)


def calls_of(person: User, *, on: date) -> list[Call]:
    """What ``person`` is asked to do and has not done; one statement if nothing is."""
    found = list(
        Refresher.objects.open(on)
        .filter(certificate__holder=person)
        .select_related("certificate")
        .order_by("due_on", "pk")
    )
    if not found:
        return []
    changes = affected_clauses([each.certificate for each in found], on=on)
    visits = LessonVisit.objects.filter(person=person)
    seen = dict(visits.values_list("lesson", "seen_at__date"))
    return [call_from(each, changes[each.certificate_id], seen, on) for each in found]


def lessons_left(
    person: User, lesson: LessonPage, *, on: date
) -> list[LessonPage] | None:
    """The lessons of the calls that ask for ``lesson`` which were not opened since;
    None where no call asks for it."""
    asked = [
        call.lessons
        for call in calls_of(person, on=on)
        if any(each.pk == lesson.pk for each, _is_opened in call.lessons)
    ]
    if not asked:
        return None
    unread = {
        each.pk: each
        for lessons in asked
        for each, is_opened in lessons
        if not is_opened and each.pk != lesson.pk
    }
    return list(unread.values())


def call_from(
    refresher: Refresher, changes: list[Change], seen: dict[int, date], on: date
) -> Call:
    since = refresher.decided_on
    lessons = [
        (lesson, seen.get(lesson.pk, date.min) >= since)
        for lesson in lessons_on(changes)
    ]
    return Call(refresher, changes, lessons, refresher.is_late(on))


def decisions_within(
    codes: Iterable[str], *, on: date, state: str = ""
) -> QuerySet[Refresher]:
    """The decisions that stand, of the certificates in these divisions."""
    kept = Certificate.objects.within(*codes)
    return (
        Refresher.objects.in_state(state, on)
        .filter(certificate__in=kept)
        .select_related("certificate__division", "decided_by")
        .order_by("due_on", "pk")
    )


def number_late(codes: Iterable[str], *, on: date) -> int:
    """How many were called, have let the day pass and have not renewed."""
    kept = Certificate.objects.within(*codes)
    return Refresher.objects.late(on).filter(certificate__in=kept).count()


def decisions_about(certificate: Certificate) -> QuerySet[Refresher]:
    """All of them, the latest first, also those about its forerunner's number."""
    rests = Refresher.objects.filter(certificate__attempt=certificate.attempt_id)
    return rests.select_related("decided_by", "superseded_by")
