"""A lesson as one person studies it: what is in it, what is answered, what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.models import Page

from accounts.models import User
from courses.models import (
    CheckAnswer,
    CourseIndexPage,
    CoursePage,
    LessonCompletion,
    LessonPage,
)

from .progressing import answers_of


@dataclass(frozen=True)
class Option:
    position: int
    text: str
    is_chosen: bool
    is_right: bool


@dataclass(frozen=True)
class Check:
    """One self-check with the person's answer, if there is one."""

    id: str
    number: int
    value: object
    answer: CheckAnswer | None

    @property
    def options(self) -> list[Option]:
        chosen = self.answer.chosen if self.answer else []
        return [
            Option(position, option["text"], position in chosen, option["is_right"])
            for position, option in enumerate(self.value["options"])
        ]

    @property
    def right_options(self) -> list[Option]:
        return [option for option in self.options if option.is_right]


@dataclass(frozen=True)
class Section:
    """A block of the body; self-checks come with the person's side of them."""

    block: object
    check: Check | None


@dataclass(frozen=True)
class Study:
    """``person`` is None in a preview: nothing can be answered there."""

    lesson: LessonPage
    person: User | None
    answers: dict[str, CheckAnswer]
    completion: LessonCompletion | None

    @property
    def checks(self) -> list[Check]:
        return [
            Check(check_id, number, value, self.answers.get(check_id))
            for number, (check_id, value) in enumerate(self.lesson.checks.items(), 1)
        ]

    @property
    def sections(self) -> Iterator[Section]:
        checks = {check.id: check for check in self.checks}
        for block in self.lesson.body:
            yield Section(block, checks.get(block.id))

    @property
    def total(self) -> int:
        return len(self.lesson.checks)

    @property
    def answered(self) -> int:
        return len(self.answers)

    @property
    def left(self) -> int:
        return self.total - self.answered

    @property
    def is_done(self) -> bool:
        return self.completion is not None

    @property
    def following(self) -> LessonPage | None:
        """The next live lesson of the same course."""
        siblings = LessonPage.objects.sibling_of(self.lesson, inclusive=False).live()
        later = siblings.filter(path__gt=self.lesson.path)
        return later.defer("body").order_by("path").first()


def study(lesson: LessonPage, person: User | None) -> Study:
    if person is None:
        return Study(lesson, None, {}, None)
    completion = LessonCompletion.objects.filter(person=person, lesson=lesson).first()
    return Study(lesson, person, answers_of(lesson, person), completion)


def is_on_record(page: Page) -> bool:
    """Whether somebody completed the page or a lesson below it."""
    completed = LessonCompletion.objects.filter(lesson__path__startswith=page.path)
    return completed.exists()


def way_up(page: Page) -> list[tuple[str, str]]:
    """Words and address of the course index and the course above ``page``."""
    above = page.get_ancestors().type(CourseIndexPage, CoursePage)
    return [(each.title, each.url) for each in above]
