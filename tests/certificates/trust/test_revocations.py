import json
from base64 import urlsafe_b64decode
from datetime import date, datetime
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from django.utils import timezone

from certificates.trust.authority import authority
from certificates.trust.codes import encode_code, read_code
from certificates.trust.jose import thumbprint
from certificates.trust.revocations import entry_of, revocation_list
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(datetime(2026, 6, 1, 8, 30))
ISSUED = date(2026, 3, 2)


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def payload_of(signed: dict) -> dict:
    return json.loads(decoded(signed["payload"]))


def test_the_list_holds_the_revoked_and_nobody_else():
    revoked = CertificateFactory(revoked=True, issued_on=ISSUED)
    CertificateFactory(issued_on=ISSUED)
    CertificateFactory(issued_on=date(2020, 1, 1), revoked=True)  # expired since

    payload = payload_of(revocation_list(at=AT))

    assert payload == {
        "iss": "http://testserver",
        "iat": int(AT.timestamp()),
        "revoked": [entry_of(revoked.number)],
    }


def test_a_certificate_revoked_tomorrow_is_not_in_it_yet():
    certificate = CertificateFactory(
        issued_on=ISSUED, revoked_on=date(2026, 6, 2), revocation_reason="考试作弊"
    )

    before = payload_of(revocation_list(at=AT))
    after = payload_of(revocation_list(at=AT + timezone.timedelta(days=1)))

    assert before["revoked"] == []
    assert after["revoked"] == [entry_of(certificate.number)]


def test_whoever_has_the_code_finds_its_entry():
    certificate = CertificateFactory(revoked=True, issued_on=ISSUED)
    secret = read_code(encode_code(certificate)).secret

    digest = sha256(b"revoked" + secret).digest()[:16]

    assert decoded(entry_of(certificate.number)) == digest


def test_trying_all_numbers_finds_nothing(settings):
    """The list is public and numbers can be guessed; entries must not follow."""
    certificate = CertificateFactory(revoked=True, issued_on=ISSUED)
    entry = payload_of(revocation_list(at=AT))["revoked"][0]
    plain = certificate.number.encode()

    for guess in (plain, b"revoked" + plain, plain[:-1]):
        assert decoded(entry) != sha256(guess).digest()[:16]
    settings.ID_NUMBER_KEY = "another"
    assert entry_of(certificate.number) != entry


def test_entries_stand_in_no_order_that_tells_anything():
    for _each in range(6):
        CertificateFactory(revoked=True, issued_on=ISSUED)

    entries = payload_of(revocation_list(at=AT))["revoked"]

    assert entries == sorted(entries)
    assert len(set(entries)) == 6


def test_the_list_is_signed_by_the_key_of_the_codes():
    signed = revocation_list(at=AT)
    key = authority().code_keys[0]

    assert json.loads(decoded(signed["protected"])) == {
        "alg": "EdDSA",
        "kid": thumbprint(key),
    }
    message = f"{signed['protected']}.{signed['payload']}".encode()
    key.verify(decoded(signed["signature"]), message)
    with pytest.raises(InvalidSignature):
        key.verify(decoded(signed["signature"]), message + b"A")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_one_query(count, django_assert_num_queries):
    CertificateFactory.create_batch(count, revoked=True, issued_on=ISSUED)

    with django_assert_num_queries(1):
        revocation_list(at=AT)
