from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exams.domain.answering import (
    Answer,
    open_room,
    replay_answers,
    save_answers,
    save_by_form,
)
from exams.domain.finishing import submit_attempt
from exams.domain.standing import put_in
from exams.errors import AttemptFinished, NotAnAnswer, TimeUp
from exams.models import AnswerEvent, AnswerNow, Attempt
from tests.factories.exams import NOON, AttemptFactory, make_candidate

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)
SINGLE, MULTIPLE, NUMERIC = 2, 4, 5  # places in the tests' paper


@pytest.fixture
def attempt(napo):
    attempt = AttemptFactory()
    return open_room(attempt, at=NOON)


def save(attempt, *answers, by=None, at=LATER):
    return save_answers(attempt.uuid, answers, by=by or attempt.candidate, at=at)


def values(attempt):
    return dict(attempt.answers.values_list("item_no", "value"))


def test_an_answer_is_kept_as_it_came_and_stands(attempt):
    saved = save(attempt, Answer(SINGLE, [3], 1, 1))

    event = AnswerEvent.objects.get()
    assert (event.item_no, event.value, event.at) == (SINGLE, [3], LATER)
    assert values(attempt)[SINGLE] == [3]
    assert saved.overruled == {}


def test_an_answer_can_be_changed_and_taken_back(attempt):
    save(attempt, Answer(SINGLE, [3], 1, 1))
    save(attempt, Answer(SINGLE, [0], 1, 2))
    save(attempt, Answer(SINGLE, None, 1, 3))

    assert values(attempt)[SINGLE] is None
    assert AnswerEvent.objects.count() == 3


@pytest.mark.parametrize(
    ("item_no", "given_value", "kept"),
    [
        (SINGLE, [], None),
        (MULTIPLE, [2, 0, 2], [0, 2]),
        (NUMERIC, " 13 平方米 ", "13 平方米"),
        (NUMERIC, "", None),
    ],
)
def test_an_answer_is_kept_in_one_form(attempt, item_no, given_value, kept):
    save(attempt, Answer(item_no, given_value, 1, 1))

    assert values(attempt)[item_no] == kept


