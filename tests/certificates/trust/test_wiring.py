"""What leaves the house is signed: the paper, its QR code, the badge."""

from base64 import b32encode

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.domain import drawing
from certificates.domain.printing import (
    paper_words,
    print_certificate,
    public_address,
)
from certificates.models import Paper
from certificates.tasks import print_paper
from certificates.trust import codes
from certificates.trust.checking import check_pdf
from certificates.trust.codes import encode_code, read_code
from certificates.trust.errors import AuthorityMissing
from tests.certificates.qr_reader import read_qr
from tests.factories.certificates import CertificateFactory

NOW = timezone.now()


@pytest.fixture
def certificate(informant):
    return CertificateFactory(holder=informant, holder_name="黄美兰")


@pytest.fixture
def no_authority(settings, tmp_path):
    settings.AUTHORITY_PKCS12 = tmp_path / "none.p12"


def test_the_stored_paper_is_signed_by_the_authority(certificate):
    paper = print_certificate(certificate, at=NOW)

    with paper.file.open("rb") as file:
        check = check_pdf(file.read(), at=NOW)
    assert check.valid
    assert check.covers_whole_file


def test_the_qr_code_holds_the_signed_code(certificate):
    address = paper_words(certificate)["address"]

    assert address.startswith("http://testserver/verify/")
    assert read_code(address).number == certificate.number
    assert read_qr(drawing.qr(address).matrix) == address


def test_without_an_authority_nothing_is_printed(certificate, no_authority, client):
    with pytest.raises(AuthorityMissing):
        print_certificate(certificate, at=NOW)
    print_paper.delay(certificate.pk)
    client.force_login(certificate.holder)
    response = client.get(
        reverse("certificates:download", args=[certificate.number]), follow=True
    )

    assert not Paper.objects.exists()
    assert response.status_code == 200
    assert "发证机构的密钥无法使用" in response.content.decode()


def ask(client, text: str):
    return client.get(f"/verify/{text}")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "证书有效"),
        ({"expired": True}, "证书已过期"),
        ({"revoked": True}, "证书已撤销"),
    ],
)
def test_whoever_scans_the_paper_is_told_its_state(client, informant, state, words):
    certificate = CertificateFactory(holder=informant, holder_name="黄美兰", **state)

    response = ask(client, encode_code(certificate))

    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert "发证机构签名有效" in page
    assert "黄**" in page
    assert "黄美兰" not in page


def test_an_altered_code_is_told_and_shows_nothing(client, certificate):
    code = encode_code(certificate)

    response = ask(client, code[:9] + ("B" if code[9] == "A" else "A") + code[10:])

    page = response.content.decode()
    assert response.status_code == 404
    assert "被改动过" in page
    assert "黄" not in page.split("<main")[1]


def test_a_code_of_ours_for_a_number_that_is_not_there_is_unknown(client, certificate):
    code = encode_code(certificate)
    certificate.delete()

    response = ask(client, code)

    assert response.status_code == 404
    assert "查无此证" in response.content.decode()


def test_a_true_code_does_not_open_another_name(client, certificate):
    code = encode_code(certificate)
    certificate.holder_name = "韦美兰"
    certificate.save()

    assert ask(client, code).status_code == 404


def test_guessing_codes_is_slowed_down(client, certificate):
    facts = codes.bytes_of(encode_code(certificate))[:32]
    made_up = b32encode(facts + bytes(64)).decode().rstrip("=")

    answers = [ask(client, made_up).status_code for _each in range(61)]

    assert answers == [404] * 60 + [429]


def test_the_holder_takes_the_badge_along(client, certificate):
    client.force_login(certificate.holder)

    response = client.get(reverse("certificates:badge", args=[certificate.number]))

    assert response["Content-Type"] == "application/jwt"
    assert response["Content-Disposition"].endswith('.jwt"')
    assert response.content.count(b".") == 2


def test_a_stranger_gets_no_badge(client, certificate, trainer):
    client.force_login(trainer)
    address = reverse("certificates:badge", args=[certificate.number])

    assert client.get(address).status_code == 404


def test_the_own_page_works_without_an_authority(client, certificate, no_authority):
    client.force_login(certificate.holder)

    response = client.get(certificate.get_absolute_url())

    assert response.status_code == 200
    assert certificate.verification_code in response.context["address"]


def test_the_public_page_leads_to_the_one_without_a_network(client, db):
    page = client.get(reverse("verify:index")).content.decode()

    assert reverse("verify:offline") in page


def test_the_address_is_short(certificate):
    assert len(public_address(certificate)) == len("http://testserver/verify/") + 154
