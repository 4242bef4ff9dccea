"""The statistics of people whose division is given another code."""

from datetime import date

import pytest

from accounts.enums import Role
from accounts.models import User
from divisions.domain.recoding import recode_division
from exams.domain.analysis.counting import count_finished
from exams.domain.analysis.reading import analysis_of
from exams.domain.analysis.recounting import recount_sitting, sittings_to_recount
from exams.domain.analysis.uncounting import uncount_attempts
from exams.models import CohortItem, CohortPaper
from exams.tasks import recount_statistics
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.exams import HOUR, NOON, AttemptFactory, SittingFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 5)


@pytest.fixture
def sitting(napo):
    """Four people of one county have sat, and are counted."""
    sitting = SittingFactory(division=napo.region)
    for number in range(4):
        AttemptFactory(sitting=sitting, right=bool(number % 2))
    count_finished(sitting, at=NOON + HOUR)
    recount_sitting(sitting, at=NOON + HOUR)
    return sitting


def people_by_place() -> dict[str, int]:
    papers = CohortPaper.objects.order_by("cohort")
    return {each.cohort: sum(each.scores.values()) for each in papers}


def test_a_county_keeps_its_analysis_under_its_new_code(sitting, napo):
    officer = UserFactory(role=Role.COUNTY_OFFICE, at=napo.county)
    before = analysis_of(sitting, for_user=officer)

    recode_division(napo.county, "451099", by=None, on=ON)

    after = analysis_of(sitting, for_user=User.objects.get(pk=officer.pk))
    assert (after.count, after.tenths) == (4, before.tenths)
    assert [line.figures for line in after.lines] == [
        line.figures for line in before.lines
    ]
    assert people_by_place() == {"45": 4, "4510": 4, "451099": 4}
    assert not CohortItem.objects.filter(cohort="451026").exists()


def test_a_recount_finds_nothing_amiss_and_papers_can_be_taken_out(sitting, napo):
    recode_division(napo.county, "451099", by=None, on=ON)

    assert recount_sitting(sitting, at=NOON + 2 * HOUR).differences == 0
    uncount_attempts(sitting, [sitting.attempts.first().pk], at=NOON + 3 * HOUR)
    assert people_by_place() == {"45": 3, "4510": 3, "451099": 3}


def test_a_city_takes_its_counties_along(sitting, napo):
    recode_division(napo.city, "4511", by=None, on=ON)

    assert people_by_place() == {"45": 4, "4511": 4, "451126": 4}
    assert recount_sitting(sitting, at=NOON + 2 * HOUR).differences == 0


@pytest.mark.parametrize("code", ["450199", "451099"])
def test_who_comes_under_another_city_is_counted_there(
    sitting, napo, code, django_capture_on_commit_callbacks
):
    DivisionFactory(code="4501")

    with django_capture_on_commit_callbacks(execute=True):
        recode_division(napo.county, code, by=None, on=ON)
    recount_statistics()

    assert people_by_place() == {"45": 4, code[:4]: 4, code: 4}
    assert list(sittings_to_recount()) == []
