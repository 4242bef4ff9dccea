"""On a phone, whatever one touches on the pages of rosters and certificates is as high
as a thumb is wide."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e
THUMB = 44  # pixels
SMALL_TARGETS = Path(__file__).with_name("small_targets.js").read_text()
OFFICE = [
    "/",
    "/rosters/",
    "/rosters/451026100/",
    "/rosters/451026/pipeline/",
    "/rosters/451026/proposal/",
    "/rosters/451026/demand/",
    "/rosters/451026/trend/",
    "/rosters/451026/appraisal/",
    "/rosters/451026/candidates/",
    "/rosters/451026/selections/",
    "/rosters/imports/",
    "/certificates/",
    "/certificates/due/",
    "/certificates/due/decided/",
    "/certificates/appeals/",
    "/certificates/lookups/",
    "/certificates/waiting/",
    "/certificates/batches/",
]
INFORMANT = ["/", "/certificates/", "/rosters/appraisal/", "/rosters/preference/"]


@pytest.mark.parametrize(
    ("role", "addresses"), [("county", OFFICE), ("informant", INFORMANT)]
)
def test_targets_are_as_high_as_a_thumb_is_wide(visit, role, addresses):
    page = visit(role).page
    small = {}
    for address in addresses:
        page.goto(address)
        small[address] = page.evaluate(SMALL_TARGETS, THUMB)

    assert {address: found for address, found in small.items() if found} == {}
