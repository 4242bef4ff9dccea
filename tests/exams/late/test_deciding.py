from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.models import LogEntry
from exams.domain.analysis.counting import count_finished
from exams.domain.analysis.recounting import recount_sitting
from exams.domain.answering import Answer, open_room, replay_answers, save_answers
from exams.domain.finishing import finish_due
from exams.domain.late.deciding import decide_late
from exams.domain.late.receiving import receive_late
from exams.domain.late.sealing import Given
from exams.domain.marking_by_hand import mark_script
from exams.errors import NoReason, NothingLate, WouldTakeAPass
from exams.models import Cell, LateDecision, Script
from exams.signals import attempt_passed
from tests.factories.accounts import UserFactory
from tests.factories.exams import (
    NOON,
    AttemptFactory,
    SittingFactory,
    answer_all,
    make_blueprint,
    make_release,
    make_version,
    right_value,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def attempt(napo):
    return open_room(AttemptFactory(), at=NOON)


@pytest.fixture
def passed():
    """The attempts that others hear to be passed."""
    heard = []

    def listen(sender, attempt, **kwargs):
        heard.append(attempt.pk)

    attempt_passed.connect(listen)
    yield heard
    attempt_passed.disconnect(listen)


def late(attempt, *, right=True, seq=100, epoch=1):
    """The time is up, then the phone sends an answer to every question."""
    at = attempt.deadline_at + 2 * MINUTE
    finish_due(at=at)
    given = [
        Given(Answer(q.no, right_value(q, right), epoch, seq + q.no), left=60)
        for q in attempt.questions
    ]
    receive_late(attempt.uuid, given, by=attempt.candidate, at=at)
    attempt.refresh_from_db()
    return attempt.late_answers.order_by("pk").last().pk


def decide(attempt, officer, upto, *, accept=True, reason="基站停电，有证明"):
    at = attempt.deadline_at + timedelta(hours=5)
    return decide_late(
        attempt, accept=accept, reason=reason, upto=upto, by=officer, at=at
    )


def values(attempt):
    return dict(attempt.answers.values_list("item_no", "value"))


def test_accepted_they_count_as_if_they_had_come_in_time(
    attempt, county_officer, passed, django_capture_on_commit_callbacks
):
    upto = late(attempt)
    assert (attempt.score, attempt.passed) == (0, False)

    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(attempt, county_officer, upto)

    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (17, True)
    assert (decision.score_before, decision.score_after) == (0, 17)
    assert (decision.passed_before, decision.passed_after) == (False, True)
    assert (decision.by, decision.accepted) == (county_officer, True)
    assert passed == [attempt.pk]
    assert replay_answers(attempt) == values(attempt)
    assert set(attempt.late_answers.values_list("decision", flat=True)) == {decision.pk}


def test_declined_they_change_nothing(attempt, county_officer):
    upto = late(attempt)

    decision = decide(attempt, county_officer, upto, accept=False, reason="无法证明")

    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (0, False)
    assert (decision.accepted, decision.reason) == (False, "无法证明")
    assert set(values(attempt).values()) == {None}
    assert not attempt.events.exists()
    log = LogEntry.objects.get(action="late-answers.declined")
    assert (log.by, log.detail["reason"]) == (county_officer, "无法证明")


def test_a_late_answer_does_not_outrank_one_that_was_given_after_it(
    attempt, county_officer
):
    open_room(attempt, at=NOON + MINUTE)
    question = attempt.questions[1]
    chosen = Answer(question.no, right_value(question), epoch=2, seq=1)
    at = NOON + 2 * MINUTE
    save_answers(attempt.uuid, [chosen], by=attempt.candidate, at=at)

    decide(attempt, county_officer, late(attempt, right=False, epoch=1))

    assert values(attempt)[question.no] == chosen.value
    assert replay_answers(attempt) == values(attempt)


def test_decided_twice_the_first_decision_stands(attempt, county_officer):
    upto = late(attempt)
    first = decide(attempt, county_officer, upto, accept=False)

    second = decide(attempt, county_officer, upto, accept=True)

    attempt.refresh_from_db()
    assert second == first
    assert attempt.score == 0
    assert LateDecision.objects.count() == 1


def test_what_comes_after_the_office_looked_waits_for_another_decision(
    attempt, county_officer
):
    upto = late(attempt, right=False)
    late(attempt, seq=200)

    decide(attempt, county_officer, upto)

    attempt.refresh_from_db()
    assert attempt.score == 0
    assert attempt.late_answers.filter(decision=None).count() == 5


def test_a_decision_says_why(attempt, county_officer):
    upto = late(attempt)

    with pytest.raises(NoReason):
        decide(attempt, county_officer, upto, reason="  ")

    assert not LateDecision.objects.exists()


def test_where_nothing_came_late_there_is_nothing_to_decide(attempt, county_officer):
    finish_due(at=attempt.deadline_at + 2 * MINUTE)
    attempt.refresh_from_db()

    with pytest.raises(NothingLate):
        decide(attempt, county_officer, 1)

    assert not LateDecision.objects.exists()


def test_late_answers_take_no_pass_away(attempt, county_officer):
    answer_all(attempt, right=True)
    upto = late(attempt, right=False, epoch=2)

    with pytest.raises(WouldTakeAPass) as refusal:
        decide(attempt, county_officer, upto)

    attempt.refresh_from_db()
    assert refusal.value.code == "would-take-a-pass"
    assert (attempt.score, attempt.passed) == (17, True)
    assert not LateDecision.objects.exists()


def test_the_statistics_follow(attempt, county_officer):
    upto = late(attempt)
    later = attempt.deadline_at + timedelta(days=1)
    count_finished(attempt.sitting, at=later)

    decide(attempt, county_officer, upto)
    assert count_finished(attempt.sitting, at=later) == 1

    assert recount_sitting(attempt.sitting, at=later).differences == 0
    assert attempt.sitting.paper_sums.get(cohort="451026").passed == 1


# ---- short answers, which people mark -----------------------------------------------


@pytest.fixture
def asked_in_words(napo):
    make_version("short")
    return SittingFactory(
        blueprint=make_blueprint("short", [Cell("policy", "short", 1, 8)]),
        release=make_release(),
    )


def say(attempt, words, seq=1):
    answer = Answer(attempt.questions[0].no, words, attempt.epoch, seq)
    save_answers(attempt.uuid, [answer], by=attempt.candidate, at=NOON)


def say_late(attempt, words):
    at = attempt.deadline_at + 2 * MINUTE
    finish_due(at=at)
    given = Given(Answer(attempt.questions[0].no, words, attempt.epoch, 100), left=60)
    receive_late(attempt.uuid, [given], by=attempt.candidate, at=at)
    attempt.refresh_from_db()
    return attempt.late_answers.order_by("pk").last().pk


def mark(script, napo, points):
    for _marker in range(2):
        officer = UserFactory(role=Role.COUNTY_OFFICE, at=napo.county)
        mark_script(script, points=Decimal(points), by=officer, at=NOON)


def test_words_that_came_late_are_marked_by_people_and_then_count(
    asked_in_words, county_officer, napo, passed, django_capture_on_commit_callbacks
):
    attempt = open_room(AttemptFactory(sitting=asked_in_words), at=NOON)
    upto = say_late(attempt, "先告知农户。")
    assert (attempt.score, attempt.passed) == (0, False)

    decide(attempt, county_officer, upto)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (0, False)

    with django_capture_on_commit_callbacks(execute=True):
        mark(attempt.scripts.get(), napo, 8)

    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (8, True)
    assert passed == [attempt.pk]


@pytest.mark.parametrize(("later", "counts"), [(2, 6), (8, 8)])
def test_of_words_in_time_and_words_that_came_late_the_better_count(
    asked_in_words, county_officer, napo, later, counts
):
    attempt = open_room(AttemptFactory(sitting=asked_in_words), at=NOON)
    say(attempt, "告知。")
    finish_due(at=attempt.deadline_at + 2 * MINUTE)
    mark(attempt.scripts.get(), napo, 6)
    attempt.refresh_from_db()
    upto = say_late(attempt, "先告知农户，再评议。")

    decide(attempt, county_officer, upto)
    assert Script.objects.unsettled().get().text == "先告知农户，再评议。"
    mark(Script.objects.unsettled().get(), napo, later)

    attempt.refresh_from_db()
    assert attempt.score == counts
    count_finished(attempt.sitting, at=NOON)
    assert recount_sitting(attempt.sitting, at=NOON).differences == 0


@pytest.mark.parametrize("in_time", [False, True])
def test_the_candidate_reads_that_people_still_mark_what_came_late(
    client, asked_in_words, county_officer, napo, in_time
):
    attempt = open_room(AttemptFactory(sitting=asked_in_words), at=NOON)
    if in_time:
        say(attempt, "告知。")
        finish_due(at=attempt.deadline_at + 2 * MINUTE)
        mark(attempt.scripts.get(), napo, 6)
    upto = say_late(attempt, "先告知农户，再评议。")
    client.force_login(attempt.candidate)
    page = reverse("exams:result", args=[attempt.uuid])
    words = "您有1道迟到的简答题仍在人工评阅"

    assert words not in client.get(page).content.decode()
    decide(attempt, county_officer, upto)
    assert words in client.get(page).content.decode()
    mark(Script.objects.unsettled().get(), napo, 8)
    assert words not in client.get(page).content.decode()
