from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

import measures
from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

PEOPLE = reverse("accounts:people")
ADD = reverse("accounts:add_person")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_the_same_whatever_its_length(
    client, napo, county_officer, count, django_assert_num_queries
):
    for _ in range(count):
        UserFactory(role=Role.INFORMANT, at=napo.village)
    client.force_login(county_officer)

    with django_assert_num_queries(5):  # user, grants, count, people, held
        response = client.get(PEOPLE)

    assert response.content.count(b'scope="row"') == count + 1


def test_a_whole_hall_signs_in_from_one_address_within_a_minute(client, napo):
    cache.clear()
    people = [UserFactory(role=Role.INFORMANT, at=napo.village) for _ in range(40)]

    statuses = {
        client.__class__()
        .post(reverse("account_login"), {"login": each.phone, "password": PASSWORD})
        .status_code
        for each in people
    }

    assert statuses == {302}


def test_an_informant_has_no_business_with_accounts(client, informant):
    client.force_login(informant)

    assert client.get(PEOPLE).status_code == 403


def test_a_person_of_another_county_is_not_found(client, napo, county_officer):
    stranger = UserFactory(role=Role.INFORMANT, at=napo.other_county)
    client.force_login(county_officer)

    response = client.get(reverse("accounts:person", args=[stranger.pk]))

    assert response.status_code == 404


def form(napo, **changes):
    return {
        "real_name": "演示乙",
        "phone": "14000000009",
        "id_number": measures.make_id_number("459999", date(1990, 3, 4), "female", 7),
        "home": napo.village.code,
    } | changes


def test_an_office_makes_an_account_and_the_number_never_shows(
    client, napo, county_officer
):
    client.force_login(county_officer)
    entered = form(napo)

    response = client.post(ADD, entered, follow=True)

    made = User.objects.get(phone="14000000009")
    assert made.home_division == napo.village
    assert entered["id_number"] not in response.content.decode()
    assert made.masked_id_number in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id_number": "451026197013030011"}, "身份"),
        ({"phone": "123"}, "请输入11位手机号码"),
        ({"home": "桂林"}, "没有唯一符合"),
        ({"real_name": ""}, "必需字段"),
    ],
)
def test_bad_input_is_told_in_chinese_and_nothing_is_written(
    client, napo, county_officer, changes, message
):
    client.force_login(county_officer)
    before = User.objects.count()

    response = client.post(ADD, form(napo, **changes))

    assert message in response.content.decode()
    assert User.objects.count() == before


def test_a_county_office_cannot_make_county_offices(client, napo, county_officer):
    user = UserFactory(role=Role.INFORMANT, at=napo.village)
    client.force_login(county_officer)

    client.post(
        reverse("accounts:person", args=[user.pk]),
        {"role": Role.COUNTY_OFFICE, "division": napo.county.code},
    )

    assert {grant.role for grant in user.grants.all()} == {Role.INFORMANT}


def test_the_pages_of_accounts_lead_back_to_the_list(client, county_officer, informant):
    client.force_login(county_officer)
    person = reverse("accounts:person", args=[informant.pk])

    for address in (person, ADD):
        crumbs = client.get(address).content.decode().partition('class="crumbs"')[2]
        assert crumbs.partition("</a>")[0].endswith('<a href="/accounts/people/">人员')


def sign_in(client, login, password, address="10.0.0.1"):
    return client.post(
        reverse("account_login"),
        {"login": login, "password": password},
        REMOTE_ADDR=address,
    )


@pytest.mark.parametrize("login", ["14000000001", "+86 140-0000-0001", "a@example.org"])
def test_people_sign_in_by_phone_or_email(client, napo, login):
    UserFactory(phone="14000000001", email="a@example.org")

    assert sign_in(client, login, PASSWORD).url == reverse("home")


def test_who_has_signed_in_is_told_so_in_plain_words(client, napo):
    UserFactory(phone="14000000001")

    sign_in(client, "14000000001", PASSWORD)

    assert "<p>您已登录。</p>" in client.get(reverse("home")).content.decode()


def test_five_failures_lock_the_account_at_that_address_only(client, napo):
    cache.clear()
    UserFactory(phone="14000000001")
    UserFactory(phone="14000000002")
    for _ in range(5):
        sign_in(client, "14000000001", "wrong")

    locked = sign_in(client, "14000000001", PASSWORD)
    assert locked.status_code == 200  # the form again, with its message
    assert sign_in(client, "14000000002", PASSWORD).status_code == 302
    client.logout()
    elsewhere = sign_in(client, "14000000001", PASSWORD, address="10.0.0.2")
    assert elsewhere.status_code == 302


def test_nobody_signs_up_by_themselves(client, db):
    response = client.get(reverse("account_signup"))

    assert b"<form" not in response.content or b"password1" not in response.content


def test_a_one_time_code_goes_to_the_phone(client, napo, settings, tmp_path):
    settings.TEXT_MESSAGE_FOLDER = tmp_path
    cache.clear()
    UserFactory(phone="14000000003")

    client.post(reverse("account_request_login_code"), {"phone": "14000000003"})

    assert len(list(tmp_path.iterdir())) == 1
