"""The room comes back without a network: with the paper, the answers and the time."""

import re

import pytest
from playwright.sync_api import expect

from .test_answers_come_late import end_in
from .test_exam_survives_the_network import announce, choose, chosen, enter, truth_is

pytestmark = pytest.mark.e2e

KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) kept.push(url);
  }
  return kept;
}"""


def is_kept(page) -> None:
    """The page says that it opens again without a network."""
    expect(page.locator("[data-keeps=true]")).to_be_attached()


def kept_pages(page) -> list[str]:
    """What lies on the device that is no file."""
    return [url for url in page.evaluate(KEPT) if "/static/" not in url]


def nothing_is_kept(page) -> None:
    """Soon, if not at once: the page may just have been asked for."""
    page.wait_for_function(f"async () => (await ({KEPT})()).length === 0")


def open_again(page) -> None:
    page.wait_for_selector(".room--ready")
    expect(page.locator("[data-kept]")).to_be_attached()


def does_not_open(page, room: str) -> None:
    """In a tab of its own: the page at hand may still be on its way to an error."""
    tab = page.context.new_page()
    with pytest.raises(Exception, match=r"ERR_(FAILED|INTERNET_DISCONNECTED)"):
        tab.goto(room)
    tab.close()


def seconds_left(page) -> int:
    text = page.locator("[data-clock]").inner_text()
    seconds = 0
    for part in text.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds


def test_the_room_is_there_again_and_everything_counts(visit):
    title = "那坡县离线演练"
    announce(visit, title)
    candidate = visit("informant")
    page, network = candidate.page, candidate.context
    room = enter(page, title)
    is_kept(page)
    assert kept_pages(page) == [room]
    choose(page, 1, 0)
    truth_is(page, "saved")

    network.set_offline(True)
    choose(page, 2, 1)
    truth_is(page, "local")
    left = seconds_left(page)
    page.reload()
    open_again(page)
    assert chosen(page) == {1: 0, 2: 1}
    assert left - 120 < seconds_left(page) <= left
    expect(page.locator("[data-notice=offline]")).to_be_visible()
    page.close(run_before_unload=False)

    again = network.new_page()
    again.goto(f"{room}#q-2")
    open_again(again)
    choose(again, 2, 0)
    choose(again, 3, 1)
    truth_is(again, "local")
    assert chosen(again) == {1: 0, 2: 0, 3: 1}

    network.set_offline(False)
    truth_is(again, "saved")
    again.locator("[data-review]").click()
    expect(again.get_by_role("heading", level=2)).to_contain_text("还有27题没有作答")
    again.get_by_role("button", name="不答了，就这样交卷").click()
    expect(again).to_have_url(re.compile("/result/$"))
    nothing_is_kept(again)
    network.set_offline(True)
    does_not_open(again, room)


@pytest.mark.parametrize("failures", [0, 2])
def test_a_page_given_back_after_the_servers_own_was_lost_is_taken_anew(
    visit, failures
):
    """Also where the worker fails to get it a while longer than the page its pulse."""
    title = f"那坡县丢页{failures}次演练"
    announce(visit, title)
    candidate = visit("informant")
    page, network = candidate.page, candidate.context
    room = enter(page, title)
    is_kept(page)
    choose(page, 1, 0)
    truth_is(page, "saved")
    network.set_offline(True)
    page.reload()
    open_again(page)
    choose(page, 2, 1)
    truth_is(page, "local")
    # The server opens the room, and nothing of its reply reaches the page.
    assert network.request.get(room).ok
    failed = []

    def fails(route):
        failed.append(route.request.url)
        route.abort()

    for no in range(1, failures + 1):
        network.route(f"{room}?anew={no}", fails)

    network.set_offline(False)
    expect(page.locator("[data-kept]")).to_have_count(0, timeout=60_000)
    page.wait_for_selector(".room--ready")
    truth_is(page, "saved")
    expect(page.locator("[data-notice=elsewhere]")).to_have_count(0)
    assert chosen(page) == {1: 0, 2: 1}
    assert page.url.split("#")[0] == room
    assert len(set(failed)) == failures


def test_a_paper_handed_in_is_not_given_back_though_the_reply_is_lost(visit):
    title = "那坡县交卷演练"
    announce(visit, title)
    candidate = visit("informant")
    page, network = candidate.page, candidate.context
    room = enter(page, title)
    is_kept(page)
    page.locator("[data-review]").click()
    hand_in = page.get_by_role("button", name="不答了，就这样交卷")
    expect(hand_in).to_be_visible()
    network.set_offline(True)

    sent = re.compile("/submit/$")
    with page.expect_event("requestfailed", lambda each: sent.search(each.url)):
        hand_in.click()
    does_not_open(page, room)


def test_the_page_from_the_device_is_as_guarded_and_holds_no_key(visit):
    title = "那坡县试卷演练"
    announce(visit, title)
    page = visit("county").page
    enter(page, title)
    is_kept(page)

    kept = page.evaluate(
        """async () => {
          const cache = await caches.open("exam-room");
          const reply = await cache.match(location.pathname);
          const sent = await fetch("/healthz");
          const guard = "Content-Security-Policy";
          const guards = [reply, sent].map(({ headers }) => headers.get(guard));
          return [await reply.text(), ...guards];
        }"""
    )

    assert kept[1] == kept[2] != ""
    words = re.findall(r"because|explained|answer-key|right-answer", kept[0])
    assert words == []


def test_another_person_at_the_same_device_never_sees_it(visit, site):
    title = "那坡县共用手机演练"
    announce(visit, title)
    candidate = visit("informant")
    page, network = candidate.page, candidate.context
    room = enter(page, title)
    is_kept(page)

    page.goto("/")
    assert kept_pages(page) == [room]
    menu = page.locator("details.menu", has=page.locator("[data-sign-out]"))
    menu.locator("summary").click()
    menu.locator("[data-sign-out] button").click()
    page.wait_for_url(re.compile("/accounts/login/"))
    expect(page.locator("body[data-person='']")).to_be_attached()
    nothing_is_kept(page)
    candidate.sign_in("county")
    network.set_offline(True)
    does_not_open(page, room)


def test_when_the_session_is_another_persons_the_paper_goes(visit, site):
    title = "那坡县换人演练"
    announce(visit, title)
    candidate = visit("informant")
    page, network = candidate.page, candidate.context
    room = enter(page, title)
    is_kept(page)
    page.goto("/verify/")
    network.clear_cookies()

    candidate.sign_in("county")
    nothing_is_kept(page)
    reply = page.goto(room)
    assert reply.status == 404
    network.set_offline(True)
    does_not_open(page, room)


def test_time_that_ran_out_on_the_device_ends_the_paper_there_too(visit, site):
    title = "那坡县超时演练"
    announce(visit, title)
    candidate = visit("informant")
    page, network = candidate.page, candidate.context
    room = enter(page, title)
    end_in(site, room, 40)
    page.reload()
    page.wait_for_selector(".room--ready")
    is_kept(page)
    network.set_offline(True)
    choose(page, 1, 1)
    truth_is(page, "local")
    page.reload()
    open_again(page)
    assert seconds_left(page) <= 40
    expect(page.locator("[data-notice=waiting]")).to_be_visible(timeout=60_000)
    expect(page.locator("#q-1 input[name=value]").first).to_be_disabled()

    network.set_offline(False)
    expect(page).to_have_url(re.compile("/result/$"), timeout=60_000)
    nothing_is_kept(page)
