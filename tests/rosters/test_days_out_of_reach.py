"""Days that a calendar has and nobody means."""

from contextlib import closing

import pytest

PAGES = ("", "demand/", "gaps.xlsx", "trend/")
APPRAISED = [
    {"since": "9996-01-01", "until": "9999-12-31"},
    {"since": "0001-01-01", "until": "0001-02-01"},
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("on", ["0001-01-01", "9999-05-01", "9999-12-31"])
def test_a_roster_does_not_follow_to_the_ends_of_the_calendar(
    client, napo, county_officer, page, on
):
    client.force_login(county_officer)

    with closing(client.get(f"/rosters/{napo.county.code}/{page}", {"on": on})) as told:
        assert told.status_code == 200


@pytest.mark.parametrize("asked", APPRAISED)
def test_nor_does_an_appraisal(client, napo, county_officer, asked):
    client.force_login(county_officer)

    response = client.get(f"/rosters/{napo.county.code}/appraisal/", asked)

    assert response.status_code == 200
