"""What somebody who failed reads again before another try."""

from __future__ import annotations

from collections.abc import Iterable

from courses.models import LessonPage, LessonVisit
from exams.models import Attempt

from .keying import versions_marked_by
from .marking import points_for


def lessons_due(attempts: Iterable[Attempt]) -> list[LessonPage]:
    """The lessons on what was answered wrongly in the last of ``attempts`` that its
    candidate has not opened since; none where no lesson teaches it."""
    finished = [attempt for attempt in attempts if attempt.finished_at]
    if not finished:
        return []
    last = max(finished, key=lambda attempt: attempt.finished_at)
    sections = sections_missed(last)
    if not sections:
        return []
    seen = set(
        LessonVisit.objects.filter(
            person=last.candidate_id, seen_at__gt=last.finished_at
        ).values_list("lesson", flat=True)
    )
    lessons = LessonPage.objects.live().order_by("path")
    return [
        lesson
        for lesson in lessons
        if sections.intersection(lesson.cited) and lesson.pk not in seen
    ]


def sections_missed(attempt: Attempt) -> set[str]:
    versions = versions_marked_by(attempt.keys, attempt.questions)
    values = dict(attempt.answers.values_list("item_no", "value"))
    missed: set[str] = set()
    for question in attempt.questions:
        version = versions[question.version]
        if points_for(question, version, values.get(question.no)) < question.points:
            missed |= set(version.cites)
    return missed


def titles_of(lessons: Iterable[LessonPage]) -> str:
    return "、".join(lesson.title for lesson in lessons)
