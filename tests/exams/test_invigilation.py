from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exams.domain.accommodating import grant_extra_time
from exams.models import (
    Accommodation,
    Attempt,
    DeadlineChange,
    Intervention,
    Presence,
    RoomEvent,
)
from tests.factories.accounts import UserFactory
from tests.factories.exams import HOUR, AttemptFactory, SittingFactory, make_candidate

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10) Chrome/99.0 MicroMessenger/8.0"
DESK = "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sitting(napo, now):
    return SittingFactory(division=napo.region, opens_at=now - HOUR)


@pytest.fixture
def attempt(sitting, informant, now):
    return AttemptFactory(sitting=sitting, candidate=informant, started_at=now)


def url(name, thing):
    return reverse(f"exams:{name}", args=[getattr(thing, "uuid", thing.pk)])


def save(client, attempt, seq):
    answer = {"no": 1, "value": None, "epoch": 1, "seq": seq}
    body = {"answers": [answer]}
    reply = client.post(url("answer", attempt), body, content_type="application/json")
    return reply.json()


def act(client, name, sitting, **posted):
    return client.post(url(name, sitting), {"key": uuid4()} | posted)


def beat(client, attempt, *away):
    rows = [dict(zip(("epoch", "seq", "seconds"), row, strict=True)) for row in away]
    body = {"away": rows}
    return client.post(url("pulse", attempt), body, content_type="application/json")


def enter(client, attempt, device=PHONE):
    client.force_login(attempt.candidate)
    return client.get(url("room", attempt), headers={"User-Agent": device})


def test_an_extension_is_previewed_and_done_when_confirmed(
    client, county_officer, napo, sitting, attempt
):
    other = AttemptFactory(
        sitting=sitting,
        candidate=make_candidate(at=napo.other_county),
        started_at=attempt.started_at,
    )
    client.force_login(county_officer)
    posted = {"division": "451026", "minutes": 15, "reason": "停电"}

    preview = act(client, "extend", sitting, **posted)

    assert list(preview.context["touched"]) == [attempt]
    assert "涉及1名考生" in preview.content.decode()
    assert not DeadlineChange.objects.exists()

    done = act(client, "extend", sitting, confirm="1", **posted)

    assert done.url == url("board", sitting)
    moved = Attempt.objects.get(pk=attempt.pk).deadline_at - attempt.deadline_at
    assert moved == timedelta(minutes=15)
    assert Attempt.objects.get(pk=other.pk).deadline_at == other.deadline_at


def test_the_phone_learns_of_more_time_and_of_messages_by_its_pulse(
    client, county_officer, sitting, attempt
):
    client.force_login(county_officer)
    posted = {"division": "451026", "minutes": 15, "reason": "停电"}
    act(client, "extend", sitting, confirm="1", **posted)
    act(client, "tell", sitting, division="451026", words="请大家不要着急")
    act(client, "note", sitting, division="451026", words="只给监考看")
    enter(client, attempt)

    told = client.get(url("pulse", attempt)).json()
    page = client.get(url("room", attempt)).content.decode()

    assert 3500 < told["remaining"] <= 3600
    said = [words for _pk, words in told["messages"]]
    assert said == ["您的作答时间延长了15分钟。", "请大家不要着急"]
    assert "请大家不要着急" in page
    assert "停电" not in page + str(told)
    assert "只给监考看" not in page + str(told)


def test_a_message_reaches_its_division_only(
    client, region_officer, napo, sitting, attempt, now
):
    client.force_login(region_officer)
    act(client, "tell", sitting, division="451027", words="凌云的通知")
    enter(client, attempt)

    assert client.get(url("pulse", attempt)).json()["messages"] == []


def test_closing_early_is_for_those_whose_sitting_it_is(
    client, county_officer, region_officer, sitting, attempt
):
    posted = {"notice": 5, "reason": "山洪预警", "confirm": "1"}
    client.force_login(county_officer)
    assert act(client, "close", sitting, **posted).status_code == 403

    client.force_login(region_officer)
    act(client, "close", sitting, **posted)

    attempt.refresh_from_db()
    assert attempt.remaining(timezone.now()) <= timedelta(minutes=5)


