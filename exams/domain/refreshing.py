"""What somebody who failed works through again: lessons on what went wrong.

A lesson is done when it was opened after the paper was finished, and each of its
self-checks answered after that, rightly or not: reading the answer beside one's own is
what a self-check is for. Having done all this before the exam is not enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from courses.domain.studying import address_again
from courses.models import CheckAnswer, LessonPage, LessonVisit
from exams.models import Attempt

from .keying import versions_marked_by
from .marking import points_for
from .scripts import points_by_hand

MOST, MOST_NAMED = 6, 3


@dataclass(frozen=True)
class Lost:
    """The points that a question did not earn, and what it cites."""

    cites: frozenset[str]
    points: Decimal


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
    """Return the lessons that teach most of what went wrong in a finished attempt, done
    or not; none where no lesson teaches any of it."""
    wanted, since = lessons_on(lost_in(attempt)), attempt.finished_at
    if not wanted:
        return []
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


def lessons_advised(attempt: Attempt, *, are_keys_out: bool) -> list[Due]:
    """Return the lessons that the result names: while keys are held only where they
    are wanted before another attempt, for they say a little of what went wrong."""
    wanted = are_keys_out or attempt.sitting.refresher
    return lessons_to_read(attempt) if wanted else []


def lessons_to_read(attempt: Attempt) -> list[Due]:
    """Return the lessons on a failed paper; none to somebody who passed, and none while
    the result is held."""
    is_failed = attempt.passed is False and attempt.sitting.has_results_out
    return lessons_due(attempt) if is_failed else []


def lost_in(attempt: Attempt) -> list[Lost]:
    versions = versions_marked_by(attempt.keys, attempt.questions)
    values = dict(attempt.answers.values_list("item_no", "value"))
    given = points_by_hand([attempt])[attempt.pk]
    lost = []
    for question in attempt.questions:
        version, no = versions[question.version], question.no
        earned = points_for(question, version, values.get(no), given.get(no))
        if earned < question.points:
            lost.append(Lost(frozenset(version.cites), question.points - earned))
    return lost


def lessons_on(lost: Iterable[Lost]) -> list[int]:
    """Return the keys of the lessons that teach most of what was lost, ``MOST`` at
    most: a section is wide, and whoever fails would read the whole course again. The
    points of a question are shared by the lessons that cite most of what it cites."""
    weight: dict[int, Fraction] = defaultdict(Fraction)
    lessons = list(LessonPage.objects.live().defer("body").order_by("path"))
    for each in lost:
        common = {page.pk: len(each.cites.intersection(page.cited)) for page in lessons}
        most = max(common.values(), default=0)
        nearest = [key for key, count in common.items() if count and count == most]
        for key in nearest:
            weight[key] += Fraction(each.points) / len(nearest)
    # In the order of the course where they weigh the same.
    ranked = [page.pk for page in lessons if page.pk in weight]
    return sorted(ranked, key=lambda key: -weight[key])[:MOST]


def titles_of(lessons: Iterable[LessonPage]) -> str:
    titles = [f"“{lesson.title}”" for lesson in lessons]
    more = ["…"] if len(titles) > MOST_NAMED else []
    return "、".join([*titles[:MOST_NAMED], *more])
