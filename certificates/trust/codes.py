"""The code that the QR code carries: what the certificate says, signed, and short
enough to be printed crisply.

32 bytes of facts and 64 of signature, written in base32, which a QR code packs well
and which survives any change of case. A phone checks it without a network.

| bytes | what |
| 1 | format and level of the post |
| 1 | hint at the key |
| 8 | number without its check character |
| 2, 2 | issued on, expires on: days since 2000-01-01 |
| 8 | hash of the name, salted with the next |
| 10 | a secret that only the paper's readers know |
"""

import hmac
import re
import struct
import unicodedata
from base64 import b32decode, b32encode
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from django.conf import settings

from certificates.models import Certificate
from certificates.numbering import check_character
from core.sealing import derived
from divisions.enums import Level

from .authority import authority, hint_of
from .errors import AlteredCode, ForeignCode, NotACode

FORMAT = 1
FACTS = struct.Struct(">B1sQHH8s10s")
NAME_BYTES, SECRET_BYTES, SIGNATURE_BYTES = 8, 10, 64
LENGTH = 154  # letters and figures of base32
# The signature means this and nothing else, whatever else the key may sign.
PURPOSE = b"fupin certificate code 1\0"
# Their places are written into codes: add at the end, never reorder.
LEVELS = (Level.REGION, Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
DAY_ZERO = date(2000, 1, 1)
SEPARATORS = re.compile(r"[\s·•・‧.]")


@dataclass(frozen=True)
class Facts:
    """What a code says about its certificate."""

    number: str
    post_level: Level
    issued_on: date
    expires_on: date
    name_hash: bytes
    secret: bytes

    def is_of(self, name: str) -> bool:
        return hmac.compare_digest(self.name_hash, name_hash(name, self.secret))


def encode_code(certificate: Certificate) -> str:
    """Return the signed code, the same at every call while the key is the same."""
    by = authority()
    secret = secret_of(certificate.number)
    facts = FACTS.pack(
        FORMAT << 4 | LEVELS.index(certificate.post_level),
        hint_of(by.code_keys[0]),
        int(certificate.number[:-1]),
        (certificate.issued_on - DAY_ZERO).days,
        (certificate.expires_on - DAY_ZERO).days,
        name_hash(certificate.holder_name, secret),
        secret,
    )
    signature = by.code_key.sign(PURPOSE + facts)
    return b32encode(facts + signature).decode().rstrip("=")


def read_code(text: str) -> Facts:
    """Return what a code says, given alone or within its address.

    Raises ``NotACode``, ``ForeignCode`` or ``AlteredCode``.
    """
    content = bytes_of(text)
    facts, signature = content[: FACTS.size], content[FACTS.size :]
    head, hint, body, issued, expires, hashed, secret = FACTS.unpack(facts)
    if head >> 4 != FORMAT or head & 15 >= len(LEVELS):
        raise NotACode
    refuse_foreign(hint, facts, signature)
    return Facts(
        number=f"{body}{check_character(str(body))}",
        post_level=LEVELS[head & 15],
        issued_on=DAY_ZERO + timedelta(days=issued),
        expires_on=DAY_ZERO + timedelta(days=expires),
        name_hash=hashed,
        secret=secret,
    )


def bytes_of(text: str) -> bytes:
    letters = re.sub(r"\s", "", text).rstrip("/").rsplit("/", 1)[-1].upper()
    if len(letters) != LENGTH:
        raise NotACode
    try:
        content = b32decode(letters + "=" * (-LENGTH % 8))
    except ValueError as problem:
        raise NotACode from problem
    # The last letter has bits to spare; set, they would make a second spelling.
    if b32encode(content).decode().rstrip("=") != letters:
        raise AlteredCode
    return content


def refuse_foreign(hint: bytes, facts: bytes, signature: bytes) -> None:
    candidates = [key for key in authority().code_keys if hint_of(key) == hint]
    if not candidates:
        raise ForeignCode
    for key in candidates:
        try:
            key.verify(signature, PURPOSE + facts)
        except InvalidSignature:
            continue
        return
    raise AlteredCode


def secret_of(number: str) -> bytes:
    """What only those know who have seen the certificate's code.

    It does not hang on the signing key, so that revocations outlive a change of it.
    """
    key = derived("certificate code", settings.ID_NUMBER_KEY)
    return hmac.new(key, number.encode(), sha256).digest()[:SECRET_BYTES]


def name_hash(name: str, secret: bytes) -> bytes:
    """A name is the same with or without blanks and middle dots."""
    plain = SEPARATORS.sub("", unicodedata.normalize("NFKC", name))
    return sha256(secret + plain.encode()).digest()[:NAME_BYTES]
