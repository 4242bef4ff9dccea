"""Keys for programs."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.domain.keying import hash_of, make_token, revoke_token, token_with
from accounts.models import Token
from core.errors import Refused
from core.models import LogEntry
from tests.factories.accounts import UserFactory

PAGE = reverse("accounts:tokens")


def made(division, by, name="月报"):
    return make_token(name, division=division, by=by, at=timezone.now())


def test_the_key_is_nowhere_in_the_database(napo, county_officer):
    token, key = made(napo.county, county_officer)

    assert token.key_hash == hash_of(key)
    with connection.cursor() as cursor:
        for table in ("accounts_token", "core_logentry"):
            cursor.execute(f"SELECT * FROM {table}")
            assert key not in str(cursor.fetchall())


def test_a_key_finds_its_token_and_keeps_the_day(napo, county_officer):
    token, key = made(napo.county, county_officer)
    today = timezone.localdate()

    assert token_with(key, on=today) == token
    assert token_with(key + "x", on=today) is None
    token.refresh_from_db()
    assert token.last_used_on == today


@pytest.mark.parametrize("where", ["city", "other_county"])
def test_an_office_makes_keys_for_its_own_division_alone(napo, county_officer, where):
    with pytest.raises(Refused) as refusal:
        made(getattr(napo, where), county_officer)

    assert refusal.value.code == "not-yours"
    assert not Token.objects.exists()


def test_a_name_stands_once_until_it_is_revoked(napo, county_officer):
    token, _key = made(napo.county, county_officer)

    with pytest.raises(Refused) as refusal:
        made(napo.county, county_officer)
    assert refusal.value.code == "token-name-taken"
    revoke_token(token, by=county_officer, at=timezone.now())
    made(napo.county, county_officer)

    assert Token.objects.standing().count() == 1


def test_revoking_twice_is_once(napo, county_officer):
    token, _key = made(napo.county, county_officer)

    first = revoke_token(token, by=county_officer, at=timezone.now()).revoked_at
    second = revoke_token(token, by=county_officer, at=timezone.now()).revoked_at

    assert first == second
    assert LogEntry.objects.filter(action="token.revoked").count() == 1


def test_the_page_shows_a_key_once(client, napo, county_officer):
    client.force_login(county_officer)

    answer = client.post(PAGE, {"name": "月报", "division": napo.county.code})
    key = answer.context["key"]

    assert key in answer.content.decode()
    assert Token.objects.get().key_hash == hash_of(key)
    assert key not in client.get(PAGE).content.decode()


def test_the_page_revokes(client, napo, county_officer):
    token, _key = made(napo.county, county_officer)
    client.force_login(county_officer)

    client.post(reverse("accounts:revoke_token", args=[token.pk]))

    token.refresh_from_db()
    assert token.revoked_by == county_officer


def test_keys_of_others_do_not_exist(client, napo, county_officer, informant):
    stranger = UserFactory(role="county_office", at=napo.other_county)
    token, _key = made(napo.other_county, stranger, name="别县程序")
    revoke = reverse("accounts:revoke_token", args=[token.pk])

    client.force_login(county_officer)
    assert client.post(revoke).status_code == 404
    assert token.name not in client.get(PAGE).content.decode()
    client.force_login(informant)
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, napo, county_officer, count, django_assert_num_queries
):
    for number in range(count):
        made(napo.county, county_officer, name=f"月报{number}")
    client.force_login(county_officer)

    # User, grants, count, page.
    with django_assert_num_queries(4):
        client.get(PAGE)
