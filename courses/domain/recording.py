"""The record of a person's training: lesson by lesson, what was completed and when."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from courses.domain.progressing import path_progress
from courses.models import CoursePage, LessonCompletion, LessonPage


@dataclass(frozen=True)
class Entry:
    """A lesson of the path, and its completion if there is one."""

    lesson: LessonPage
    completion: LessonCompletion | None

    @property
    def checks(self) -> int:
        return len(self.completion.answers)

    @property
    def right(self) -> int:
        """Of the self-checks, as they were answered then."""
        return sum(each["right"] for each in self.completion.answers.values())

    @property
    def is_changed_since(self) -> bool:
        """Whether the lesson was published anew after it was completed."""
        published = self.lesson.last_published_at
        return published is not None and published > self.completion.completed_at


@dataclass(frozen=True)
class CourseRecord:
    course: CoursePage
    entries: tuple[Entry, ...]


def training_record(person: User) -> list[CourseRecord]:
    """The path as it is today, course by course: five statements, no bodies."""
    done = {each.lesson_id: each for each in person.lesson_completions.all()}
    return [
        CourseRecord(
            each.course,
            tuple(
                Entry(step.lesson, done.get(step.lesson.pk)) for step in each.lessons
            ),
        )
        for each in path_progress(person).courses
    ]