def test_a_county_acts_for_its_own_people_only(
    client, county_officer, napo, sitting, attempt
):
    client.force_login(county_officer)

    for name, posted in (
        ("extend", {"minutes": 15, "reason": "停电", "confirm": "1"}),
        ("tell", {"words": "你好"}),
        ("note", {"words": "你好"}),
    ):
        for code in ("451027", "45"):
            response = act(client, name, sitting, division=code, **posted)
            assert "division" in response.context["form"].errors

    assert not Intervention.objects.exists()


def test_the_board_tells_who_is_silent(client, county_officer, sitting, attempt, now):
    quiet = AttemptFactory(
        sitting=sitting, candidate=make_candidate(), started_at=now - HOUR / 2
    )
    awake = AttemptFactory(
        sitting=sitting, candidate=make_candidate(), started_at=now - HOUR / 2
    )
    Presence.objects.create(attempt=awake, at=now)
    client.force_login(county_officer)

    response = client.get(url("board", sitting))

    assert response.context["totals"]["silent"] == 1
    assert [row for row in response.context["page"] if row.is_silent] == [quiet]


def test_the_board_refreshes_a_part_of_itself(client, county_officer, sitting, attempt):
    client.force_login(county_officer)

    whole = client.get(url("board", sitting)).content.decode()
    part = client.get(url("board", sitting), headers={"HX-Request": "true"})

    assert 'hx-trigger="every 20s"' in whole
    assert "<html" not in part.content.decode()
    assert attempt.candidate.real_name in part.content.decode()


def test_a_board_that_is_over_asks_no_more(client, county_officer, napo, now):
    sitting = SittingFactory(opens_at=now - 9 * HOUR)
    client.force_login(county_officer)

    assert "hx-trigger" not in client.get(url("board", sitting)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_acts_on_the_board_cost_the_same_whatever_their_number(
    client, county_officer, sitting, attempt, count, django_assert_num_queries
):
    client.force_login(county_officer)
    for _ in range(count):
        act(client, "note", sitting, division="451026", words="停电")

    with django_assert_num_queries(8):
        response = client.get(url("board", sitting))

    assert len(response.context["interventions"]) == count


def test_openings_and_absences_make_a_time_line(
    client, county_officer, sitting, attempt
):
    enter(client, attempt, PHONE)
    beat(client, attempt, (1, 1, 40))
    beat(client, attempt, (1, 1, 40), (1, 2, 5))  # the first reply was lost
    enter(client, attempt, DESK)
    client.force_login(county_officer)
    client.post(url("timeline", attempt), {"key": uuid4(), "words": "换了电脑"})

    page = client.get(url("timeline", attempt))

    titles = [entry.title for entry in page.context["entries"]]
    assert titles == [
        "已开考", "打开考场", "离开页面后返回", "离开页面后返回",
        "在另一设备上打开考场", "情况记录",
    ]  # fmt: skip
    text = page.content.decode()
    assert "Android · WeChat" in text
    assert "Windows · Chrome" in text
    assert "离开页面40秒" in text
    assert Attempt.objects.get().is_open  # evidence, and no verdict


@pytest.mark.parametrize(
    "row", [(2, 1, 5), (0, 1, 5), (1, 0, 5), (1, 501, 5), (1, 1, -5)]
)
def test_an_absence_that_cannot_be_is_not_kept(client, attempt, row):
    enter(client, attempt)

    assert beat(client, attempt, row).status_code == 200
    assert not RoomEvent.objects.filter(kind="away").exists()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"away": {}}', b'{"away": [{"epoch": "1"}]}']
)
def test_a_malformed_pulse_is_no_fault_of_ours(client, attempt, body):
    enter(client, attempt)

    response = client.post(url("pulse", attempt), body, content_type="application/json")

    assert response.status_code == 400


