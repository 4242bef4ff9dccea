"""A notice on the page of its case: who is offered what, and what comes back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from ledger.models import Notice, Objection, Settlement
from tests.factories.accounts import UserFactory
from tests.factories.ledger import give_notice, make_subject, open_exit, walk

KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


@pytest.fixture
def case(napo, informant, people):
    case = open_exit(make_subject(napo.village), by=informant)
    walk(case, people, steps=2)
    return case


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def notice(case, people, today):
    """One that has run for two days of its seven."""
    since = today - timedelta(days=2)
    until = since + timedelta(days=6)
    return give_notice(case, by=people["township"], since=since, until=until)


def publish(client, case, today, **changes):
    usual = {
        "step": "review_in_township",
        "key": KEY,
        "on": today.isoformat(),
        "since": today.isoformat(),
        "until": (today + timedelta(days=6)).isoformat(),
    }
    return client.post(
        reverse("ledger:publish", args=[case.pk]), usual | changes, follow=True
    )


def object_to(client, notice, today, **changes):
    usual = {
        "key": KEY,
        "objector": "村民甲",
        "on": today.isoformat(),
        "reason": "去年买了车",
    }
    url = reverse("ledger:objection", args=[notice.pk])
    return client.post(url, usual | changes, follow=True)


def settle(client, objection, today, **changes):
    usual = {"outcome": "dismissed", "on": today.isoformat(), "reason": "查无此车"}
    url = reverse("ledger:settle", args=[objection.pk])
    return client.post(url, usual | changes, follow=True)


def page_of(client, case):
    return client.get(case.get_absolute_url()).content.decode()


def test_before_the_notice_the_step_may_only_fail(client, case, people):
    client.force_login(people["township"])

    response = client.get(case.get_absolute_url())

    fields = response.context["form"].fields
    assert fields["outcome"].choices == [("failed", "不通过")]
    assert fields["note"].required
    assert "发出公示</button>" in response.content.decode()


def test_a_published_notice_shows_the_days_left_to_everybody(
    client, case, people, today
):
    client.force_login(people["township"])

    response = publish(client, case, today)

    assert "公示已发出。" in response.content.decode()
    client.force_login(people["village"])
    page = page_of(client, case)
    assert "还剩7天" in page
    assert "登记异议</button>" in page
    assert "发出公示</button>" not in page


def test_the_same_notice_sent_twice_is_one(client, case, people, today):
    client.force_login(people["township"])

    publish(client, case, today)
    response = publish(client, case, today, note="网络慢")

    assert Notice.objects.count() == 1
    assert "公示已发出。" in response.content.decode()


BAD_NOTICES = [
    ({"until": ""}, "必需字段"),
    ({"on": "2999-01-01"}, "日期不能晚于今天。"),
    ({"until": "2017-11-09"}, "早于开始日"),
    ({"step": "decide_in_county"}, "现在应办理：乡镇审核公示"),
]


@pytest.mark.parametrize(("changes", "message"), BAD_NOTICES)
def test_a_bad_notice_is_refused_and_nothing_is_written(
    client, case, people, today, changes, message
):
    client.force_login(people["township"])

    response = publish(client, case, today, **changes)

    assert message in response.content.decode()
    assert not Notice.objects.exists()


def test_a_notice_of_another_level_is_refused_on_the_page(client, case, people, today):
    client.force_login(people["county"])

    response = publish(client, case, today)

    assert "乡镇审核公示应由乡镇办理，不是县级" in response.content.decode()
    assert not Notice.objects.exists()


def test_a_notice_for_a_step_that_no_procedure_has_is_refused(
    client, case, people, today
):
    client.force_login(people["township"])

    response = publish(client, case, today, step="jump")

    assert "此程序没有这一步。" in response.content.decode()
    assert not Notice.objects.exists()


def test_an_objection_stops_the_clock_on_the_page(client, case, people, notice, today):
    client.force_login(people["village"])

    response = object_to(client, notice, today - timedelta(days=1))

    page = response.content.decode()
    assert "异议已登记" in page
    assert "计时暂停，还剩5天" in page
    assert "处理异议</button>" not in page


def test_the_same_objection_sent_twice_is_one(client, people, notice, today):
    client.force_login(people["village"])

    object_to(client, notice, today)
    object_to(client, notice, today)

    assert Objection.objects.count() == 1


BAD_OBJECTIONS = [
    ({"objector": ""}, "必需字段"),
    ({"reason": "车" * 1001}, "1000"),
    ({"on": "2999-01-01"}, "日期不能晚于今天。"),
    ({"on": "2017-11-03"}, "公示期内"),
]


@pytest.mark.parametrize(("changes", "message"), BAD_OBJECTIONS)
def test_a_bad_objection_is_refused_and_nothing_is_written(
    client, people, notice, today, changes, message
):
    client.force_login(people["village"])

    response = object_to(client, notice, today, **changes)

    assert message in response.content.decode()
    assert not Objection.objects.exists()


def test_the_review_waits_on_the_home_page_of_the_level_that_gave_notice(
    client, people, notice, today
):
    client.force_login(people["village"])
    object_to(client, notice, today)

    client.force_login(people["township"])
    assert "复核异议" in client.get("/").content.decode()
    assert "复核异议" in client.get("/ledger/").content.decode()
    client.force_login(people["county"])
    assert "复核异议" not in client.get("/").content.decode()


def test_a_running_notice_waits_for_nobody_and_is_in_the_list_of_all(
    client, case, people, notice
):
    client.force_login(people["township"])

    assert not list(client.get("/ledger/").context["page"])
    shown = client.get("/ledger/", {"show": "open"}).content.decode()
    assert "公示至" in shown


def test_the_review_is_settled_on_the_page(client, people, notice, today):
    client.force_login(people["township"])
    object_to(client, notice, today)
    objection = Objection.objects.get()

    response = settle(client, objection, today)

    page = response.content.decode()
    assert "异议已处理。" in page
    assert "异议复核 · 异议不成立" in page
    assert "还剩5天" in page


def test_an_upheld_objection_offers_a_new_notice(client, case, people, notice, today):
    client.force_login(people["township"])
    object_to(client, notice, today)

    settle(client, Objection.objects.get(), today, outcome="upheld")

    page = page_of(client, case)
    assert "公示作废" in page
    assert "还剩" not in page
    assert "重新公示的原因" in page


BAD_SETTLEMENTS = [
    ({"outcome": ""}, "必需字段"),
    ({"outcome": "kept"}, "kept"),
    ({"reason": ""}, "必需字段"),
    ({"on": "2999-01-01"}, "日期不能晚于今天。"),
    ({"on": "2017-11-03"}, "早于提出日"),
]


@pytest.mark.parametrize(("changes", "message"), BAD_SETTLEMENTS)
def test_a_bad_settlement_is_refused_and_nothing_is_written(
    client, people, notice, today, changes, message
):
    client.force_login(people["township"])
    object_to(client, notice, today)

    response = settle(client, Objection.objects.get(), today, **changes)

    assert message in response.content.decode()
    assert not Settlement.objects.exists()


def test_another_level_does_not_settle_and_is_told_why(client, people, notice, today):
    client.force_login(people["county"])
    object_to(client, notice, today)

    response = settle(client, Objection.objects.get(), today)

    assert "异议由发出公示的一级复核：乡镇。" in response.content.decode()
    assert not Settlement.objects.exists()


def test_a_settlement_sent_twice_is_one_and_another_is_refused(
    client, people, notice, today
):
    client.force_login(people["township"])
    object_to(client, notice, today)
    objection = Objection.objects.get()

    settle(client, objection, today)
    settle(client, objection, today)
    response = settle(client, objection, today, outcome="upheld")

    assert "这项异议已经处理：异议不成立。" in response.content.decode()
    assert Settlement.objects.get().outcome == "dismissed"


def test_an_objection_to_a_notice_given_anew_is_not_settled_another_way(
    client, case, people, notice, today
):
    client.force_login(people["township"])
    object_to(client, notice, today)
    objection = Objection.objects.get()
    settle(client, objection, today, outcome="upheld")
    publish(client, case, today, key=KEY[::-1], note="名单已更正")

    response = settle(client, objection, today)

    assert Notice.objects.count() == 2
    assert "这项异议已经处理：异议成立。" in response.content.decode()


def test_an_objection_that_comes_too_late_is_told_so(client, case, people, today):
    since = today - timedelta(days=8)
    until = today - timedelta(days=2)
    notice = give_notice(case, by=people["township"], since=since, until=until)
    client.force_login(people["township"])
    sending = {
        "step": "review_in_township",
        "index": 2,
        "key": KEY,
        "outcome": "passed",
        "on": today.isoformat(),
        "documents": ["review_opinion", "notice_list"],
    }
    client.post(case.get_absolute_url(), sending)

    response = object_to(client, notice, until)

    assert case.entries.count() == 3
    assert "这次公示已经结束" in response.content.decode()
    assert not Objection.objects.exists()


def test_a_stranger_finds_neither_notice_nor_objection(
    client, napo, case, people, notice, today
):
    client.force_login(people["village"])
    object_to(client, notice, today)
    objection = Objection.objects.get()
    client.force_login(UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county))

    assert publish(client, case, today).status_code == 404
    assert object_to(client, notice, today).status_code == 404
    assert settle(client, objection, today).status_code == 404
    assert (Notice.objects.count(), Objection.objects.count()) == (1, 1)
    assert not Settlement.objects.exists()


def test_what_is_published_or_settled_is_not_asked_for(client, case, people, notice):
    client.force_login(people["township"])

    for name, pk in (("publish", case.pk), ("objection", notice.pk), ("settle", 1)):
        assert client.get(reverse(f"ledger:{name}", args=[pk])).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_the_number_of_objections(
    client, case, people, notice, today, count, django_assert_num_queries
):
    client.force_login(people["township"])
    for each in range(count):
        object_to(client, notice, today, key=f"{KEY[:-1]}{each}")

    with django_assert_num_queries(13):
        client.get(case.get_absolute_url())
