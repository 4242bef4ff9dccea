"""The signed list of revoked certificates, which phones keep for the time without a
network."""

from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from certificates.models import Certificate

from .authority import authority
from .codes import secret_of
from .jose import Json, signed, text_of, thumbprint

ENTRY_BYTES = 16
PURPOSE = b"revoked"


def entry_of(number: str) -> str:
    """How a number stands in the list: only who holds its code can find it, so the
    list says nothing to those who try all the numbers of an office."""
    return text_of(sha256(PURPOSE + secret_of(number)).digest()[:ENTRY_BYTES])


def revoked_numbers(on: date) -> list[str]:
    """Those revoked, replaced or suspended on that day; one that would have expired
    says so itself."""
    return list(Certificate.objects.stopped(on).values_list("number", flat=True))


def revocation_list(*, at: datetime) -> Json:
    """Return the list as a JSON Web Signature (flattened) by the key of the codes."""
    by = authority()
    entries = map(entry_of, revoked_numbers(timezone.localdate(at)))
    header = {"alg": "EdDSA", "kid": thumbprint(by.code_keys[0])}
    payload = {
        "iss": settings.SITE_URL.rstrip("/"),
        "iat": int(at.timestamp()),
        "revoked": sorted(entries),  # in no order that tells anything
    }
    names = ("protected", "payload", "signature")
    return dict(zip(names, signed(header, payload, by.code_key), strict=True))
