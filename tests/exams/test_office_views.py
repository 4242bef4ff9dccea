from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exams.models import Attempt, Sitting
from tests.factories.exams import (
    HOUR,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_candidate,
    make_release,
)

pytestmark = pytest.mark.django_db
LIST = "/exams/sittings/"
NEW = "/exams/sittings/new/"


@pytest.fixture
def now():
    return timezone.now()


def board(sitting):
    return reverse("exams:board", args=[sitting.pk])


def form(division, **changes):
    opens = timezone.localtime().replace(microsecond=0, second=0, minute=0)
    return {
        "title": "秋季考试",
        "division": division.code,
        "blueprint": make_blueprint().pk,
        "release": make_release().pk,
        "opens_at": f"{opens:%Y-%m-%dT%H:%M}",
        "closes_at": f"{opens + timedelta(days=1):%Y-%m-%dT%H:%M}",
        "minutes": 45,
        "pass_percent": 60,
        "pass_mark_reasons": "领导小组办公室的决定",
        "attempts_allowed": 2,
    } | changes


def test_a_county_office_holds_an_exam_for_its_people(client, county_officer, napo):
    client.force_login(county_officer)

    response = client.post(NEW, form(napo.county))

    sitting = Sitting.objects.get()
    assert response.url == board(sitting)
    assert (sitting.division, sitting.scheduled_by) == (napo.county, county_officer)
    assert (sitting.minutes, sitting.attempts_allowed) == (45, 2)
    assert sitting.needs_path is False


def test_the_board_says_on_which_terms_a_sitting_is_held(client, county_officer, napo):
    client.force_login(county_officer)
    terms = {
        "refresher": "on",
        "needs_path": "on",
        "held": "at-place",
        "place": "县党校",
    }

    page = client.post(NEW, form(napo.county, **terms), follow=True).content.decode()

    for words in (
        "须先重新学完错题相关课时",
        "学完必修课程才能开考",
        "集中考点 · 县党校",
    ):
        assert f"<dd>{words}</dd>" in page


def test_reasons_of_the_pass_mark_are_asked_for_in_words(client, county_officer, napo):
    client.force_login(county_officer)

    unreasoned = client.post(NEW, form(napo.county, pass_mark_reasons=""))

    words = "请填写理由，或者选择评定合格线的评定组。"
    assert unreasoned.context["form"].errors == {"pass_mark_reasons": [words]}
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("label", "is_optional"),
    [("合格线的理由", False), ("考试方式", False), ("考点", True)],
)
def test_optional_is_what_may_be_left_empty(client, county_officer, label, is_optional):
    client.force_login(county_officer)

    page = client.get(NEW).content.decode()

    _, _, after = page.partition(f">{label}")
    assert after.lstrip().startswith('<span class="field__optional">') is is_optional


def test_an_office_holds_no_exam_for_another_county(client, county_officer, napo):
    client.force_login(county_officer)

    response = client.post(NEW, form(napo.other_county))

    assert "451027" in response.content.decode()
    assert "division" in response.context["form"].errors
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"closes_at": "2020-01-01T00:00"}, "结束时间必须晚于开始时间"),
        ({"minutes": 600, "closes_at": None}, "开放时间比答题时间600分钟还短"),
        ({"minutes": "0"}, ""),
        ({"pass_percent": "101"}, ""),
        ({"title": ""}, ""),
    ],
)
def test_a_faulty_sitting_is_refused_at_the_form(
    client, county_officer, napo, changes, message
):
    if "closes_at" in changes and changes["closes_at"] is None:
        later = timezone.localtime() + HOUR
        changes = changes | {"closes_at": f"{later:%Y-%m-%dT%H:%M}"}
    client.force_login(county_officer)

    response = client.post(NEW, form(napo.county, **changes))

    assert response.status_code == 200
    assert response.context["form"].errors
    assert message in response.content.decode()
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("who", ["informant", "township_officer"])
def test_others_hold_no_exams(request, client, napo, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(LIST).status_code == 403
    assert client.post(NEW, form(napo.county)).status_code == 403
    assert not Sitting.objects.exists()


def test_the_list_teaches_when_empty(client, trainer):
    client.force_login(trainer)

    assert "还没有考试场次" in client.get(LIST).content.decode()


def test_an_office_sees_its_own_and_wider_sittings(client, county_officer, napo):
    own = SittingFactory(division=napo.county)
    wider = SittingFactory(division=napo.region)
    other = SittingFactory(division=napo.other_county)
    client.force_login(county_officer)

    shown = set(client.get(LIST).context["page"].object_list)

    assert shown == {own, wider}
    assert client.get(board(wider)).status_code == 200
    assert client.get(board(other)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, county_officer, napo, now, count, django_assert_num_queries
):
    for _ in range(count):
        sitting = SittingFactory(opens_at=now - HOUR)
        AttemptFactory(
            sitting=sitting, candidate=make_candidate(), started_at=now, right=True
        )
    client.force_login(county_officer)

    with django_assert_num_queries(4):  # user, grants, count, sittings
        response = client.get(LIST)

    rows = response.context["page"].object_list
    assert [(row.started, row.finished, row.passed) for row in rows] == [
        (1, 1, 1)
    ] * count


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_whatever_its_length(
    client, county_officer, napo, now, count, django_assert_num_queries
):
    sitting = SittingFactory(opens_at=now - HOUR)
    for _ in range(count):
        AttemptFactory(
            sitting=sitting, candidate=make_candidate(), started_at=now, right=False
        )
    client.force_login(county_officer)

    # user, grants, sitting, count, totals, attempts, interventions, whether anybody
    # started, and how many wait with late answers
    with django_assert_num_queries(9):
        response = client.get(board(sitting))

    assert response.context["totals"] == {
        "started": count, "running": 0, "due": 0, "silent": 0,
        "finished": count, "have_passed": 0, "have_failed": count,
    }  # fmt: skip
    assert [row.answered for row in response.context["page"]] == [5] * count


def test_a_board_shows_an_office_its_own_people_only(
    client, county_officer, region_officer, napo, now
):
    sitting = SittingFactory(division=napo.region, opens_at=now - HOUR)
    own = AttemptFactory(sitting=sitting, candidate=make_candidate(), started_at=now)
    AttemptFactory(
        sitting=sitting, candidate=make_candidate(at=napo.other_county), started_at=now
    )

    client.force_login(county_officer)
    assert list(client.get(board(sitting)).context["page"]) == [own]

    client.force_login(region_officer)
    assert len(client.get(board(sitting)).context["page"]) == 2


def test_the_board_tells_whose_time_is_up_and_finishes_nobody(
    client, county_officer, napo, now
):
    sitting = SittingFactory(opens_at=now - 3 * HOUR)
    AttemptFactory(
        sitting=sitting, candidate=make_candidate(), started_at=now - 2 * HOUR
    )
    client.force_login(county_officer)

    response = client.get(board(sitting))

    assert response.context["totals"] == {
        "started": 1, "running": 0, "due": 1, "silent": 0,
        "finished": 0, "have_passed": 0, "have_failed": 0,
    }  # fmt: skip
    assert response.context["is_live"]
    assert "时间到" in response.content.decode()
    assert Attempt.objects.get().is_open
