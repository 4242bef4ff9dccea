"""What somebody who failed works through again: the lessons on what went wrong.

A lesson is done when it was opened after the paper was finished, and each of its
self-checks answered after that, rightly or not: reading the answer beside one's own is
what a self-check is for. Having done all this before the exam is not enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from courses.domain.studying import address_again
from courses.models import CheckAnswer, LessonPage, LessonVisit
from exams.models import Attempt

from .keying import versions_marked_by
from .marking import points_for
from .scripts import points_by_hand

MOST_NAMED = 3


@dataclass(frozen=True)
class Due:
    """A lesson to be worked through after ``since``, and how far that is."""

    lesson: LessonPage
    since: datetime
    is_opened: bool
    answered: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.is_opened and self.answered == self.total

    @property
    def url(self) -> str:
        """The lesson as if its self-checks were not answered yet."""
        return address_again(self.lesson, since=self.since)


def lessons_due(attempt: Attempt) -> list[Due]:
    """Return the lessons on what was answered wrongly in a finished attempt, done or
    not; none where no lesson teaches it."""
    sections, since = sections_missed(attempt), attempt.finished_at
    if not sections:
        return []
    light = LessonPage.objects.live().defer("body")
    wanted = [each.pk for each in light if sections.intersection(each.cited)]
    later = {"person": attempt.candidate_id, "lesson__in": wanted}
    visits = LessonVisit.objects.filter(seen_at__gt=since, **later)
    opened = set(visits.values_list("lesson", flat=True))
    answers = CheckAnswer.objects.filter(answered_at__gt=since, **later)
    given = set(answers.values_list("lesson", "check_id"))
    return [
        Due(
            lesson,
            since,
            is_opened=lesson.pk in opened,
            answered=sum((lesson.pk, check) in given for check in lesson.checks),
            total=len(lesson.checks),
        )
        for lesson in LessonPage.objects.filter(pk__in=wanted).order_by("path")
    ]


def lessons_to_read(attempt: Attempt) -> list[Due]:
    """Return the lessons that the result advises, wanted before another attempt or not:
    none to somebody who passed, and none while the result is held."""
    is_failed = attempt.passed is False and attempt.sitting.has_results_out
    return lessons_due(attempt) if is_failed else []


def sections_missed(attempt: Attempt) -> set[str]:
    versions = versions_marked_by(attempt.keys, attempt.questions)
    values = dict(attempt.answers.values_list("item_no", "value"))
    given = points_by_hand([attempt])[attempt.pk]
    missed: set[str] = set()
    for question in attempt.questions:
        version, no = versions[question.version], question.no
        earned = points_for(question, version, values.get(no), given.get(no))
        if earned < question.points:
            missed |= set(version.cites)
    return missed


def titles_of(lessons: Iterable[LessonPage]) -> str:
    titles = [lesson.title for lesson in lessons]
    more = ["…"] if len(titles) > MOST_NAMED else []
    return "、".join([*titles[:MOST_NAMED], *more])
