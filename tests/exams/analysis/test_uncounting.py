from datetime import timedelta

import pytest

from exams.domain.analysis.counting import count_finished
from exams.domain.analysis.recounting import recount_sitting
from exams.domain.analysis.uncounting import uncount_attempts
from exams.models import CohortItem, CohortPaper, CountedAttempt
from tests.factories.exams import NOON, AttemptFactory, SittingFactory, make_candidate

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=5)


@pytest.fixture
def sitting(napo):
    return SittingFactory(division=napo.county)


def sit(sitting, right):
    return AttemptFactory(sitting=sitting, candidate=make_candidate(), right=right)


def test_what_is_taken_out_and_put_in_again_is_what_a_recount_finds(sitting):
    attempts = [sit(sitting, right) for right in (True, False, True)]
    count_finished(sitting, at=LATER)

    assert uncount_attempts(sitting, [attempts[0].pk], at=LATER) == 1
    assert count_finished(sitting, at=LATER) == 1

    assert recount_sitting(sitting, at=LATER).differences == 0


def test_the_sums_without_an_attempt_are_those_of_the_others(sitting):
    attempts = [sit(sitting, right) for right in (True, False)]
    count_finished(sitting, at=LATER)

    uncount_attempts(sitting, [attempts[0].pk], at=LATER)

    people = CohortPaper.objects.values_list("cohort", "passed", "scores")
    assert sorted(people) == [
        (cohort, 0, {"0,1700,5": 1}) for cohort in ("45", "4510", "451026")
    ]
    assert CountedAttempt.objects.count() == 1


def test_of_the_last_attempt_nothing_remains(sitting):
    attempt = sit(sitting, True)
    count_finished(sitting, at=LATER)

    uncount_attempts(sitting, [attempt.pk], at=LATER)

    assert not CohortItem.objects.exists()
    assert not CohortPaper.objects.exists()


def test_an_attempt_that_is_not_counted_is_left_alone(sitting):
    counted, other = sit(sitting, True), sit(sitting, False)
    count_finished(sitting, at=LATER)
    CountedAttempt.objects.filter(attempt=other).delete()

    assert uncount_attempts(sitting, [other.pk], at=LATER) == 0
    assert list(CountedAttempt.objects.values_list("attempt", flat=True)) == [
        counted.pk
    ]
