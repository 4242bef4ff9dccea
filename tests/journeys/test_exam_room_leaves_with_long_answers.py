"""More text waits on the device than a browser sends for a page that goes away."""

import json

import pytest

from .test_exam_survives_the_network import announce, choose, enter, truth_is

pytestmark = pytest.mark.e2e

# What browsers send in all for a page that goes away.
MOST = 64 * 1024
# Thirty answers of a thousand characters that an opening without a network kept, all to
# judgements, which come first and of which the server takes any place.
PLANT = """async () => {
  const asked = indexedDB.open("exam-room");
  await new Promise((done) => (asked.onsuccess = done));
  const log = asked.result.transaction("log", "readwrite").objectStore("log");
  const rows = log.getAll();
  await new Promise((done) => (rows.onsuccess = done));
  const row = { ...rows.result[0], value: ["字".repeat(1000)], acked: false };
  for (let seq = 101; seq <= 130; seq += 1) log.put({ ...row, no: 1 + (seq % 3), seq });
  await new Promise((done) => (log.transaction.oncomplete = done));
  asked.result.close();
}"""
HIDE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_a_page_that_goes_away_sends_what_fits_and_then_the_rest(visit):
    title = "那坡县长文演练"
    announce(visit, title)
    candidate = visit("county")
    page, network = candidate.page, candidate.context
    enter(page, title)
    choose(page, 1, 0)
    truth_is(page, "saved")
    sent, is_cut = [], [True]

    def record(route):
        """The server is told of short answers instead, so that it takes them."""
        if is_cut:
            return route.abort()
        sent.append(route.request.post_data)
        told = json.loads(sent[-1])["answers"]
        short = [{**each, "value": [0]} for each in told]
        return route.continue_(post_data=json.dumps({"answers": short}))

    network.route("**/answer/", record)
    page.evaluate(PLANT)
    page.reload()
    page.wait_for_selector(".room--ready")
    truth_is(page, "local")

    is_cut.clear()
    page.evaluate(HIDE)

    truth_is(page, "saved")
    parts = [body for body in sent if len(body.encode()) <= MOST]
    came = [[each["seq"] for each in json.loads(part)["answers"]] for part in parts]
    assert came[0] == list(range(101, 101 + len(came[0])))
    assert len(came[0]) > 15
    assert {seq for part in came for seq in part} == set(range(101, 131))
