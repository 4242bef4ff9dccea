import json
import re
from base64 import urlsafe_b64decode

import pytest
from django.urls import reverse

import measures
from certificates.trust.codes import LEVELS
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
LISTS = ["keys", "issuer", "revocations", "revoked_credentials"]


@pytest.mark.parametrize("name", LISTS)
def test_anyone_may_read_what_is_published(client, name):
    response = client.get(reverse(f"verify:{name}"))

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "public" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("name", [*LISTS, "offline", "worker"])
def test_nothing_published_names_a_person(client, name):
    revoked = CertificateFactory(revoked=True, holder_name="黄美兰")
    content = client.get(reverse(f"verify:{name}")).content.decode()

    if name == "revocations":
        payload = json.loads(content)["payload"]
        content = urlsafe_b64decode(payload + "==").decode()
        assert len(json.loads(content)["revoked"]) == 1
    for secret in ("黄美兰", revoked.number, "\\u9ec4", revoked.verification_code):
        assert secret not in content


@pytest.mark.parametrize("name", ["keys", "revocations"])
def test_without_an_authority_the_fact_is_said_and_not_kept(
    client, name, settings, tmp_path
):
    settings.AUTHORITY_PKCS12 = tmp_path / "none.p12"

    response = client.get(reverse(f"verify:{name}"))

    assert response.status_code == 503
    assert response.json() == {"problem": "authority-missing"}
    assert response["Cache-Control"] == "no-store"


def test_the_offline_page_holds_nothing_of_whoever_fetched_it(client, informant):
    before = client.get(reverse("verify:offline")).content
    client.force_login(informant)

    after = client.get(reverse("verify:offline"))

    # The browser keeps this page for whoever comes next.
    assert after.content == before
    assert "csrf" not in after.content.decode()


def test_the_offline_page_brings_its_words_and_addresses(client):
    page = client.get(reverse("verify:offline")).content.decode()
    pattern = r'<script id="offline-facts" type="application/json">(.*?)</script>'
    facts = json.loads(re.search(pattern, page, re.DOTALL)[1])

    assert facts["levels"] == [
        measures.name_of(level, "zh", "level") for level in LEVELS
    ]
    assert facts["levels"][-1] == "村级"
    assert facts["keys"] == "/verify/keys.json"
    assert (facts["page"], facts["scope"]) == ("/verify/offline/", "/verify/")
    shown = {*re.findall(r'data-verdict="([a-z-]+)"', page)}
    assert shown == {
        *("valid", "signed", "expired", "revoked"),
        *("altered", "foreign", "not-a-code", "unable"),
    }


def test_the_worker_rules_its_own_folder_only(client):
    response = client.get(reverse("verify:worker"))
    first = response.content.decode().splitlines()[0]
    facts = json.loads(first.removeprefix("const FACTS = ").removesuffix(";"))

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Service-Worker-Allowed" not in response  # so the folder /verify/ it is
    assert facts["page"] == "/verify/offline/"
    assert facts["lists"] == ["/verify/keys.json", "/verify/revocations.json"]
    assert facts["scripts"] == [
        "/static/certificates/offline.js",
        "/static/certificates/codes.js",
        "/static/certificates/ed25519.js",
        "/static/certificates/qr/decode.js",
        "/static/certificates/qr/index.js",
    ]
