"""What other apps know about people, for many at once."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max
from django.utils import timezone

from accounts.models import User
from courses.domain.progressing import PathProgress, path_progress
from courses.models import LessonCompletion


def trained_among(people: Collection[User]) -> set[int]:
    """The keys of those who completed the learning path; five queries for any number.

    The same rule as ``courses.domain.progressing.has_completed_path``.
    """
    return set(trained_on_among(people))


class Training(NamedTuple):
    """The completed path: the day of its last lesson, and of how much it consists."""

    on: date
    courses: int
    lessons: int


def trained_on_among(people: Collection[User]) -> dict[int, date]:
    """By key, the day on which each completed the last lesson of the path."""
    return {pk: each.on for pk, each in trainings_among(people).items()}


def trainings_among(people: Collection[User]) -> dict[int, Training]:
    """By key, of those who completed the learning path, what they completed."""
    if not people:
        return {}
    path = path_progress(next(iter(people)))
    lessons = lessons_of(path)
    done = (
        LessonCompletion.objects.filter(person__in=people, lesson__in=lessons)
        .values_list("person")
        .annotate(number=Count("lesson", distinct=True), last=Max("completed_at"))
        .order_by()
    )
    return {
        pk: Training(timezone.localdate(last), len(path.courses), len(lessons))
        for pk, number, last in done
        if lessons and number == len(lessons)
    }


def path_lessons(person: User) -> set[int]:
    """The keys of the path's lessons, which are the same for everybody."""
    return lessons_of(path_progress(person))


def lessons_of(path: PathProgress) -> set[int]:
    return {step.lesson.pk for course in path.courses for step in course.lessons}
