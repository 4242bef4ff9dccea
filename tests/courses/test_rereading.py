"""Lessons that the learners of a division are asked to read again."""

from datetime import UTC, datetime, timedelta

import pytest

from core.models import LogEntry
from courses.domain.progressing import open_lesson
from courses.domain.rereading import ask_to_reread, end_rereading, rereadings_of
from courses.models import Rereading
from tests.factories.courses import LessonFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def lesson():
    return LessonFactory()


@pytest.fixture
def asked(lesson, napo, county_officer):
    facts = {"division": napo.county, "by": county_officer, "at": NOON}
    return ask_to_reread({lesson: "解读 五"}, **facts)[0]


def test_it_is_asked_for_once(asked, lesson, napo, trainer):
    again = ask_to_reread(
        {lesson: "解读 四"}, division=napo.county, by=trainer, at=NOON + HOUR
    )

    assert again == [asked]
    assert Rereading.objects.get().sections == "解读 五"
    assert LogEntry.objects.filter(action="rereading.asked").count() == 1


def test_who_opens_the_lesson_afterwards_has_done_it(asked, lesson, informant):
    open_lesson(lesson, by=informant, at=NOON - HOUR)
    assert list(rereadings_of(informant)) == [asked]

    open_lesson(lesson, by=informant, at=NOON + HOUR)

    assert list(rereadings_of(informant)) == []


def test_ended_it_is_asked_of_nobody_and_may_be_asked_anew(
    asked, lesson, napo, informant, county_officer
):
    end_rereading(asked, by=county_officer, at=NOON + HOUR)
    end_rereading(asked, by=county_officer, at=NOON + 2 * HOUR)

    assert Rereading.objects.get().ended_at == NOON + HOUR
    assert list(rereadings_of(informant)) == []
    facts = {"division": napo.county, "by": county_officer, "at": NOON + 3 * HOUR}
    anew = ask_to_reread({lesson: "解读 五"}, **facts)
    assert list(rereadings_of(informant)) == anew


def test_a_lesson_taken_off_is_asked_of_nobody(asked, lesson, informant):
    lesson.unpublish()

    assert list(rereadings_of(informant)) == []