def test_a_pulse_costs_the_same_however_often(
    client, attempt, django_assert_num_queries
):
    enter(client, attempt)

    for _ in range(2):
        # person, attempt with whether anything was said, presence
        with django_assert_num_queries(3):
            client.get(url("pulse", attempt))

    assert Presence.objects.count() == 1


def test_a_save_says_that_there_is_something_to_hear(
    client, county_officer, sitting, attempt, django_assert_num_queries
):
    enter(client, attempt)
    assert save(client, attempt, seq=1)["said"] == 0

    office = Client()
    office.force_login(county_officer)
    act(office, "tell", sitting, division="451026", words="请看黑板")
    act(office, "note", sitting, division="451026", words="只给监考看")

    said = save(client, attempt, seq=2)["said"]
    # as without a message, and the message
    with django_assert_num_queries(4):
        pulse = client.get(url("pulse", attempt)).json()
    assert pulse["messages"] == [[said, "请看黑板"]]
    assert f'data-said="{said}"' in client.get(url("room", attempt)).content.decode()


def test_an_office_grants_and_ends_extra_time(client, county_officer, informant):
    client.force_login(county_officer)
    page = reverse("exams:accommodations")

    client.post(page, {"phone": informant.phone, "percent": 25, "reason": "视力障碍"})
    granted = Accommodation.objects.get()
    assert informant.real_name in client.get(page).content.decode()
    client.post(reverse("exams:end-accommodation", args=[granted.pk]))

    granted.refresh_from_db()
    assert (granted.person, granted.granted_by) == (informant, county_officer)
    assert granted.ended_by == county_officer


def test_an_office_grants_no_extra_time_elsewhere(client, county_officer, napo):
    other = UserFactory(home_division=napo.other_county, home_code="451027")
    client.force_login(county_officer)

    response = client.post(
        reverse("exams:accommodations"),
        {"phone": other.phone, "percent": 25, "reason": "视力障碍"},
    )

    assert "phone" in response.context["form"].errors
    assert not Accommodation.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_extra_time_costs_the_same(
    client, county_officer, napo, now, count, django_assert_num_queries
):
    for _ in range(count):
        person = make_candidate(home_division=napo.village, home_code=napo.village.code)
        grant_extra_time(person, percent=25, reason="病", by=county_officer, at=now)
    client.force_login(county_officer)

    with django_assert_num_queries(4):  # user, grants, count, list
        page = client.get(reverse("exams:accommodations"))

    assert len(page.context["page"]) == count


def test_the_rules_tell_of_extra_time_and_of_what_is_seen(
    client, informant, county_officer, sitting, now
):
    grant_extra_time(informant, percent=25, reason="病", by=county_officer, at=now)
    client.force_login(informant)

    page = client.get(reverse("exams:rules", args=[sitting.pk])).content.decode()

    assert "每场考试加时25%" in page
    assert "页面离开的时长" in page


def test_the_schedule_page_proves_a_blueprint_before_it_announces(
    client, county_officer, napo
):
    blueprint = SittingFactory().blueprint
    release = blueprint.sitting_set.get().release
    client.force_login(county_officer)
    opens = timezone.localtime() + HOUR
    posted = {
        "title": "冬季考试",
        "division": "451026",
        "blueprint": blueprint.pk,
        "release": release.pk,
        "opens_at": f"{opens:%Y-%m-%dT%H:%M}",
        "closes_at": f"{opens + 4 * HOUR:%Y-%m-%dT%H:%M}",
        "minutes": 45,
        "pass_percent": 60,
        "pass_mark_reasons": "领导小组办公室的决定",
        "attempts_allowed": 1,
        "cooldown_hours": 0,
        "keys_shown": "after-close",
        "prove": "1",
    }

    response = client.post(reverse("exams:schedule"), posted)

    assert response.context["proof"].papers == 8  # one of 2, both, one of 2, one of 2
    assert "组卷可行性" in response.content.decode()
    assert blueprint.sitting_set.count() == 1
