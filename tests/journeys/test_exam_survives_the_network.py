"""A candidate loses the network, the page and the window, and no answer."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP

pytestmark = pytest.mark.e2e

TITLE = "那坡县断网演练"


def announce(visit, title: str = TITLE):
    """The trainer announces a sitting for the county, without the path; returns the
    trainer's page, which shows it."""
    page = visit("trainer", DESKTOP).page
    page.goto("/exams/sittings/new/")
    today = date.today()
    page.fill("[name=title]", title)
    page.fill("[name=division]", "451026")
    page.fill("[name=opens_at]", f"{today - timedelta(days=1)}T08:00")
    page.fill("[name=closes_at]", f"{today + timedelta(days=7)}T18:00")
    page.fill("[name=pass_mark_reasons]", "领导小组办公室的决定")
    page.get_by_role("button", name="发布场次").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    return page


def say_to_all(page, words: str) -> None:
    """The trainer says something in the rooms of the sitting that the page shows."""
    page.goto(f"{page.url.rstrip('/')}/tell/")
    page.fill("[name=words]", words)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/sittings/[0-9]+/"))


def enter(page, title: str = TITLE) -> str:
    page.goto("/exams/")
    page.locator(".card", has_text=title).get_by_role("link").last.click()
    page.get_by_role("button", name="我已看完，开始考试").click()
    page.wait_for_selector(".room--ready")
    return page.url


def choose(page, no: int, place: int) -> None:
    """Turn to a judgement (they come first) and choose."""
    page.evaluate(f"location.hash = 'q-{no}'")
    page.locator(f"#q-{no} input[name=value]").nth(place).check()


def truth_is(page, state: str) -> None:
    expect(page.locator(f"[data-truth={state}]")).to_be_visible()


def chosen(page) -> dict[int, int]:
    """What the page, fresh from the server, shows as chosen: question and place."""
    return {
        int(box.get_attribute("id").removeprefix("q-")): place
        for box in page.locator(".room__question:has(:checked)").all()
        for place, option in enumerate(box.locator("input[name=value]").all())
        if option.is_checked()
    }


def test_no_answer_is_lost_with_the_network_the_page_or_the_window(visit):
    trainer = announce(visit)
    candidate = visit("county")
    page, network = candidate.page, candidate.context
    room = enter(page)

    choose(page, 1, 0)
    truth_is(page, "saved")
    network.set_offline(True)
    choose(page, 1, 1)
    choose(page, 2, 0)
    truth_is(page, "local")
    page.close(run_before_unload=False)
    network.set_offline(False)

    again = network.new_page()
    again.goto(room)
    again.wait_for_selector(".room--ready")
    truth_is(again, "saved")
    other = network.new_page()
    other.goto(room)
    other.wait_for_selector(".room--ready")
    assert chosen(other) == {1: 1, 2: 0}

    say_to_all(trainer, "第三题的图以黑板为准。")
    choose(other, 2, 1)
    truth_is(other, "saved")
    expect(other.locator("[data-message]")).to_have_text("第三题的图以黑板为准。")
    choose(again, 3, 0)
    expect(again.locator("[data-notice=elsewhere]")).to_be_visible()
    other.reload()
    other.wait_for_selector(".room--ready")
    assert chosen(other) == {1: 1, 2: 1, 3: 0}

    other.locator("[data-review]").click()
    expect(other.get_by_role("heading", level=2)).to_contain_text("还有27题没有作答")
    other.get_by_role("button", name="不答了，就这样交卷").click()
    expect(other).to_have_url(re.compile("/result/$"))


def let_pass(page, seconds: int) -> None:
    """By the page's clock, slowly enough for what it asks to be answered."""
    for _each in range(seconds // 10):
        page.clock.run_for(10_000)
        page.wait_for_timeout(50)


def test_a_silent_room_asks_once_a_minute_whether_it_is_answered_or_not(visit):
    title = "那坡县静候演练"
    announce(visit, title)
    page = visit("county").page
    enter(page, title)
    asked = []
    page.on("request", lambda request: "/pulse/" in request.url and asked.append(1))

    page.clock.install()
    page.reload()
    page.wait_for_selector(".room--ready")
    let_pass(page, 200)
    answered = len(asked)
    page.route("**/pulse/", lambda route: route.abort())
    let_pass(page, 200)
    unanswered = len(asked) - answered

    assert 2 <= answered <= 4
    assert 2 <= unanswered <= 4


def test_what_is_chosen_before_the_script_has_come_is_kept_too(visit):
    title = "那坡县慢网演练"
    announce(visit, title)
    candidate = visit("county")
    room = enter(candidate.page, title)

    held = []
    candidate.context.route("**/exams/room*.js", lambda route: held.append(route))
    slow = candidate.context.new_page()
    slow.goto(room, wait_until="commit")
    slow.locator("#q-1 input[name=value]").nth(1).check()
    assert slow.locator("[data-truth]").get_attribute("data-truth") == ""
    # The worker asks too, and either may ask again: from now on nothing is held.
    candidate.context.route("**/exams/room*.js", lambda route: route.continue_())
    for route in held:
        route.continue_()

    slow.wait_for_selector(".room--ready")
    truth_is(slow, "saved")
    slow.reload()
    slow.wait_for_selector(".room--ready")
    assert chosen(slow) == {1: 1}
