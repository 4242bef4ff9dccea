"""Short answers that nobody needs to mark, for everybody has the points."""

import pytest

from core.models import LogEntry
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import score_now, submit_attempt
from exams.domain.keying import revise_key
from exams.domain.marking_by_hand import settle_credited
from exams.enums import KeyRule, State
from exams.models import Attempt, Cell, Script
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_candidate,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(napo):
    """Its paper is two short answers of eight points."""
    make_version("short", code="ONE")
    make_version("short", code="TWO", stem="另一题？")
    blueprint = make_blueprint("short", [Cell("policy", "short", 2, 8)])
    return SittingFactory(
        blueprint=blueprint, release=make_release(), division=napo.region
    )


def handed_in(sitting):
    candidate = make_candidate()
    attempt = AttemptFactory(sitting=sitting, candidate=candidate)
    epoch = open_room(attempt, at=NOON).epoch
    answers = [
        Answer(each.no, "先告知。", epoch, each.no) for each in attempt.questions
    ]
    save_answers(attempt.uuid, answers, by=candidate, at=NOON)
    return submit_attempt(attempt, by=candidate, at=NOON)


def credit(sitting, by, *codes):
    for version in sitting.release.versions.filter(item__code__in=codes):
        facts = {"rule": KeyRule.ALL, "reason": "题意不清。", "at": NOON + HOUR}
        revise_key(version, answer="不评。", by=by, **facts)


def test_a_question_credited_before_is_not_laid_before_markers(sitting, trainer):
    credit(sitting, trainer, "ONE")

    attempt = handed_in(sitting)

    script = attempt.scripts.get()
    assert script.version.item.code == "TWO"
    assert attempt.state == State.SUBMITTED


def test_a_paper_of_credited_questions_is_marked_at_once(sitting, trainer):
    credit(sitting, trainer, "ONE", "TWO")

    attempt = handed_in(sitting)

    assert (attempt.state, attempt.score, attempt.passed) == (State.MARKED, 16, True)


def test_crediting_settles_what_waits_and_marks_the_attempts(
    sitting, trainer, django_capture_on_commit_callbacks
):
    attempts = [handed_in(sitting) for _each in range(2)]

    with django_capture_on_commit_callbacks(execute=True):
        credit(sitting, trainer, "ONE")
    assert {each.state for each in Attempt.objects.all()} == {State.SUBMITTED}
    assert Script.objects.unsettled().count() == 2

    with django_capture_on_commit_callbacks(execute=True):
        credit(sitting, trainer, "TWO")

    assert not Script.objects.unsettled().exists()
    for attempt in attempts:
        attempt.refresh_from_db()
        assert (attempt.state, attempt.score, attempt.passed) == ("marked", 16, True)
        assert score_now(attempt) == (16, True)
    assert LogEntry.objects.filter(action="script.credited").count() == 4


def test_settling_again_changes_nothing_and_leaves_others_to_markers(sitting, trainer):
    handed_in(sitting)
    assert settle_credited(at=NOON + HOUR) == 0
    credit(sitting, trainer, "ONE")

    assert settle_credited(at=NOON + HOUR) == 1
    assert settle_credited(at=NOON + HOUR) == 0

    assert Script.objects.unsettled().get().version.item.code == "TWO"


def test_a_key_that_credits_nobody_any_more_is_marked_by_people(sitting, trainer):
    credit(sitting, trainer, "ONE")
    version = sitting.release.versions.get(item__code="ONE")
    revise_key(
        version, answer="先告知。", reason="还是要评。", by=trainer, at=NOON + HOUR
    )

    assert handed_in(sitting).scripts.count() == 2
