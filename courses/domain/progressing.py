"""How far a person is: opening, answering, completing; and the path as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import record
from courses.errors import (
    ChecksUnanswered,
    NoSuchCheck,
    NoSuchOption,
    NothingChosen,
    TooManyChosen,
)
from courses.models import (
    CheckAnswer,
    CoursePage,
    LessonCompletion,
    LessonPage,
    LessonVisit,
)
from courses.signals import path_completed


@dataclass(frozen=True)
class LessonProgress:
    """One lesson as one person sees it."""

    lesson: LessonPage
    is_done: bool
    is_opened: bool


@dataclass(frozen=True)
class CourseProgress:
    course: CoursePage
    lessons: tuple[LessonProgress, ...]

    @property
    def total(self) -> int:
        return len(self.lessons)

    @property
    def done(self) -> int:
        return sum(progress.is_done for progress in self.lessons)

    @property
    def is_complete(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def minutes_left(self) -> int:
        return sum(p.lesson.minutes for p in self.lessons if not p.is_done)

    @property
    def next_lesson(self) -> LessonPage | None:
        return next((p.lesson for p in self.lessons if not p.is_done), None)


@dataclass(frozen=True)
class PathProgress:
    """All required live courses together."""

    courses: tuple[CourseProgress, ...]

    @property
    def total(self) -> int:
        return sum(course.total for course in self.courses)

    @property
    def done(self) -> int:
        return sum(course.done for course in self.courses)

    @property
    def is_complete(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def minutes_left(self) -> int:
        return sum(course.minutes_left for course in self.courses)


@dataclass(frozen=True)
class NextStep:
    """The lesson to read next, and the course it is in."""

    course: CoursePage
    lesson: LessonPage
    is_begun: bool

    @property
    def url(self) -> str:
        return self.lesson.url

    @property
    def minutes(self) -> int:
        return self.lesson.minutes


@transaction.atomic
def open_lesson(lesson: LessonPage, *, by: User, at: datetime) -> LessonVisit:
    """Note that ``by`` opened the lesson; the first time stays on record."""
    visit, made = LessonVisit.objects.get_or_create(
        person=by, lesson=lesson, defaults={"opened_at": at, "seen_at": at}
    )
    if not made:
        visit.seen_at = at
        visit.save(update_fields=["seen_at"])
    return visit


@transaction.atomic
def answer_check(
    lesson: LessonPage,
    check_id: str,
    *,
    chosen: Collection[int],
    by: User,
    at: datetime,
) -> CheckAnswer:
    """Keep ``chosen`` (positions of options) as the answer of ``by`` and mark it.

    Answering again is learning: the latest answer counts, the tries are counted. Of
    the same answer twice only the time is kept anew. Raises ``NoSuchCheck``,
    ``NothingChosen``, ``TooManyChosen`` or ``NoSuchOption``.
    """
    check = lesson.checks.get(check_id)
    if check is None:
        raise NoSuchCheck
    positions = sorted(set(chosen))
    if not positions:
        raise NothingChosen
    if len(positions) > 1 and not check.is_multiple:
        raise TooManyChosen
    if not 0 <= positions[0] <= positions[-1] < len(check["options"]):
        raise NoSuchOption
    is_right = set(positions) == check.right
    answer, made = CheckAnswer.objects.select_for_update().get_or_create(
        person=by,
        lesson=lesson,
        check_id=check_id,
        defaults={"chosen": positions, "is_right": is_right, "answered_at": at},
    )
    if not made:
        if (answer.chosen, answer.is_right) == (positions, is_right):
            answer.answered_at = at
            answer.save(update_fields=["answered_at"])
            return answer
        answer.chosen, answer.is_right, answer.answered_at = positions, is_right, at
        answer.tries += 1
        answer.save()
    record("check.answered", answer, by=by, lesson=lesson.pk, right=is_right)
    return answer


@transaction.atomic
def complete_lesson(lesson: LessonPage, *, by: User, at: datetime) -> LessonCompletion:
    """Complete the lesson for ``by``; twice is once.

    Raises ``ChecksUnanswered`` while a self-check has no answer, right or wrong.
    Sends ``path_completed`` when this was the path's last lesson.
    """
    done = LessonCompletion.objects.filter(person=by, lesson=lesson).first()
    if done:
        return done
    answers = answers_of(lesson, by)
    left = len(lesson.checks.keys() - answers.keys())
    if left:
        raise ChecksUnanswered(left=left, total=len(lesson.checks))
    completion, made = LessonCompletion.objects.get_or_create(
        person=by,
        lesson=lesson,
        defaults={
            "completed_at": at,
            "answers": {
                check_id: {"chosen": answer.chosen, "right": answer.is_right}
                for check_id, answer in answers.items()
            },
        },
    )
    if made:
        record("lesson.completed", completion, by=by, lesson=lesson.pk)
        if has_completed_path(by):
            transaction.on_commit(
                lambda: path_completed.send(sender=User, person=by, at=at)
            )
    return completion


def answers_of(lesson: LessonPage, person: User) -> dict[str, CheckAnswer]:
    """The person's answers to the self-checks that are in the lesson now."""
    found = CheckAnswer.objects.filter(
        person=person, lesson=lesson, check_id__in=lesson.checks
    )
    return {answer.check_id: answer for answer in found}


def course_progress(user: User) -> list[CourseProgress]:
    """Every live course with its live lessons, in order: four queries, no bodies."""
    courses = list(CoursePage.objects.live().in_order())
    lessons = list(LessonPage.objects.live().defer("body").order_by("path"))
    done = set(user.lesson_completions.values_list("lesson", flat=True))
    opened = set(user.lesson_visits.values_list("lesson", flat=True))
    return [
        CourseProgress(
            course,
            tuple(
                LessonProgress(lesson, lesson.pk in done, lesson.pk in opened)
                for lesson in lessons
                if lesson.path.startswith(course.path)
            ),
        )
        for course in courses
    ]


def path_progress(user: User) -> PathProgress:
    return path_of(course_progress(user))


def path_of(courses: Iterable[CourseProgress]) -> PathProgress:
    """The required courses among ``courses`` that have lessons."""
    return PathProgress(
        tuple(each for each in courses if each.course.required and each.total)
    )


def has_completed_path(user: User) -> bool:
    """Whether ``user`` completed every live lesson of the required live courses;
    False while there is no such lesson at all."""
    return path_progress(user).is_complete


def next_step(user: User) -> NextStep | None:
    """The first lesson of the path that ``user`` has not completed; None at its end."""
    for progress in path_progress(user).courses:
        for each in progress.lessons:
            if not each.is_done:
                return NextStep(progress.course, each.lesson, each.is_opened)
    return None
