"""The network is away when the time is up: the phone keeps the answers, sends them late
or saves them in a file, and the office decides."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP
from .test_exam_survives_the_network import announce, choose, enter, truth_is

pytestmark = pytest.mark.e2e


def end_in(site, room: str, seconds: int) -> None:
    """Let the attempt of this room end so many seconds from now."""
    uuid = re.search(r"attempts/([0-9a-f-]+)/", room)[1]
    site.shell.run(
        "from datetime import timedelta; from django.utils import timezone;"
        "from exams.models import Attempt;"
        f"end = timezone.now() + timedelta(seconds={seconds});"
        f"Attempt.objects.filter(uuid='{uuid}').update("
        "started_at=end - timedelta(hours=1), deadline_at=end)"
    )


def wake(page) -> None:
    """What the browser says when the page comes back into sight."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_answers_that_missed_the_end_go_up_late(visit, site):
    title = "那坡县迟到演练"
    announce(visit, title)
    candidate = visit("informant")
    page, network = candidate.page, candidate.context
    room = enter(page, title)
    choose(page, 1, 0)
    truth_is(page, "saved")

    network.set_offline(True)
    choose(page, 1, 1)
    choose(page, 2, 0)
    truth_is(page, "local")
    end_in(site, room, -300)
    network.set_offline(False)

    expect(page).to_have_url(re.compile("/result/$"), timeout=60_000)
    expect(page.locator("[data-late] [data-when=kept]")).to_be_visible()
    page.reload()
    expect(page.get_by_text("有2条答案在考试结束后才到达服务器")).to_be_visible()


def test_a_file_brings_the_answers_to_the_office(visit, site, tmp_path):
    title = "那坡县文件演练"
    announce(visit, title)
    candidate = visit("informant")
    page, network = candidate.page, candidate.context
    room = enter(page, title)
    choose(page, 1, 0)
    truth_is(page, "saved")

    end_in(site, room, 25)
    wake(page)
    expect(page.locator("[data-notice=one]")).to_be_visible()
    network.set_offline(True)
    choose(page, 2, 0)
    truth_is(page, "local")
    expect(page.locator("[data-notice=waiting]")).to_be_visible(timeout=60_000)
    with page.expect_download() as saved:
        page.locator("[data-notice=waiting] [data-save-file]").click()
    file = tmp_path / "x.answers.json"
    saved.value.save_as(file)
    end_in(site, room, -300)

    office = visit("county", DESKTOP).page
    office.goto("/exams/sittings/")
    office.get_by_role("link", name=title).click()
    office.get_by_role("link", name="迟到答案").click()
    office.set_input_files("[name=file]", file)
    office.get_by_role("button", name="校验并接收").click()
    expect(office.get_by_text("其中1条答案是新的")).to_be_visible()
    office.get_by_label("采纳：视同按时到达，计入成绩").check()
    office.fill("[name=reason]", "基站停电，村委会证明")
    office.get_by_role("button", name="提交决定").click()
    expect(office.get_by_text("已采纳并重新评卷。")).to_be_visible()
