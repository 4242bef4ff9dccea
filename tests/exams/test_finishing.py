from datetime import timedelta

import pytest

from core.models import LogEntry
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import finish_due, finish_if_due, submit_attempt
from exams.domain.showing import questions_explained
from exams.errors import KeysHeld, StillOpen
from exams.models import Attempt, Cell
from exams.signals import attempt_finished, attempt_passed
from exams.tasks import finish_due_attempts
from tests.factories.exams import (
    NOON,
    AttemptFactory,
    SittingFactory,
    answer_all,
    make_blueprint,
    make_candidate,
    make_version,
    right_value,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=10)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def heard():
    calls = []

    def listen(signal, attempt, **kwargs):
        name = "passed" if signal is attempt_passed else "finished"
        calls.append((name, attempt.pk))

    for signal in (attempt_finished, attempt_passed):
        signal.connect(listen)
    yield calls
    for signal in (attempt_finished, attempt_passed):
        signal.disconnect(listen)


def test_handing_in_marks_the_paper(napo):
    attempt = AttemptFactory(right=True)

    assert (attempt.state, attempt.finish_reason) == ("marked", "handed-in")
    assert (attempt.score, attempt.percent, attempt.passed) == (17, 100, True)
    assert attempt.finished_at == LATER


def test_everything_wrong_scores_nothing(napo):
    attempt = AttemptFactory(right=False)

    assert (attempt.score, attempt.percent, attempt.passed) == (0, 0, False)


@pytest.mark.parametrize(("pass_percent", "passed"), [(47, True), (48, False)])
def test_the_pass_mark_is_met_exactly_or_not_at_all(napo, pass_percent, passed):
    attempt = AttemptFactory(sitting__pass_percent=pass_percent)
    epoch = open_room(attempt, at=NOON).epoch
    judge, one, two, _many, _number = attempt.questions
    answers = [
        Answer(question.no, right_value(question), epoch, question.no)
        for question in (judge, one, two)
    ]
    save_answers(attempt.uuid, answers, by=attempt.candidate, at=LATER)

    attempt = submit_attempt(attempt, by=attempt.candidate, at=LATER)

    assert (attempt.score, str(attempt.percent)) == (8, "47.05")
    assert attempt.passed is passed


def test_handing_in_twice_changes_nothing(napo):
    first = AttemptFactory(right=True)

    second = submit_attempt(first, by=first.candidate, at=LATER + MINUTE)

    assert (second.finished_at, second.score) == (first.finished_at, first.score)
    assert LogEntry.objects.filter(action="attempt.submitted").count() == 1


def test_handing_in_after_the_deadline_counts_as_the_deadline(napo):
    attempt = AttemptFactory()
    answer_all(attempt, right=True)

    attempt = submit_attempt(
        attempt, by=attempt.candidate, at=attempt.deadline_at + 30 * MINUTE
    )

    assert attempt.finish_reason == "time-up"
    assert attempt.finished_at == attempt.deadline_at
    assert attempt.passed is True


def test_due_attempts_are_finished_with_the_answers_they_have(napo):
    sitting = SittingFactory()
    due = AttemptFactory(sitting=sitting)
    answer_all(due, right=True)
    running = AttemptFactory(
        sitting=sitting, candidate=make_candidate(), started_at=LATER
    )
    at = due.deadline_at + MINUTE

    assert finish_due(at=at) == 1
    assert finish_due(at=at) == 0

    due.refresh_from_db()
    running.refresh_from_db()
    assert (due.state, due.finish_reason, due.score) == ("marked", "time-up", 17)
    assert due.finished_at == due.deadline_at
    assert running.is_open


def test_one_that_cannot_be_finished_holds_nobody_back(
    napo, heard, caplog, django_capture_on_commit_callbacks
):
    sitting = SittingFactory()
    broken, first, second = (
        AttemptFactory(sitting=sitting, started_at=NOON + wait * MINUTE)
        for wait in (0, 2, 1)
    )
    paper = broken.paper
    Attempt.objects.filter(pk=broken.pk).update(paper=[{"no": "?"}])
    at = first.deadline_at + MINUTE

    with django_capture_on_commit_callbacks(execute=True):
        assert finish_due(at=at) == 2
        assert finish_due(at=at) == 0

    assert heard == [("finished", second.pk), ("finished", first.pk)]
    assert [attempt.pk for attempt in Attempt.objects.open()] == [broken.pk]
    told = [record.getMessage() for record in caplog.records]
    assert told == [f"Attempt {broken.pk} is due and could not be finished"] * 2
    Attempt.objects.filter(pk=broken.pk).update(paper=paper)
    assert finish_due(at=at) == 1


def test_of_one_person_only_their_own_are_finished(napo):
    sitting = SittingFactory()
    mine, other = AttemptFactory(sitting=sitting), AttemptFactory(sitting=sitting)

    assert finish_due(at=mine.deadline_at + MINUTE, of=mine.candidate) == 1

    assert [attempt.pk for attempt in Attempt.objects.open()] == [other.pk]


@pytest.mark.parametrize("words", ["一万亿", "一亿亿", "十万亿元", "1" * 30 + "万"])
def test_a_number_beyond_all_bounds_is_a_wrong_answer_and_no_fault(napo, words):
    make_version("blank")
    blueprint = make_blueprint("blank", [Cell("policy", "blank", 1, 4)])
    attempt = AttemptFactory(sitting=SittingFactory(blueprint=blueprint))
    answer = Answer(1, words, open_room(attempt, at=NOON).epoch, 1)
    save_answers(attempt.uuid, [answer], by=attempt.candidate, at=NOON)

    attempt = submit_attempt(attempt, by=attempt.candidate, at=LATER)

    assert (attempt.state, attempt.score) == ("marked", 0)


def test_an_attempt_is_left_alone_until_the_grace_is_over(napo):
    attempt = AttemptFactory()

    finish_if_due(attempt, at=attempt.deadline_at + 0.9 * MINUTE)
    assert Attempt.objects.get().is_open

    finish_if_due(attempt, at=attempt.deadline_at + MINUTE)
    assert Attempt.objects.get().state == "marked"


def test_the_worker_finishes_what_is_long_due(napo):
    AttemptFactory()

    assert finish_due_attempts() == 1


def test_those_above_hear_who_finished_and_who_passed(
    napo, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        passed = AttemptFactory(right=True)
        failed = AttemptFactory(
            sitting=passed.sitting, candidate=make_candidate(), right=False
        )
        submit_attempt(passed, by=passed.candidate, at=LATER)

    assert heard == [
        ("finished", passed.pk),
        ("passed", passed.pk),
        ("finished", failed.pk),
    ]


def test_the_key_is_told_only_when_the_attempt_is_over(napo):
    attempt = AttemptFactory()

    with pytest.raises(StillOpen):
        questions_explained(attempt, at=LATER)

    answer_all(attempt, right=True)
    attempt = submit_attempt(attempt, by=attempt.candidate, at=LATER)
    with pytest.raises(KeysHeld):
        questions_explained(attempt, at=attempt.sitting.closes_at - MINUTE)
    told = questions_explained(attempt, at=attempt.sitting.closes_at)
    assert [each.verdict for each in told] == ["right"] * 5
    assert all(each.given == each.right for each in told[:4])
    assert (told[0].right, told[4].right) == ("对", "13 平方米")
    assert sum(each.earned for each in told) == attempt.score
