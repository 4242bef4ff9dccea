from datetime import timedelta

import pytest

from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import finish_due, submit_attempt
from exams.domain.late.receiving import receive_late, take_in_file
from exams.domain.late.sealing import AnswersFile, Given
from exams.errors import (
    AttemptFinished,
    NoSuchAttempt,
    NotAnAnswer,
    NotLate,
    TooLate,
)
from exams.models import LATE_HOURS, NETWORK_GRACE, Attempt, LateAnswer
from tests.factories.exams import NOON, AttemptFactory, SittingFactory, make_candidate

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATE = Given(Answer(2, [3], 1, 1), left=95)


@pytest.fixture
def attempt(napo):
    """Its room was opened, and no answer came before the time was up."""
    return open_room(AttemptFactory(), at=NOON)


def over(attempt, after=MINUTE):
    return attempt.deadline_at + NETWORK_GRACE + after


def receive(attempt, *given, at=None, by=None):
    at = at or over(attempt)
    return receive_late(attempt.uuid, given, by=by or attempt.candidate, at=at)


def kept():
    rows = LateAnswer.objects.values_list("epoch", "seq", "item_no", "value", "left")
    return list(rows)


def test_a_late_answer_is_kept_and_changes_nothing(attempt):
    finish_due(at=over(attempt))
    before = Attempt.objects.values().get()

    receive(attempt, LATE)

    assert kept() == [(1, 1, 2, [3], 95)]
    assert Attempt.objects.values().get() == before
    assert set(attempt.answers.values_list("value", flat=True)) == {None}
    assert not attempt.events.exists()


def test_a_late_answer_finishes_an_attempt_that_is_due(attempt):
    receive(attempt, LATE)

    assert Attempt.objects.get().finish_reason == "time-up"


def test_sent_again_it_is_one_late_answer(attempt):
    receive(attempt, LATE)
    receive(attempt, LATE, LATE, Given(Answer(1, [0], 1, 2), left=3))

    assert kept() == [(1, 1, 2, [3], 95), (1, 2, 1, [0], 3)]


def test_what_the_log_holds_already_is_not_late(attempt):
    save_answers(attempt.uuid, [LATE.answer], by=attempt.candidate, at=NOON + MINUTE)

    receive(attempt, LATE)

    assert kept() == []


def test_while_answers_are_taken_none_is_late(attempt):
    with pytest.raises(NotLate) as refusal:
        receive(attempt, LATE, at=attempt.deadline_at)

    assert refusal.value.code == "not-late"
    assert kept() == []


def test_a_paper_handed_in_takes_no_late_answer(attempt):
    submit_attempt(attempt, by=attempt.candidate, at=NOON + MINUTE)

    with pytest.raises(AttemptFinished):
        receive(attempt, LATE)

    assert kept() == []


def test_after_the_window_nothing_is_kept(attempt):
    finish_due(at=over(attempt))
    ends = attempt.deadline_at + timedelta(hours=LATE_HOURS)

    with pytest.raises(TooLate) as refusal:
        receive(attempt, LATE, at=ends)
    assert kept() == []
    receive(attempt, LATE, at=ends - MINUTE)

    assert (refusal.value.code, len(kept())) == ("too-late", 1)


@pytest.mark.parametrize(
    "answer",
    [Answer(2, [9], 1, 1), Answer(9, [0], 1, 1), Answer(2, [0], 2, 1)],
)
def test_what_is_no_answer_is_refused_late_as_well(attempt, answer):
    with pytest.raises(NotAnAnswer):
        receive(attempt, Given(answer, left=9))

    assert kept() == []


def test_one_number_given_to_two_answers_is_refused(attempt):
    with pytest.raises(NotAnAnswer):
        receive(attempt, LATE, Given(Answer(2, [0], 1, 1), left=9))

    assert kept() == []


def test_nobody_sends_late_answers_for_another(attempt):
    with pytest.raises(Attempt.DoesNotExist):
        receive(attempt, LATE, by=make_candidate())

    assert kept() == []


@pytest.mark.parametrize("were_out", [False, True])
def test_it_is_kept_whether_the_right_answers_were_out_already(attempt, were_out):
    closes_at = attempt.sitting.closes_at
    at = closes_at + MINUTE if were_out else closes_at - MINUTE

    receive(attempt, LATE, at=at)

    assert LateAnswer.objects.get().keys_were_out is were_out


def test_an_office_takes_a_file_in_once(attempt, county_officer):
    file = AnswersFile(attempt.uuid, [LATE])
    facts = {"by": county_officer, "at": over(attempt)}

    first = take_in_file(file, attempt.sitting, **facts)
    second = take_in_file(file, attempt.sitting, **facts)

    row = LateAnswer.objects.get()
    assert (first, second) == ((attempt, 1), (attempt, 0))
    assert (row.way, row.brought_by, row.value) == ("file", county_officer, [3])


def test_an_office_takes_no_file_of_another_countys_people_or_another_sitting(
    attempt, napo, county_officer
):
    file, at = AnswersFile(attempt.uuid, [LATE]), over(attempt)
    other = SittingFactory(division=napo.county)
    county_officer.grants.update(division=napo.other_county, division_code="451027")

    with pytest.raises(NoSuchAttempt) as refusal:
        take_in_file(file, attempt.sitting, by=county_officer, at=at)
    with pytest.raises(NoSuchAttempt):
        take_in_file(file, other, by=attempt.candidate, at=at)

    assert refusal.value.code == "no-such-attempt"
    assert kept() == []
