"""A panel that set the pass mark is chosen where the sitting is announced."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.models import LogEntry
from exams.domain.judging import (
    Judgement,
    close_panel,
    convene_panel,
    questions_of,
    rate_questions,
)
from exams.errors import GroundDiffers
from exams.models import Cell, PassMarkGround, Sitting
from exams.sitting_errors import AlreadyAnnounced
from tests.factories.accounts import UserFactory
from tests.factories.exams import (
    NOON,
    SittingFactory,
    make_blueprint,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db
CELLS = [Cell("policy", "single", 1, 4)]
NEW = reverse("exams:schedule")


@pytest.fixture
def panel(napo, county_officer):
    """Open; it judges the one question of the first release."""
    make_version("single", code="Q-1")
    return convene_panel(
        "专家组",
        division=napo.county,
        blueprint=make_blueprint("angoff", CELLS),
        release=make_release(),
        judges=[UserFactory(role=Role.TRAINER, at=napo.county) for _each in range(2)],
        by=county_officer,
        at=NOON,
    )


@pytest.fixture
def closed(panel, county_officer):
    said = [Judgement(each.pk, 70) for each in questions_of(panel)]
    for judge in panel.judges.all():
        rate_questions(panel, said, by=judge, at=NOON)
    return close_panel(
        panel, cut_percent=70, reasons="与评定一致。", by=county_officer, at=NOON
    )


def facts(panel, division, /, **changes):
    own = {"division": division, "blueprint": panel.blueprint, "title": "秋季考试"}
    return own | {"release": panel.release, "panel": panel} | changes


def form(panel, division, /, **changes):
    opens = NOON + timedelta(days=1)
    return {
        "title": "秋季考试",
        "division": division.code,
        "blueprint": panel.blueprint.pk,
        "release": panel.release.pk,
        "panel": panel.pk,
        "opens_at": f"{opens:%Y-%m-%dT%H:%M}",
        "closes_at": f"{opens + timedelta(days=1):%Y-%m-%dT%H:%M}",
        "minutes": 45,
        "attempts_allowed": 1,
    } | changes


def test_the_pass_mark_and_its_reasons_follow_the_panel(closed, napo):
    sitting = SittingFactory(**facts(closed, napo.county))

    assert (sitting.pass_percent, sitting.pass_mark_reasons) == (70, "与评定一致。")
    assert sitting.pass_mark_ground.panel == closed
    assert LogEntry.objects.filter(action="pass-mark.grounded").count() == 1


def test_announced_again_by_the_same_panel_it_is_the_same(closed, napo):
    first = SittingFactory(**facts(closed, napo.county))

    assert SittingFactory(**facts(closed, napo.county)) == first
    assert PassMarkGround.objects.count() == 1


def test_announced_without_the_panel_it_is_held_otherwise(closed, napo):
    said = {"pass_percent": 70, "pass_mark_reasons": "与评定一致。"}
    SittingFactory(**facts(closed, napo.county, panel=None, **said))

    with pytest.raises(AlreadyAnnounced):
        SittingFactory(**facts(closed, napo.county))
    assert not PassMarkGround.objects.exists()


@pytest.mark.parametrize("other", ["open", "blueprint"])
def test_a_panel_that_says_nothing_of_this_paper_announces_nothing(
    panel, napo, other, request
):
    changes = {}
    if other == "blueprint":
        request.getfixturevalue("closed")
        panel.refresh_from_db()
        changes = {"blueprint": make_blueprint("other", CELLS)}

    with pytest.raises(GroundDiffers):
        SittingFactory(**facts(panel, napo.county, **changes))
    assert not Sitting.objects.exists()


def test_the_form_offers_closed_panels_and_takes_their_pass_mark(
    client, closed, county_officer, napo
):
    client.force_login(county_officer)

    offered = client.get(NEW).text
    client.post(NEW, form(closed, napo.county, pass_percent=55, pass_mark_reasons="略"))

    assert "专家组 · " in offered
    sitting = Sitting.objects.get()
    assert (sitting.pass_percent, sitting.pass_mark_reasons) == (70, "与评定一致。")
    assert sitting.pass_mark_ground.panel == closed


def test_the_form_refuses_a_panel_of_another_release(
    client, closed, county_officer, napo
):
    make_version("single", code="Q-2", stem="新题？")
    later = make_release()
    client.force_login(county_officer)

    page = client.post(NEW, form(closed, napo.county, release=later.pk))

    assert list(page.context["form"].errors) == ["panel"]
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("missing", ["pass_percent", "pass_mark_reasons"])
def test_without_a_panel_the_pass_mark_is_said_with_its_reasons(
    client, closed, county_officer, napo, missing
):
    client.force_login(county_officer)
    said = {"pass_percent": 60, "pass_mark_reasons": "决定", "panel": ""}

    page = client.post(NEW, form(closed, napo.county, **said | {missing: ""}))

    assert list(page.context["form"].errors) == [missing]
    assert not Sitting.objects.exists()


def test_nobody_chooses_an_open_panel_or_one_of_another_county(
    client, panel, county_officer, napo
):
    client.force_login(county_officer)
    still_open = client.post(NEW, form(panel, napo.county))
    elsewhere = UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county)
    client.force_login(elsewhere)
    strange = client.post(NEW, form(panel, napo.other_county))

    for page in (still_open, strange):
        assert "panel" in page.context["form"].errors
    assert not Sitting.objects.exists()
