"""What forgers and guessers try, and that it leads nowhere."""

from base64 import b32encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from certificates.models import LookupCount
from certificates.trust.codes import FACTS, PURPOSE, bytes_of, encode_code
from tests.factories.certificates import CertificateFactory, numbered

TODAY = timezone.localdate


@pytest.fixture
def certificate(napo):
    return CertificateFactory(at=napo.village, holder_name="黄美兰")


def asked(client, code):
    return client.get(reverse("verify:code", args=[code]))


def words(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def told():
    rows = LookupCount.objects.values_list("outcome").annotate(Sum("count"))
    return dict(rows.order_by("outcome"))


def test_every_answer_is_counted_and_names_nobody(client, certificate):
    revoked = CertificateFactory(division=certificate.division, revoked=True)
    for each in (certificate, certificate, revoked):
        asked(client, encode_code(each))
    client.get(reverse("verify:answer", args=[numbered("451026202699999"), "K7MPQ2"]))

    assert told() == {"revoked": 1, "unknown": 1, "valid": 2}
    columns = {field.name for field in LookupCount._meta.get_fields()}
    assert columns == {"id", "day", "outcome", "shard", "count"}


def test_a_revoked_number_says_so_by_its_code_as_well(client, napo):
    revoked = CertificateFactory(at=napo.village, revoked=True)

    response = asked(client, encode_code(revoked))

    assert response.status_code == 200
    assert "证书已撤销" in response.content.decode()


def test_whoever_guesses_numbers_learns_nothing_and_is_braked(
    client, certificate, settings
):
    right, wrong = certificate.number, numbered("451026202699999")
    answers = {
        client.get(reverse("verify:answer", args=[number, "WRONGCODE2"]))
        .content.decode()
        .partition("<main")[2]
        .partition("</main>")[0]
        for number in (right, wrong)
    }
    replies = [
        client.get(reverse("verify:answer", args=[right, f"GUESS{n:05d}"]))
        for n in range(settings.LOOKUPS_A_MINUTE)
    ]

    assert len(answers) == 1
    assert {reply.status_code for reply in replies} == {404, 429}
    assert replies[-1].status_code == 429
    assert 0 < int(replies[-1]["Retry-After"]) <= 65
    assert told() == {"braked": 2, "unknown": settings.LOOKUPS_A_MINUTE}


@pytest.mark.parametrize("place", [0, 5, 11, 13, 20, 40, 90])
def test_an_altered_code_is_told_apart(client, certificate, place):
    content = bytearray(bytes_of(encode_code(certificate)))
    content[place] ^= 1
    forged = b32(bytes(content))

    response = asked(client, forged)

    assert response.status_code == 404
    assert "查无此证" in words(response)
    assert "黄" not in words(response)
    assert told() == {"unknown": 1}


def test_a_code_of_a_foreign_key_is_told_apart(client, certificate):
    facts = bytes_of(encode_code(certificate))[: FACTS.size]
    foreign = Ed25519PrivateKey.generate()
    hint = bytes([facts[1] ^ 1])  # some key's, and none of ours

    openly = facts[:1] + hint + facts[2:]
    for said, content in (
        ("这个二维码不是发证机构签名的", openly),
        ("这张证书不是我们发的", facts),
    ):
        response = asked(client, b32(content + foreign.sign(PURPOSE + content)))

        assert response.status_code == 404
        assert said in words(response)
    assert told() == {"unknown": 2}


def b32(content: bytes) -> str:
    return b32encode(content).decode().rstrip("=")
