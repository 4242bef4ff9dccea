import pytest

from core.models import LogEntry
from exams.errors import BadWindow, CellShort, TooShort
from exams.models import Cell, Sitting
from tests.factories.exams import (
    HOUR,
    NOON,
    SittingFactory,
    make_blueprint,
    make_release,
)

pytestmark = pytest.mark.django_db


def test_a_sitting_is_announced_once(napo, county_officer):
    facts = {
        "title": "春季考试",
        "division": napo.county,
        "blueprint": make_blueprint(),
        "release": make_release(),
        "by": county_officer,
    }

    first = SittingFactory(**facts)
    again = SittingFactory(**facts)

    assert again == first
    assert first.division_code == "451026"
    assert LogEntry.objects.filter(action="sitting.scheduled").count() == 1


@pytest.mark.parametrize("closes_at", [NOON, NOON - HOUR])
def test_a_sitting_closes_after_it_opens(napo, closes_at):
    with pytest.raises(BadWindow):
        SittingFactory(opens_at=NOON, closes_at=closes_at)

    assert not Sitting.objects.exists()


def test_a_sitting_is_open_for_as_long_as_the_exam_lasts(napo):
    with pytest.raises(TooShort) as refusal:
        SittingFactory(closes_at=NOON + HOUR, minutes=61)

    assert refusal.value.code == "window-shorter-than-exam"
    assert not Sitting.objects.exists()


def test_a_sitting_whose_paper_cannot_be_drawn_is_not_announced(napo):
    cells = [Cell("system", "numeric", 3, 1)]

    with pytest.raises(CellShort):
        SittingFactory(blueprint=make_blueprint(cells=cells))

    assert not Sitting.objects.exists()
