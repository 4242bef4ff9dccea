"""Asking the learners of a division to read lessons again, and who still has to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.enums import Role
from accounts.models import User
from core.audit import record
from courses.models import LessonPage, LessonVisit, Rereading
from divisions.models import Division

LONGEST = Rereading._meta.get_field("sections").max_length


@transaction.atomic
def ask_to_reread(
    lessons: Mapping[LessonPage, str], *, division: Division, by: User, at: datetime
) -> list[Rereading]:
    """Ask the learners of ``division`` to read these lessons again, each for the
    sections named with it. What is asked for already stays as it is."""
    division = Division.objects.select_for_update().get(pk=division.pk)
    known = Rereading.objects.open().filter(division=division, lesson__in=lessons)
    asked = {each.lesson_id: each for each in known}
    for lesson, sections in lessons.items():
        if lesson.pk in asked:
            continue
        asked[lesson.pk] = Rereading.objects.create(
            lesson=lesson,
            division=division,
            division_code=division.code,
            sections=sections[:LONGEST],
            asked_at=at,
            asked_by=by,
        )
        record("rereading.asked", asked[lesson.pk], by=by, lesson=lesson.pk)
    return [asked[lesson.pk] for lesson in lessons]


@transaction.atomic
def end_rereading(rereading: Rereading, *, by: User, at: datetime) -> Rereading:
    """Ask for it no longer; ended already, it stays so."""
    rereading = Rereading.objects.select_for_update().get(pk=rereading.pk)
    if rereading.ended_at:
        return rereading
    rereading.ended_at, rereading.ended_by = at, by
    rereading.save(update_fields=["ended_at", "ended_by"])
    record("rereading.ended", rereading, by=by, lesson=rereading.lesson_id)
    return rereading


def rereadings_of(person: User) -> QuerySet[Rereading]:
    """What ``person`` is asked to read again and has not opened since, the latest
    first: where they are at home or serve, and in the divisions above."""
    grants = person.current_grants
    served = [each.division_code for each in grants if each.role == Role.INFORMANT]
    places = [code for code in (person.home_code, *served) if code]
    codes = {code[:length] for code in places for length in range(2, len(code) + 1)}
    since = LessonVisit.objects.filter(
        person=person, lesson=OuterRef("lesson"), seen_at__gt=OuterRef("asked_at")
    )
    asked = Rereading.objects.open().filter(division_code__in=codes, lesson__live=True)
    return asked.exclude(Exists(since)).select_related("lesson", "division")
