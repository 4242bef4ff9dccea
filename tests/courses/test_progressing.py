from datetime import UTC, datetime, timedelta

import pytest

from core.models import LogEntry
from courses.domain.progressing import (
    answer_check,
    complete_lesson,
    course_progress,
    has_completed_path,
    next_step,
    open_lesson,
    path_progress,
)
from courses.errors import (
    ChecksUnanswered,
    NoSuchCheck,
    NoSuchOption,
    NothingChosen,
    TooManyChosen,
)
from courses.models import CheckAnswer, LessonCompletion, LessonVisit
from courses.signals import path_completed
from tests.factories.courses import (
    CourseFactory,
    LessonFactory,
    check_block,
    check_id,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """Every time the signal said that somebody completed the path."""
    said = []

    def listen(sender, **told):
        said.append((told["person"], told["at"]))

    path_completed.connect(listen)
    yield said
    path_completed.disconnect(listen)


def test_the_first_opening_stays_on_record(informant):
    lesson = LessonFactory()
    open_lesson(lesson, by=informant, at=NOW)

    open_lesson(lesson, by=informant, at=LATER)

    visit = LessonVisit.objects.get()
    assert (visit.opened_at, visit.seen_at) == (NOW, LATER)


@pytest.mark.parametrize(("chosen", "is_right"), [([0], True), ([2], False)])
def test_an_answer_is_marked_at_once(informant, chosen, is_right):
    lesson = LessonFactory(checks=["问"])

    answer = answer_check(lesson, check_id("问"), chosen=chosen, by=informant, at=NOW)

    assert (answer.chosen, answer.is_right, answer.tries) == (chosen, is_right, 1)


@pytest.mark.parametrize(
    ("chosen", "is_right"), [([0, 2], True), ([0], False), ([0, 1, 2], False)]
)
def test_of_several_right_options_all_and_no_other_are_right(
    informant, chosen, is_right
):
    block = check_block("问", kind="multiple", right=(0, 2))
    lesson = LessonFactory(blocks=[block])

    answer = answer_check(lesson, check_id("问"), chosen=chosen, by=informant, at=NOW)

    assert answer.is_right is is_right


def test_answering_again_replaces_the_answer_and_counts_the_try(informant):
    lesson = LessonFactory(checks=["问"])
    answer_check(lesson, check_id("问"), chosen=[1], by=informant, at=NOW)

    answer_check(lesson, check_id("问"), chosen=[0], by=informant, at=LATER)

    answer = CheckAnswer.objects.get()
    assert (answer.is_right, answer.tries, answer.answered_at) == (True, 2, LATER)


def test_of_the_same_answer_twice_only_the_time_is_kept_anew(informant):
    lesson = LessonFactory(checks=["问"])
    answer_check(lesson, check_id("问"), chosen=[1], by=informant, at=NOW)

    answer_check(lesson, check_id("问"), chosen=[1], by=informant, at=LATER)

    answer = CheckAnswer.objects.get()
    assert (answer.tries, answer.answered_at) == (1, LATER)
    assert LogEntry.objects.filter(action="check.answered").count() == 1


@pytest.mark.parametrize(
    ("asked", "chosen", "refusal"),
    [
        ("没有这题", [0], NoSuchCheck),
        ("问", [], NothingChosen),
        ("问", [0, 1], TooManyChosen),
        ("问", [3], NoSuchOption),
        ("问", [-1], NoSuchOption),
    ],
)
def test_an_answer_that_is_none_is_refused_and_not_kept(
    informant, asked, chosen, refusal
):
    lesson = LessonFactory(checks=["问"])

    with pytest.raises(refusal):
        answer_check(lesson, check_id(asked), chosen=chosen, by=informant, at=NOW)

    assert not CheckAnswer.objects.exists()


def test_a_lesson_is_not_completed_with_a_check_unanswered(informant):
    lesson = LessonFactory(checks=["问一", "问二"])
    answer_check(lesson, check_id("问一"), chosen=[0], by=informant, at=NOW)

    with pytest.raises(ChecksUnanswered) as caught:
        complete_lesson(lesson, by=informant, at=NOW)

    assert caught.value.code == "checks-unanswered"
    assert caught.value.values == {"left": 1, "total": 2}
    assert not LessonCompletion.objects.exists()


def test_another_persons_answers_do_not_count(informant, trainer):
    lesson = LessonFactory(checks=["问"])
    answer_check(lesson, check_id("问"), chosen=[0], by=trainer, at=NOW)

    with pytest.raises(ChecksUnanswered):
        complete_lesson(lesson, by=informant, at=NOW)


def test_a_wrong_answer_completes_as_well_and_is_kept_with_the_completion(informant):
    lesson = LessonFactory(checks=["问"])
    answer_check(lesson, check_id("问"), chosen=[2], by=informant, at=NOW)

    completion = complete_lesson(lesson, by=informant, at=LATER)

    assert completion.completed_at == LATER
    assert completion.answers == {check_id("问"): {"chosen": [2], "right": False}}


def test_an_answer_to_a_question_that_is_gone_does_not_stand_in(informant):
    lesson = LessonFactory(checks=["旧题"])
    answer_check(lesson, check_id("旧题"), chosen=[0], by=informant, at=NOW)
    changed = LessonFactory(course=lesson.get_parent().specific, checks=["新题"])
    CheckAnswer.objects.update(lesson=changed)

    with pytest.raises(ChecksUnanswered):
        complete_lesson(changed, by=informant, at=NOW)


def test_completing_twice_returns_the_first(informant):
    lesson = LessonFactory()
    first = complete_lesson(lesson, by=informant, at=NOW)

    second = complete_lesson(lesson, by=informant, at=LATER)

    assert second == first
    assert LessonCompletion.objects.get().completed_at == NOW
    assert LogEntry.objects.filter(action="lesson.completed").count() == 1


def test_progress_counts_live_lessons_only(informant):
    course = CourseFactory()
    done = LessonFactory(course=course)
    LessonFactory(course=course, minutes=7)
    LessonFactory(course=course, live=False)
    complete_lesson(done, by=informant, at=NOW)

    progress = course_progress(informant)

    assert [(p.done, p.total, p.minutes_left) for p in progress] == [(1, 2, 7)]


def test_the_path_is_the_required_live_courses(informant):
    required = LessonFactory(course=CourseFactory(order=2))
    LessonFactory(course=CourseFactory(required=False))
    LessonFactory(course=CourseFactory(live=False))
    CourseFactory(order=1)  # no lesson yet

    path = path_progress(informant)

    assert (path.total, path.done, path.minutes_left) == (1, 0, 8)
    assert [course.course.pk for course in path.courses] == [required.get_parent().pk]


def test_the_path_is_completed_with_its_last_lesson(informant):
    course = CourseFactory()
    lessons = [LessonFactory(course=course), LessonFactory(course=course)]
    LessonFactory(course=CourseFactory(required=False))
    complete_lesson(lessons[0], by=informant, at=NOW)
    before = has_completed_path(informant)

    complete_lesson(lessons[1], by=informant, at=NOW)

    assert (before, has_completed_path(informant)) == (False, True)


def test_a_path_without_lessons_is_completed_by_nobody(informant):
    CourseFactory()

    assert has_completed_path(informant) is False


def test_completing_the_path_is_told_once_and_after_the_transaction(
    informant, heard, django_capture_on_commit_callbacks
):
    course = CourseFactory()
    lessons = [LessonFactory(course=course), LessonFactory(course=course)]
    with django_capture_on_commit_callbacks(execute=True):
        complete_lesson(lessons[0], by=informant, at=NOW)
    with django_capture_on_commit_callbacks() as callbacks:
        complete_lesson(lessons[1], by=informant, at=LATER)
    assert heard == []

    for callback in callbacks:
        callback()
    with django_capture_on_commit_callbacks(execute=True):
        complete_lesson(lessons[1], by=informant, at=LATER)

    assert heard == [(informant, LATER)]


def test_the_next_step_follows_the_order_of_courses_and_lessons(informant):
    second = CourseFactory(order=2)
    first = CourseFactory(order=1)
    LessonFactory(course=second)
    done = LessonFactory(course=first)
    due = LessonFactory(course=first, minutes=6)
    complete_lesson(done, by=informant, at=NOW)
    open_lesson(due, by=informant, at=NOW)

    step = next_step(informant)

    assert (step.course, step.lesson, step.minutes) == (first, due, 6)
    assert step.is_begun
    assert step.url == f"/courses/{first.slug}/{due.slug}/"


def test_at_the_end_of_the_path_there_is_no_next_step(informant):
    complete_lesson(LessonFactory(), by=informant, at=NOW)

    assert next_step(informant) is None


@pytest.mark.parametrize("size", [1, 3])
def test_the_path_costs_four_queries_however_long(
    informant, size, django_assert_num_queries
):
    for _each in range(size):
        course = CourseFactory()
        for _lesson in range(size):
            LessonFactory(course=course)

    with django_assert_num_queries(4):
        path_progress(informant)
