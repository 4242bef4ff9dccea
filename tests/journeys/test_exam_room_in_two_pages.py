"""Two pages of one opening of the room: the one that is open, and the one that the
worker gives back beside it."""

import pytest
from playwright.sync_api import expect

from .test_exam_room_opens_without_a_network import is_kept, open_again
from .test_exam_survives_the_network import announce, choose, chosen, enter, truth_is

pytestmark = pytest.mark.e2e

WITHOUT_LOCKS = """Object.defineProperty(Navigator.prototype, "locks",
  { get: () => undefined })"""
KEPT_ANSWERS = """async () => {
  const asked = indexedDB.open("exam-room");
  await new Promise((done) => (asked.onsuccess = done));
  const rows = asked.result.transaction("log").objectStore("log").getAll();
  await new Promise((done) => (rows.onsuccess = done));
  asked.result.close();
  return rows.result.map(({ seq, no, value }) => [seq, no, value[0]]);
}"""


def open_two(visit, title: str, script: str = ""):
    """The room with one answer, and without a network a second page of it."""
    announce(visit, title)
    candidate = visit("informant")
    page, network = candidate.page, candidate.context
    if script:
        network.add_init_script(script)
    room = enter(page, title)
    is_kept(page)
    choose(page, 1, 0)
    truth_is(page, "saved")
    network.set_offline(True)
    choose(page, 2, 1)
    truth_is(page, "local")
    second = network.new_page()
    second.goto(f"{room}#q-3")
    return page, second, network


def test_a_second_page_of_one_opening_waits_until_the_first_is_gone(visit):
    page, second, network = open_two(visit, "那坡县两页演练")

    expect(second.locator("[data-notice=elsewhere]")).to_be_visible()
    expect(second.locator("#q-3 input[name=value]").first).to_be_disabled()
    choose(page, 4, 0)
    truth_is(page, "local")
    page.close(run_before_unload=False)
    expect(second.locator("[data-notice=elsewhere]")).to_have_count(0)
    open_again(second)
    choose(second, 3, 1)
    truth_is(second, "local")

    network.set_offline(False)
    truth_is(second, "saved")
    second.reload()
    second.wait_for_selector(".room--ready")
    assert chosen(second) == {1: 0, 2: 1, 3: 1, 4: 0}


def test_the_second_page_may_go_on_instead_of_the_first(visit):
    page, second, network = open_two(visit, "那坡县换页演练")

    second.locator("[data-notice=elsewhere]").get_by_role("link").click()
    expect(page.locator("[data-notice=elsewhere]")).to_be_visible()
    expect(second.locator("[data-notice=elsewhere]")).to_have_count(0)
    open_again(second)
    choose(second, 3, 1)
    truth_is(second, "local")
    assert chosen(second) == {1: 0, 2: 1, 3: 1}
    expect(page.locator("#q-4 input[name=value]").first).to_be_disabled()

    network.set_offline(False)
    truth_is(second, "saved")
    second.reload()
    second.wait_for_selector(".room--ready")
    assert chosen(second) == {1: 0, 2: 1, 3: 1}


def test_where_the_browser_cannot_tell_they_overwrite_nothing(visit):
    page, second, network = open_two(visit, "那坡县无锁演练", WITHOUT_LOCKS)
    open_again(second)
    choose(second, 3, 1)
    truth_is(second, "local")
    choose(page, 4, 0)
    truth_is(page, "local")
    choose(second, 5, 1)
    truth_is(second, "local")

    kept = second.evaluate(KEPT_ANSWERS)
    assert kept == [[1, 1, 0], [2, 2, 1], [3, 3, 1], [4, 4, 0], [5, 5, 1]]
    second.close(run_before_unload=False)
    network.set_offline(False)
    truth_is(page, "saved")
    page.reload()
    page.wait_for_selector(".room--ready")
    truth_is(page, "saved")
    assert chosen(page) == {1: 0, 2: 1, 3: 1, 4: 0, 5: 1}
