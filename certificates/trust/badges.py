"""The certificate as an Open Badge 3.0: a Verifiable Credential in a JWT (ES256, which
1EdTech's own validator asks for), with the public key in its header."""

import hmac
from datetime import date, datetime, time
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

import measures
from certificates.enums import State
from certificates.models import Certificate

from .authority import authority
from .codes import secret_of
from .jose import Json, public_jwk, signed, thumbprint

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
    "ob_v3p0_achievementcredential_schema.json"
)
TITLE = "扶贫信息员上岗证书"
# Why a credential is in the list: the state of its certificate on the day.
REASONS = {
    State.REVOKED: "The issuing office revoked the certificate.",
    State.SUSPENDED: "The issuing office suspended the certificate for the time being.",
    State.SUPERSEDED: "The certificate was replaced by one with another number.",
}


def credential_of(certificate: Certificate) -> str:
    """Return the credential as a compact JWS, to be kept in a file named ``.jwt``."""
    by = authority()
    header = {"alg": "ES256", "typ": "JWT", "jwk": public_jwk(by.key.public_key())}
    content = unsigned_credential(certificate)
    claims = {
        "iss": content["issuer"]["id"],
        "jti": content["id"],
        "sub": content["credentialSubject"]["id"],
        "nbf": seconds(certificate.issued_on),
        "exp": seconds(certificate.expires_on),
    }
    return ".".join(signed(header, content | claims, by.key))


def unsigned_credential(certificate: Certificate) -> Json:
    level = measures.name_of(certificate.post_level, "zh", "level")
    return {
        "@context": CONTEXTS,
        "id": named("credential", certificate.number),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{TITLE}（{level}）",
        "issuer": issuer_profile(with_context=False),
        "validFrom": instant(certificate.issued_on),
        "validUntil": instant(certificate.expires_on),
        "credentialSubject": {
            "id": named("holder", certificate.number),
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": certificate.holder_name,
                    "identityType": "name",
                }
            ],
            "licenseNumber": certificate.number,
            "achievement": achievement(certificate, level),
        },
        "credentialSchema": [
            {"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"},
        ],
        "credentialStatus": {
            "id": address("verify:revoked_credentials"),
            "type": "1EdTechRevocationList",
        },
    }


def achievement(certificate: Certificate, level: str) -> Json:
    """What was achieved: one name for all who hold the same from the same office."""
    facts = (certificate.post_level, certificate.edition_code, certificate.office_code)
    edition = measures.edition(certificate.edition_code).name["zh"]
    return {
        "id": f"{address('verify:issuer')}#{'-'.join(facts)}",
        "type": ["Achievement"],
        "achievementType": "License",
        "name": f"{TITLE}（{level}）",
        "description": (
            f"具备从事{level}扶贫信息员工作的资格。发证机关：{certificate.office_name}。"
        ),
        "criteria": {"narrative": f"上岗考试成绩合格；依据版本：{edition}。"},
    }


def issuer_profile(*, with_context: bool = True) -> Json:
    profile = {
        "id": address("verify:issuer"),
        "type": ["Profile"],
        "name": authority().name,
        "url": settings.SITE_URL.rstrip("/"),
    }
    return {"@context": CONTEXTS[:2], **profile} if with_context else profile


def key_set() -> Json:
    """Every public key: the badges' (ES256) first, then those of codes and lists."""
    by = authority()
    badges, codes = by.key.public_key(), by.code_keys
    return {
        "keys": [
            public_jwk(key) | {"use": "sig", "alg": name, "kid": thumbprint(key)}
            for name, key in [("ES256", badges), *(("EdDSA", key) for key in codes)]
        ]
    }


def revoked_credentials(*, on: date) -> Json:
    """The list that a credential's ``credentialStatus`` points at; each says whether
    its certificate was revoked, suspended or replaced."""
    stopped = Certificate.objects.stopped(on).prefetch_related("suspensions")
    reasons = {
        named("credential", each.number): REASONS[each.state(on)] for each in stopped
    }
    return {
        "id": address("verify:revoked_credentials"),
        "issuer": address("verify:issuer"),
        "revokedCredential": [
            {"id": name, "revoked": True, "revocationReason": reason}
            for name, reason in sorted(reasons.items())
        ],
    }


def named(noun: str, number: str) -> str:
    """A name that nobody can guess from the number: a UUID of version 8."""
    digest = hmac.new(secret_of(number), noun.encode(), sha256).digest()
    bits = int.from_bytes(digest[:16], "big")
    bits = bits & ~(0xF << 76) | 8 << 76
    bits = bits & ~(0x3 << 62) | 2 << 62
    return UUID(int=bits).urn


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def instant(day: date) -> str:
    return midnight(day).isoformat()


def seconds(day: date) -> int:
    return int(midnight(day).timestamp())


def address(name: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name)
