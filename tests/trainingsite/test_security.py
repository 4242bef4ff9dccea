import pytest
from django.test import Client
from django.urls import reverse


def policy(response) -> dict[str, str]:
    header = response.headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def test_our_pages_allow_no_inline_script_or_style(client, informant):
    client.force_login(informant)

    directives = policy(client.get(reverse("home")))

    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["default-src"] == "'self'"


def test_the_admin_keeps_its_inline_scripts(client, db):
    directives = policy(client.get("/admin/login/", follow=False))

    assert "'unsafe-inline'" in directives["script-src"]


def test_a_stranger_is_sent_to_sign_in(client, db):
    response = client.get(reverse("home"))

    assert response.url == f"{reverse('account_login')}?next=/"


def test_no_form_is_accepted_without_its_token(settings, informant):

    client = Client(enforce_csrf_checks=True)
    client.force_login(informant)

    response = client.post(reverse("set_language"), {"language": "en"})

    assert response.status_code == 403
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


@pytest.mark.parametrize(
    "address", ["/verify/%00/abc/", "/certificates/?q=a%00", "/\0"]
)
def test_a_nul_in_the_address_is_a_bad_request(client, informant, address):
    client.force_login(informant)

    assert client.get(address).status_code == 400
    assert Client().get(address).status_code == 400