@pytest.mark.parametrize(
    ("item_no", "value"),
    [
        (0, [0]),
        (6, [0]),
        (SINGLE, [4]),
        (SINGLE, [-1]),
        (SINGLE, [0, 1]),
        (SINGLE, [True]),
        (SINGLE, ["0"]),
        (SINGLE, "0"),
        (SINGLE, 0),
        (SINGLE, {"0": 1}),
        (MULTIPLE, [0, 1, 2, 3, 0]),
        (NUMERIC, [1]),
        (NUMERIC, 13),
        (NUMERIC, "1" * 41),
        (NUMERIC, "1\x00"),
        (NUMERIC, "1\ud83d"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_of_the_batch_is_written(
    attempt, item_no, value
):
    with pytest.raises(NotAnAnswer) as refusal:
        save(attempt, Answer(1, [0], 1, 1), Answer(item_no, value, 1, 2))

    assert refusal.value.code == "not-an-answer"
    assert not AnswerEvent.objects.exists()
    assert set(values(attempt).values()) == {None}


@pytest.mark.parametrize(("epoch", "seq"), [(0, 1), (2, 1), (1, 0), (1, 1_000_001)])
def test_a_client_cannot_place_itself_in_the_future(attempt, epoch, seq):
    with pytest.raises(NotAnAnswer):
        save(attempt, Answer(SINGLE, [3], epoch, seq))

    assert not AnswerEvent.objects.exists()


def test_the_second_tab_outranks_the_first_which_is_told_so(attempt):
    open_room(attempt, at=NOON)
    save(attempt, Answer(SINGLE, [2], epoch=2, seq=1))

    saved = save(
        attempt, Answer(SINGLE, [0], epoch=1, seq=9), Answer(1, [1], epoch=1, seq=10)
    )

    assert saved.overruled == {SINGLE: [2]}
    assert saved.attempt.epoch == 2
    assert values(attempt) == {1: [1], 2: [2], 3: None, 4: None, 5: None}
    assert AnswerEvent.objects.count() == 3


def test_an_answer_sent_again_is_one_answer(attempt):
    save(attempt, Answer(SINGLE, [3], 1, 1))
    saved = save(attempt, Answer(SINGLE, [3], 1, 1))

    assert saved.overruled == {}
    assert AnswerEvent.objects.count() == 1


def test_a_plain_form_counts_by_the_order_of_arrival(attempt):
    save(attempt, Answer(SINGLE, [3], 1, 50))

    for value in ([0], [1], [0]):
        save_by_form(attempt, SINGLE, value, by=attempt.candidate, at=LATER)

    assert values(attempt)[SINGLE] == [0]
    assert AnswerEvent.objects.count() == 4


@pytest.mark.parametrize("seconds", [0, 59])
def test_an_answer_that_the_network_delayed_is_taken(attempt, seconds):
    at = attempt.deadline_at + timedelta(seconds=seconds)

    save(attempt, Answer(SINGLE, [3], 1, 1), at=at)

    assert values(attempt)[SINGLE] == [3]


@pytest.mark.parametrize("seconds", [60, 3600])
def test_after_deadline_and_grace_nothing_is_written(attempt, seconds):
    at = attempt.deadline_at + timedelta(seconds=seconds)

    with pytest.raises(TimeUp) as refusal:
        save(attempt, Answer(SINGLE, [3], 1, 1), at=at)

    assert refusal.value.code == "time-up"
    assert not AnswerEvent.objects.exists()
    assert values(attempt)[SINGLE] is None


def test_a_finished_attempt_takes_no_answer(attempt):
    submit_attempt(attempt, by=attempt.candidate, at=LATER)

    with pytest.raises(AttemptFinished):
        save(attempt, Answer(SINGLE, [3], 1, 1))
    with pytest.raises(AttemptFinished):
        save_by_form(attempt, SINGLE, [3], by=attempt.candidate, at=LATER)
    with pytest.raises(AttemptFinished):
        open_room(attempt, at=LATER)

    assert not AnswerEvent.objects.exists()


def test_nobody_answers_for_another(attempt):
    with pytest.raises(Attempt.DoesNotExist):
        save(attempt, Answer(SINGLE, [3], 1, 1), by=make_candidate())

    assert not AnswerEvent.objects.exists()


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_save_costs_as_many_statements_however_many_answers(attempt, count):
    candidate = attempt.candidate
    answers = [Answer(no, None, 1, no) for no in range(1, count + 1)]
    with CaptureQueriesContext(connection) as spent:
        save(attempt, *answers, by=candidate)

    verbs = [query["sql"].split()[0] for query in spent]
    words = 1 if connection.vendor == "postgresql" else 2
    said = [verb for verb in verbs if verb not in {"SAVEPOINT", "RELEASE"}]
    assert said == ["SELECT", *["WITH"] * words]


@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_save_needs_no_transaction(attempt):
    save(attempt, Answer(SINGLE, [3], 1, 1))
    with CaptureQueriesContext(connection) as spent:
        save(attempt, Answer(SINGLE, [2], 1, 2))

    alone = ["SELECT", "WITH"], ["SELECT", "BEGIN", "WITH", "WITH", "COMMIT"]
    said = [query["sql"].split()[0] for query in spent]
    assert said == alone[connection.vendor != "postgresql"]


def test_what_is_read_before_an_attempt_ends_is_not_written_after_it(attempt):
    """Between reading the attempt and writing, another hands it in."""
    read = Attempt.objects.get(pk=attempt.pk)
    submit_attempt(attempt, by=attempt.candidate, at=LATER)

    with pytest.raises(AttemptFinished):
        put_in(read, [Answer(SINGLE, [3], 1, 1)], at=LATER)

    assert not AnswerEvent.objects.exists()
    assert values(attempt)[SINGLE] is None


def test_a_fault_of_ours_is_not_laid_to_the_answer(attempt):
    with pytest.raises(IntegrityError):
        put_in(attempt, [Answer(SINGLE, [3], epoch=-1, seq=1)], at=LATER)

    assert not AnswerEvent.objects.exists()


@pytest.mark.parametrize("other", [Answer(SINGLE, [2], 1, 1), Answer(1, [1], 1, 1)])
def test_one_number_is_one_answer_for_ever(attempt, other):
    """What the log does not hold must not stand, nor be acknowledged."""
    save(attempt, Answer(SINGLE, [3], 1, 1))

    for message in ([other], [Answer(SINGLE, [3], 1, 1), other]):
        with pytest.raises(NotAnAnswer):
            save(attempt, *message)

    assert values(attempt) == replay_answers(attempt)
    assert values(attempt)[SINGLE] == [3]
    assert AnswerEvent.objects.count() == 1


def test_two_answers_of_one_number_in_one_message_are_refused(attempt):
    with pytest.raises(NotAnAnswer):
        save(attempt, Answer(SINGLE, [3], 1, 1), Answer(1, [1], 1, 1))

    assert not AnswerEvent.objects.exists()


answers = st.builds(
    Answer,
    item_no=st.sampled_from([1, 2, 3]),
    value=st.one_of(st.none(), st.sampled_from([[0], [1]])),
    epoch=st.integers(1, 3),
    seq=st.integers(1, 6),
)
messages = st.lists(answers, min_size=1, max_size=8, unique_by=lambda a: a.rank)


@given(log=messages, data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_order_and_repetition_of_messages_ends_in_the_same_answers(
    attempt, log, data
):
    AnswerNow.objects.filter(attempt=attempt).update(value=None, epoch=0, seq=0)
    AnswerEvent.objects.filter(attempt=attempt)._raw_delete("default")
    Attempt.objects.filter(pk=attempt.pk).update(epoch=3)
    repeated = log + data.draw(st.lists(st.sampled_from(log), max_size=8))
    sent = data.draw(st.permutations(repeated))
    cut = data.draw(st.integers(0, len(sent)))

    for batch in (sent[:cut], sent[cut:], *([message] for message in sent[:2])):
        save(attempt, *batch)

    expected = {}
    for message in sorted(log, key=lambda message: message.rank):
        expected[message.item_no] = message.value
    kept = AnswerEvent.objects.filter(attempt=attempt)
    assert {n: v for n, v in values(attempt).items() if n in expected} == expected
    assert kept.count() == len(log)
    replayed = dict(kept.order_by("epoch", "seq").values_list("item_no", "value"))
    assert replayed == expected
