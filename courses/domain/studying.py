"""A lesson as one person studies it: what is in it, what is answered, what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.utils.functional import cached_property
from wagtail.models import Page

from accounts.models import User
from courses.models import (
    CheckAnswer,
    CourseIndexPage,
    CoursePage,
    LessonCompletion,
    LessonPage,
)
from courses.signals import relearning_asked

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
    """``person`` is None in a preview: nothing can be answered there. With ``since``
    the lesson is worked through again: answers before that are not shown."""

    lesson: LessonPage
    person: User | None
    answers: dict[str, CheckAnswer]
    completion: LessonCompletion | None
    since: datetime | None = None

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
    def query(self) -> str:
        """What the addresses of this study end with."""
        return again(self.since) if self.since else ""

    @cached_property
    def onward(self) -> list[tuple[str, str]] | None:
        """Words and addresses of the lessons that were asked for along with this one
        and are left; None where nobody asked for this one."""
        asked = relearning_asked.send(
            Study, person=self.person, lesson=self.lesson, since=self.since
        )
        told = [lessons for _receiver, lessons in asked if lessons is not None]
        return [each for lessons in told for each in lessons] if told else None

    @property
    def following(self) -> LessonPage | None:
        """The next live lesson of the same course."""
        siblings = LessonPage.objects.sibling_of(self.lesson, inclusive=False).live()
        later = siblings.filter(path__gt=self.lesson.path)
        return later.defer("body").order_by("path").first()


def study(
    lesson: LessonPage, person: User | None, *, since: datetime | None = None
) -> Study:
    if person is None:
        return Study(lesson, None, {}, None)
    completion = LessonCompletion.objects.filter(person=person, lesson=lesson).first()
    answers = answers_of(lesson, person)
    if since:
        answers = {key: a for key, a in answers.items() if a.answered_at > since}
    return Study(lesson, person, answers, completion, since)


# The parameter of a lesson's address that says since when it is worked through again,
# in seconds of the era.
AGAIN = "again"
LONGEST_SECONDS = 11


def address_again(lesson: LessonPage, *, since: datetime) -> str:
    """Return where the lesson is worked through again: its self-checks are shown as
    if what was answered before ``since`` had not been."""
    return lesson.url + again(since)


def again(since: datetime) -> str:
    return "?" + urlencode({AGAIN: int(since.timestamp())})


def since_in(text: str) -> datetime | None:
    """Read the parameter; what is no instant is as if it were not there."""
    if not (text.isdecimal() and text.isascii() and len(text) <= LONGEST_SECONDS):
        return None
    return datetime.fromtimestamp(int(text), tz=UTC)


def is_on_record(page: Page) -> bool:
    """Whether somebody completed the page or a lesson below it."""
    completed = LessonCompletion.objects.filter(lesson__path__startswith=page.path)
    return completed.exists()


def way_up(page: Page) -> list[tuple[str, str]]:
    """Words and address of the course index and the course above ``page``."""
    above = page.get_ancestors().type(CourseIndexPage, CoursePage)
    return [(each.title, each.url) for each in above]
