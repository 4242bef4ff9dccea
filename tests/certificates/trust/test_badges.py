"""What the Open Badges 3.0 specification and the published schema of its
AchievementCredential ask for (docs/trust.md says what was checked)."""

import json
import re
from base64 import urlsafe_b64decode
from datetime import date, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from certificates.enums import State
from certificates.models import Suspension
from certificates.trust import badges
from certificates.trust.badges import credential_of
from certificates.trust.jose import text_of
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 3, 2)
URI = re.compile(r"^[a-z][a-z0-9+.-]*:[^\s]+$")
DATE_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")
# Properties of the schemas; anything else is an undefined term in JSON-LD.
CREDENTIAL = {
    "@context id type name description image issuer validFrom validUntil awardedDate "
    "credentialSubject credentialSchema credentialStatus refreshService termsOfUse "
    "endorsement endorsementJwt evidence proof"
}
SUBJECT = {
    "id type activityEndDate activityStartDate creditsEarned achievement identifier "
    "image licenseNumber narrative result role source term"
}
ACHIEVEMENT = {
    "id type alignment achievementType creator creditsAvailable criteria description "
    "endorsement endorsementJwt fieldOfStudy humanCode image inLanguage name "
    "otherIdentifier related resultDescription specialization tag version"
}
CLAIMS = {"iss", "jti", "sub", "nbf", "exp"}


def among(names: set[str]) -> set[str]:
    return set(" ".join(names).split())


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def opened(token: str) -> tuple[dict, dict]:
    """Header and payload of a JWT whose signature fits the key in its header."""
    header, payload, signature = token.split(".")
    found = json.loads(decoded(header))
    x, y = (int.from_bytes(decoded(found["jwk"][axis]), "big") for axis in "xy")
    raw = decoded(signature)
    assert len(raw) == 64
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key().verify(
        encode_dss_signature(r, s), f"{header}.{payload}".encode(), ECDSA(SHA256())
    )
    return found, json.loads(decoded(payload))


@pytest.fixture
def certificate():
    return CertificateFactory(
        holder_name="黄美兰", issued_on=ISSUED, post_level="village"
    )


@pytest.fixture
def credential(certificate):
    return opened(credential_of(certificate))[1]


def test_the_header_is_one_that_the_official_validator_takes(certificate):
    header, _payload = opened(credential_of(certificate))

    assert set(header) == {"alg", "typ", "jwk"}  # no others are allowed
    assert (header["alg"], header["typ"]) == ("ES256", "JWT")
    assert set(header["jwk"]) == {"kty", "crv", "x", "y"}  # above all no "d"
    assert (header["jwk"]["kty"], header["jwk"]["crv"]) == ("EC", "P-256")


def test_claims_repeat_what_the_credential_says(credential):
    assert credential["iss"] == credential["issuer"]["id"]
    assert credential["jti"] == credential["id"]
    assert credential["sub"] == credential["credentialSubject"]["id"]
    for claim, name in (("nbf", "validFrom"), ("exp", "validUntil")):
        moment = datetime.fromisoformat(credential[name])
        assert credential[claim] == moment.timestamp()


def test_the_credential_has_every_required_property_and_no_unknown(credential):
    required = {"@context", "id", "type", "credentialSubject", "issuer", "validFrom"}

    assert required <= set(credential)
    assert set(credential) <= among(CREDENTIAL) | CLAIMS
    assert credential["@context"][:2] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert URI.match(credential["id"])
    assert DATE_TIME.match(credential["validFrom"])
    assert DATE_TIME.match(credential["validUntil"])
    assert credential["credentialStatus"] == {
        "id": "http://testserver/verify/revoked-credentials.json",
        "type": "1EdTechRevocationList",
    }
    (schema,) = credential["credentialSchema"]
    assert schema["type"] == "1EdTechJsonSchemaValidator2019"
    assert schema["id"].endswith("/ob_v3p0_achievementcredential_schema.json")


def test_the_subject_is_the_holder_by_name(credential):
    subject = credential["credentialSubject"]

    assert {"type", "achievement"} <= set(subject) <= among(SUBJECT)
    assert URI.match(subject["id"])
    assert subject["type"] == ["AchievementSubject"]
    assert subject["identifier"] == [
        {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": "黄美兰",
            "identityType": "name",
        }
    ]


