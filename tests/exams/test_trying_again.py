"""What an earlier attempt means for the next sitting of the same paper."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from exams.domain.admitting import admit_people
from exams.domain.starting import start_attempt
from exams.enums import KeysShown, ResultsShown
from exams.errors import CoolingDown, RefresherUnfinished
from exams.models import Attempt, Cell
from tests.factories.accounts import UserFactory
from tests.factories.courses import LessonFactory
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_candidate,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def next_of(sitting, **facts):
    return SittingFactory(blueprint=sitting.blueprint, release=sitting.release, **facts)


@pytest.mark.parametrize(("before", "now"), [(72, 0), (0, 72), (72, 24)])
def test_the_cooldown_holds_in_the_next_sitting_too(informant, before, now):
    first = SittingFactory(cooldown_hours=before)
    failed = AttemptFactory(sitting=first, candidate=informant, right=False)
    second = next_of(first, cooldown_hours=now, closes_at=NOON + timedelta(days=9))

    with pytest.raises(CoolingDown) as caught:
        start_attempt(second, by=informant, at=failed.finished_at + 71 * HOUR)

    assert caught.value.code == "cooling-down"
    at = failed.finished_at + 72 * HOUR
    assert start_attempt(second, by=informant, at=at).is_open


def test_another_paper_has_nothing_to_wait_for(informant):
    first = SittingFactory(cooldown_hours=72)
    AttemptFactory(sitting=first, candidate=informant, right=False)
    plan = make_blueprint("other", [Cell("policy", "single", 1, 4)])
    plan.title = "另一份卷子"
    plan.save()
    other = SittingFactory(blueprint=plan, release=first.release, cooldown_hours=72)

    assert start_attempt(other, by=informant, at=NOON + 11 * MINUTE).is_open


def test_practice_does_not_make_the_exam_wait(informant):
    practice = SittingFactory(keys_shown=KeysShown.AT_ONCE)
    AttemptFactory(sitting=practice, candidate=informant, right=False)
    exam = next_of(practice, cooldown_hours=72)

    assert start_attempt(exam, by=informant, at=NOON + 11 * MINUTE).is_open


def test_a_held_pass_waits_like_a_failure_and_a_known_one_does_not(informant):
    held = SittingFactory(cooldown_hours=72, results_shown=ResultsShown.BY_OFFICE)
    AttemptFactory(sitting=held, candidate=informant, right=True)
    known = SittingFactory(
        cooldown_hours=72, blueprint=held.blueprint, release=held.release
    )
    other = make_candidate()
    AttemptFactory(sitting=known, candidate=other, right=True)
    second = next_of(held)

    with pytest.raises(CoolingDown):
        start_attempt(second, by=informant, at=NOON + 11 * MINUTE)
    assert start_attempt(second, by=other, at=NOON + 11 * MINUTE).is_open


@pytest.mark.parametrize(("before", "now"), [(True, False), (False, True)])
def test_the_refresher_is_wanted_in_the_next_sitting_too(informant, before, now):
    LessonFactory(title="脱贫标准", cites="解读 四(一)2")
    first = SittingFactory(refresher=before)
    AttemptFactory(sitting=first, candidate=informant, right=False)
    second = next_of(first, refresher=now)

    with pytest.raises(RefresherUnfinished) as caught:
        start_attempt(second, by=informant, at=NOON + 11 * MINUTE)

    assert caught.value.code == "refresher-unfinished"
    assert Attempt.objects.count() == 1


def test_attempts_are_counted_sitting_by_sitting(informant):
    first = SittingFactory(attempts_allowed=1)
    AttemptFactory(sitting=first, candidate=informant, right=False)

    attempt = start_attempt(next_of(first), by=informant, at=NOON + 11 * MINUTE)

    assert attempt.number == 1


def test_a_listed_person_without_a_home_stands_where_the_sitting_is(
    napo, region_officer
):
    sitting = SittingFactory(division=napo.region, admits="listed")
    person = UserFactory(role=Role.CITY_OFFICE, at=napo.city)
    person.home_division, person.home_code = None, ""
    person.save()
    admit_people(sitting, [person], by=region_officer, at=NOON)

    attempt = start_attempt(sitting, by=person, at=NOON)

    assert attempt.division == napo.region
    assert attempt.division_code == napo.region.code
