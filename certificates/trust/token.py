"""A signing key that stays in a token (PKCS#11): a card, a stick or a cabinet that
signs and never gives its key away."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, unquote_to_bytes

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from .errors import AuthorityMissing

SCHEME = "pkcs11:"
# RFC 7512's name of an attribute, and the driver's.
ATTRIBUTES = {"token": "token_label", "serial": "token_serial"}

# A token counts wrong PINs and locks itself after a few; so each is tried once a
# process, whoever asks for the authority how often.
PINS_REFUSED: dict[tuple[str, str], str] = {}


@dataclass(frozen=True)
class Address:
    """Where a key is, as RFC 7512 writes it:
    ``pkcs11:token=Office;object=signing?module-path=/usr/lib/driver.so``."""

    module: str
    token: dict[str, str | bytes]
    key: dict[str, str | bytes]


def read_address(uri: str) -> Address:
    """Raise ``AuthorityMissing`` with what the address lacks."""
    path, _mark, query = uri.removeprefix(SCHEME).partition("?")
    parts = dict(part.partition("=")[::2] for part in path.split(";"))
    asked = dict(part.partition("=")[::2] for part in query.split("&"))
    token: dict[str, str | bytes] = {
        driver: unquote(parts[name]).encode()
        if name == "serial"
        else unquote(parts[name])
        for name, driver in ATTRIBUTES.items()
        if name in parts
    }
    key: dict[str, str | bytes] = {}
    if "object" in parts:
        key["label"] = unquote(parts["object"])
    if "id" in parts:
        key["id"] = unquote_to_bytes(parts["id"])
    module = unquote(asked.get("module-path", ""))
    for name, found in (("module-path", module), ("token", token), ("object", key)):
        if not found:
            raise AuthorityMissing(reason=f"{uri} lacks {name}=")
    return Address(module, token, key)


class TokenKey:
    """The private key in a token, used as if it were one of EC P-256 in memory."""

    def __init__(self, uri: str, pin: str, public_key: EllipticCurvePublicKey):
        self.uri, self.pin, self.own_public_key = uri, pin, public_key
        self.address = read_address(uri)
        self.opened = None
        self.process = 0
        # A session of a token does one thing at a time.
        self.alone = Lock()

    def public_key(self) -> EllipticCurvePublicKey:
        return self.own_public_key

    def sign(self, data: bytes, algorithm: object = None) -> bytes:
        """ECDSA over SHA-256 in DER, whatever ``algorithm`` says of the two; raises
        ``AuthorityMissing`` if the token is away or turns us down."""
        # Only whoever has a token needs the driver's package in memory.
        from pkcs11 import Mechanism  # noqa: PLC0415
        from pkcs11.exceptions import (  # noqa: PLC0415
            PinIncorrect,
            PinLenRange,
            PinLocked,
            PKCS11Error,
        )

        if reason := PINS_REFUSED.get((self.uri, self.pin)):
            raise AuthorityMissing(reason=reason)

        # Every token can sign a digest; not every one computes it.
        digest = sha256(data).digest()
        with self.alone:
            try:
                raw = self.key().sign(digest, mechanism=Mechanism.ECDSA)
            except (PKCS11Error, RuntimeError) as problem:
                self.opened = None
                reason = f"{self.uri}: {str(problem) or type(problem).__name__}"
                if isinstance(problem, PinIncorrect | PinLocked | PinLenRange):
                    PINS_REFUSED[self.uri, self.pin] = reason
                raise AuthorityMissing(reason=reason) from problem
        half = len(raw) // 2
        return encode_dss_signature(
            int.from_bytes(raw[:half]), int.from_bytes(raw[half:])
        )

    def key(self):
        """The key by a session that stays open; a forked process opens its own."""
        from pkcs11 import ObjectClass, lib  # noqa: PLC0415
        from pkcs11.exceptions import UserAlreadyLoggedIn  # noqa: PLC0415

        if self.opened is None or self.process != os.getpid():
            driver = lib(self.address.module)
            if self.process and self.process != os.getpid():
                driver.reinitialize()
            token = driver.get_token(**self.address.token)
            try:
                session = token.open(user_pin=self.pin)
            except UserAlreadyLoggedIn:  # by another session of this process
                session = token.open()
            self.opened = session.get_key(
                object_class=ObjectClass.PRIVATE_KEY, **self.address.key
            )
            self.process = os.getpid()
        return self.opened


def read_token(
    uri: str, pin: str, certificates: Path
) -> tuple[TokenKey, x509.Certificate, tuple[x509.Certificate, ...]]:
    """The key at ``uri`` and its chain, from a PEM file that begins with the signer's
    own certificate; a first signature proves that the two belong together.

    Raises ``AuthorityMissing`` with what is wrong.
    """
    try:
        own, *chain = x509.load_pem_x509_certificates(certificates.read_bytes())
    except (OSError, ValueError) as problem:
        reason = f"{certificates} holds no certificates in PEM ({problem})"
        raise AuthorityMissing(reason=reason) from problem
    public_key = own.public_key()
    if (
        not isinstance(public_key, EllipticCurvePublicKey)
        or public_key.curve.name != SECP256R1.name
    ):
        raise AuthorityMissing(
            reason=f"the key of {certificates} is not one of EC P-256"
        )
    key = TokenKey(uri, pin, public_key)
    refuse_a_stranger(key, certificates)
    return key, own, tuple(chain)


def refuse_a_stranger(key: TokenKey, certificates: Path) -> None:
    probe = b"Is this the key of the certificate?"
    try:
        key.public_key().verify(key.sign(probe), probe, ECDSA(SHA256()))
    except InvalidSignature as problem:
        reason = f"the key at {key.uri} is not that of the first one in {certificates}"
        raise AuthorityMissing(reason=reason) from problem
