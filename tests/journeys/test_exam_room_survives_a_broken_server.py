"""One answer at which the server breaks keeps no other on the device."""

import pytest

from .test_exam_survives_the_network import announce, choose, chosen, enter, truth_is

pytestmark = pytest.mark.e2e


def test_what_the_server_breaks_at_keeps_no_other_answer_on_the_device(visit):
    title = "那坡县坏包演练"
    announce(visit, title)
    candidate = visit("county")
    page, network = candidate.page, candidate.context
    enter(page, title)
    truth_is(page, "saved")
    network.set_offline(True)
    for no in (1, 2, 3, 4):
        choose(page, no, 0)
    truth_is(page, "local")

    def breaks(route):
        told = route.request.post_data_json["answers"]
        if any(each["no"] == 2 for each in told):
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    network.route("**/answer/", breaks)
    network.set_offline(False)
    page.wait_for_function(
        """() => ["1", "3", "4"].every((no) =>
          document.querySelector(`[data-place="${no}"]`).dataset.state === "saved")""",
        timeout=60_000,
    )
    truth_is(page, "local")
    network.unroute("**/answer/")
    truth_is(page, "saved")
    page.reload()
    page.wait_for_selector(".room--ready")
    assert chosen(page) == {1: 0, 2: 0, 3: 0, 4: 0}
