"""The interface for programs: who may ask, what is told, how often."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.api import RefusedOut, UnreadableOut
from accounts.domain.keying import make_token, revoke_token
from certificates.enums import State
from divisions.enums import Level
from rosters.enums import Tenure
from tests.factories.certificates import CertificateFactory
from tests.factories.rosters import AssignmentFactory

TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def ask(client, napo, county_officer):
    """Ask with a key that opens the county."""
    _token, key = make_token(
        "月报", division=napo.county, by=county_officer, at=timezone.now()
    )

    def ask(name, *args, key=key, **query):
        address = reverse(f"api:{name}", args=args)
        return client.get(address, query, headers={"Authorization": f"Bearer {key}"})

    return ask


def test_the_gaps_of_the_division_and_of_those_below(ask, napo):
    AssignmentFactory(at=napo.village, since=date(2026, 1, 1))

    told = ask("gaps", napo.county.code, on="2026-06-01").json()

    assert told["on"] == "2026-06-01"
    assert told["division"]["total"] == {
        "required": 5,
        "in_post": 1,
        "gap": 4,
        "over": 0,
    }
    assert [row["code"] for row in told["below"]] == [napo.township.code]


def test_a_past_day_is_told_as_it_was(ask, napo):
    AssignmentFactory(
        at=napo.village,
        certificate=CertificateFactory(at=napo.village, issued_on=date(2017, 1, 1)),
    )

    def in_post(on):
        told = ask("gaps", napo.village.code, on=on).json()
        return told["division"]["total"]["in_post"]

    assert [in_post(on) for on in ("2016-12-31", "2017-12-31", "2020-01-01")] == [
        0,
        1,
        0,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_assignments_come_by_pages_at_one_cost(
    ask, napo, count, django_assert_num_queries
):
    for _each in range(count):
        AssignmentFactory(at=napo.village)
    AssignmentFactory(at=napo.other_county)

    # Token, day of its use, division, count, page.
    with django_assert_num_queries(5):
        told = ask("assignments", napo.county.code, limit=2).json()

    assert told["count"] == count
    assert [each["counts"] for each in told["items"]] == [True] * min(count, 2)


def test_a_certificate_is_told_with_its_state(ask, napo):
    held = CertificateFactory(at=napo.village, issued_on=date(2020, 1, 1))

    told = ask("status", held.number, on="2022-12-31").json()
    expired = ask("status", held.number, on="2023-01-01").json()

    assert (told["state"], expired["state"]) == ("valid", "expired")
    assert told["number"] == held.number


def test_what_lies_elsewhere_does_not_exist(ask, napo):
    stranger = CertificateFactory(at=napo.other_county)

    for response in (
        ask("gaps", napo.city.code),
        ask("gaps", napo.other_county.code),
        ask("assignments", napo.other_county.code),
        ask("status", stranger.number),
        ask("gaps", "99"),
    ):
        assert response.status_code == 404


@pytest.mark.parametrize("key", ["", "fpxxy_guessed"])
def test_without_a_standing_key_nothing_is_told(ask, napo, key):
    assert ask("gaps", napo.county.code, key=key).status_code == 401


def test_a_revoked_key_opens_nothing(ask, napo, county_officer):
    token, key = make_token(
        "旧", division=napo.county, by=county_officer, at=timezone.now()
    )
    assert ask("gaps", napo.county.code, key=key).status_code == 200

    revoke_token(token, by=county_officer, at=timezone.now())

    assert ask("gaps", napo.county.code, key=key).status_code == 401


def test_a_session_opens_nothing(client, napo, county_officer):
    client.force_login(county_officer)

    assert client.get(reverse("api:gaps", args=[napo.county.code])).status_code == 401


@pytest.mark.parametrize("on", ["2026-02-30", "9999-12-31", "1999-12-31"])
def test_a_day_that_is_none_or_beyond_reach_is_turned_down(ask, napo, on):
    assert ask("gaps", napo.county.code, on=on).status_code == 422


def test_nothing_is_written_through_it(client, napo):
    response = client.post(reverse("api:gaps", args=[napo.county.code]))

    assert response.status_code == 405


def test_more_than_sixty_a_minute_are_turned_away(ask, napo):
    answers = [ask("status", "none").status_code for _each in range(61)]

    assert answers == [404] * 60 + [429]


def test_the_description_names_every_address(client):
    told = client.get(reverse("api:openapi-json")).json()

    assert sorted(told["paths"]) == [
        "/api/v1/assignments/{code}",
        "/api/v1/certificates/{number}",
        "/api/v1/gaps/{code}",
    ]


def references(told):
    """Every ``$ref`` in the description, wherever it stands."""
    if isinstance(told, dict):
        yield from [told["$ref"]] if isinstance(told.get("$ref"), str) else []
        told = list(told.values())
    if isinstance(told, list):
        for each in told:
            yield from references(each)


def test_whatever_the_description_refers_to_is_in_it(client):
    told = client.get(reverse("api:openapi-json")).json()

    named = {f"#/components/schemas/{name}" for name in told["components"]["schemas"]}

    found = set(references(told))
    assert "#/components/schemas/State" in found
    assert found - named == set()


def test_the_description_names_every_refusal_and_every_state(client):
    told = client.get(reverse("api:openapi-json")).json()
    schemas = told["components"]["schemas"]

    for path in told["paths"].values():
        assert sorted(path["get"]["responses"]) == ["200", "401", "404", "422", "429"]
    assert schemas["State"]["enum"] == State.values
    assert schemas["Tenure"]["enum"] == Tenure.values
    assert schemas["Level"]["enum"] == Level.values


def test_refusals_look_as_they_are_described(ask, napo):
    for response in (
        ask("gaps", napo.county.code, key="fpxxy_guessed"),
        ask("gaps", "99"),
    ):
        assert RefusedOut.model_validate(response.json()).detail
    unreadable = ask("gaps", napo.county.code, on="2026-02-30").json()
    (fault,) = UnreadableOut.model_validate(unreadable).detail
    assert fault.loc == ["query", "on"]


def test_a_certificate_does_not_exist_before_its_issue(ask, napo):
    held = CertificateFactory(at=napo.village, issued_on=date(2026, 3, 2))

    answers = [ask("status", held.number, on=on) for on in ("2026-03-01", "2026-03-02")]

    assert [each.status_code for each in answers] == [404, 200]
    assert answers[1].json()["state"] == "valid"