def test_the_achievement_says_what_it_takes(credential, certificate):
    achievement = credential["credentialSubject"]["achievement"]

    required = {"id", "type", "criteria", "description", "name"}
    assert required <= set(achievement) <= among(ACHIEVEMENT)
    assert achievement["name"] == "扶贫信息员上岗证书（村级）"
    assert achievement["achievementType"] == "License"
    assert certificate.office_name in achievement["description"]
    assert achievement["criteria"]["narrative"].startswith("上岗考试成绩合格")
    assert achievement["id"].endswith("/verify/issuer.json#village-gx-2017-451026")


def test_the_issuer_is_the_authority(credential):
    assert credential["issuer"] == {
        "id": "http://testserver/verify/issuer.json",
        "type": ["Profile"],
        "name": "扶贫信息员培训演示平台（演示签发机构）",
        "url": "http://testserver",
    }


def test_the_validity_is_that_of_the_certificate(credential):
    assert credential["validFrom"] == "2026-03-02T00:00:00+08:00"
    assert credential["validUntil"] == "2029-03-02T00:00:00+08:00"


def test_a_changed_name_breaks_the_signature(certificate):
    header, payload, signature = credential_of(certificate).split(".")
    changed = decoded(payload).replace("黄美兰".encode(), "韦美兰".encode())

    with pytest.raises(InvalidSignature):
        opened(f"{header}.{text_of(changed)}.{signature}")


def test_no_two_names_are_alike_and_none_follows_from_the_number(certificate):
    other = CertificateFactory()

    names = {
        badges.named(noun, number)
        for noun in ("credential", "holder")
        for number in (certificate.number, other.number)
    }

    assert len(names) == 4
    pattern = (
        r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    )
    assert all(re.fullmatch(pattern, name) for name in names)
    assert not any(certificate.number in name for name in names)


def test_a_revoked_credential_is_in_the_list(certificate):
    revoked = CertificateFactory(issued_on=ISSUED, revoked=True)
    _header, credential = opened(credential_of(revoked))

    found = badges.revoked_credentials(on=date(2026, 6, 1))

    assert found["id"] == credential["credentialStatus"]["id"]
    assert found["issuer"] == credential["issuer"]["id"]
    assert [entry["id"] for entry in found["revokedCredential"]] == [credential["id"]]
    assert found["revokedCredential"][0]["revoked"] is True
    assert revoked.number not in json.dumps(found)


def test_the_list_says_revoked_suspended_or_replaced():
    day = date(2026, 6, 1)
    revoked = CertificateFactory(issued_on=ISSUED, revoked=True)
    replaced = CertificateFactory(issued_on=ISSUED, superseded_on=day)
    suspended = CertificateFactory(issued_on=ISSUED)
    both = CertificateFactory(issued_on=ISSUED, revoked=True)
    for each in (suspended, both):
        Suspension.objects.create(certificate=each, since=ISSUED, reason="核查中")

    found = badges.revoked_credentials(on=day)["revokedCredential"]

    assert {each["id"]: each["revocationReason"] for each in found} == {
        badges.named("credential", each.number): badges.REASONS[state]
        for each, state in (
            (revoked, State.REVOKED),
            (replaced, State.SUPERSEDED),
            (suspended, State.SUSPENDED),
            (both, State.REVOKED),
        )
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(count, django_assert_num_queries):
    for _each in range(count):
        certificate = CertificateFactory(issued_on=ISSUED)
        Suspension.objects.create(
            certificate=certificate, since=ISSUED, reason="核查中"
        )

    with django_assert_num_queries(2):
        found = badges.revoked_credentials(on=date(2026, 6, 1))

    assert len(found["revokedCredential"]) == count


def test_the_key_set_holds_public_keys_only(certificate):
    header, _payload = opened(credential_of(certificate))

    first, second = badges.key_set()["keys"]

    assert {name: first[name] for name in header["jwk"]} == header["jwk"]
    assert (first["alg"], second["alg"]) == ("ES256", "EdDSA")
    assert not {"d", "p", "q", "k"} & (set(first) | set(second))
    assert len({first["kid"], second["kid"]}) == 2
