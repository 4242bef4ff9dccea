from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.models import LessonPage
from exams.domain.showing import questions_to_answer
from exams.domain.starting import start_attempt
from exams.errors import (
    AlreadyPassed,
    Closed,
    NoAttemptLeft,
    NotEligible,
    NotOpenYet,
    PathUnfinished,
)
from exams.models import Attempt
from tests.factories.accounts import UserFactory
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_candidate,
    make_version,
)

pytestmark = pytest.mark.django_db


def refused(refusal, sitting, *, by, at=NOON):
    with pytest.raises(refusal) as caught:
        start_attempt(sitting, by=by, at=at)
    return caught.value.code


def test_starting_freezes_the_paper_and_the_terms(informant):
    sitting = SittingFactory(minutes=45, pass_percent=70)

    attempt = start_attempt(sitting, by=informant, at=NOON)

    assert attempt.deadline_at == NOON + timedelta(minutes=45)
    assert (attempt.pass_percent, attempt.max_score) == (70, 17)
    assert attempt.edition_code == "gx-2017"
    assert attempt.division_code == informant.home_code
    assert [answer.value for answer in attempt.answers.all()] == [None] * 5


def test_starting_twice_gives_the_same_attempt(informant):
    sitting = SittingFactory()

    first = start_attempt(sitting, by=informant, at=NOON)
    second = start_attempt(sitting, by=informant, at=NOON + timedelta(seconds=1))

    assert second == first
    assert second.paper == first.paper
    assert Attempt.objects.count() == 1


def test_the_database_holds_one_open_attempt_per_person_and_sitting(informant):
    attempt = AttemptFactory(candidate=informant)
    attempt.pk, attempt.uuid, attempt.number = None, None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(force_insert=True)


def test_late_starters_stop_when_the_sitting_closes(informant):
    sitting = SittingFactory(opens_at=NOON, closes_at=NOON + HOUR)

    attempt = start_attempt(sitting, by=informant, at=NOON + 0.5 * HOUR)

    assert attempt.deadline_at == NOON + HOUR


def test_editing_an_item_never_touches_an_open_attempt(informant):
    make_version(code="one", stem="原来的题？")
    for kind in ("judge", "single", "multiple", "numeric"):
        make_version(kind, stem=f"{kind}？")
    attempt = AttemptFactory(candidate=informant)
    before = questions_to_answer(attempt)

    make_version(code="one", stem="改过的题？", options=["子", "丑", "寅"])

    assert questions_to_answer(Attempt.objects.get()) == before


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=30)])
def test_an_expired_sitting_is_not_started(informant, late):
    sitting = SittingFactory(closes_at=NOON + HOUR)

    assert refused(Closed, sitting, by=informant, at=NOON + HOUR + late) == (
        "sitting-closed"
    )
    assert not Attempt.objects.exists()


def test_a_sitting_is_not_started_before_it_opens(informant):
    at = NOON - timedelta(seconds=1)

    assert refused(NotOpenYet, SittingFactory(), by=informant, at=at) == "not-open-yet"
    assert not Attempt.objects.exists()


def test_people_of_another_place_do_not_sit(napo):
    stranger = UserFactory(home_division=napo.other_county, home_code="451027")

    assert refused(NotEligible, SittingFactory(), by=stranger) == "not-eligible"
    assert not Attempt.objects.exists()


def test_an_informant_sits_where_he_serves_though_his_home_is_elsewhere(napo):
    helper = make_candidate(home_division=napo.other_county, home_code="451027")

    assert start_attempt(SittingFactory(), by=helper, at=NOON).number == 1


def test_attempts_are_limited(informant):
    sitting = SittingFactory(attempts_allowed=2)
    AttemptFactory(sitting=sitting, candidate=informant, right=False)
    AttemptFactory(
        sitting=sitting, candidate=informant, right=False, started_at=NOON + HOUR
    )

    code = refused(NoAttemptLeft, sitting, by=informant, at=NOON + 2 * HOUR)

    assert code == "no-attempt-left"
    assert Attempt.objects.count() == 2


def test_who_has_passed_does_not_sit_again(informant):
    sitting = SittingFactory(attempts_allowed=3)
    AttemptFactory(sitting=sitting, candidate=informant, right=True)

    assert refused(AlreadyPassed, sitting, by=informant) == "already-passed"


def test_an_attempt_whose_time_is_over_counts_and_makes_room_for_the_next(informant):
    sitting = SittingFactory(attempts_allowed=2)
    first = AttemptFactory(sitting=sitting, candidate=informant)

    second = start_attempt(sitting, by=informant, at=NOON + HOUR)

    first.refresh_from_db()
    assert (first.state, first.score) == ("marked", 0)
    assert (second.number, second.is_open) == (2, True)


def test_a_refusal_does_not_undo_that_the_last_attempt_is_finished(informant):
    sitting = SittingFactory()
    attempt = AttemptFactory(sitting=sitting, candidate=informant)

    refused(NoAttemptLeft, sitting, by=informant, at=NOON + HOUR)

    attempt.refresh_from_db()
    assert attempt.state == "marked"


def test_a_sitting_may_ask_for_the_learning_path_first(informant):
    sitting = SittingFactory(needs_path=True)

    assert not LessonPage.objects.exists()
    assert refused(PathUnfinished, sitting, by=informant) == "path-unfinished"
    assert not Attempt.objects.exists()
