"""The issuing authority: its keys, its certificate, and whom else we believe."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    load_pem_public_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

from .errors import AuthorityMissing
from .token import TokenKey, read_token

# A hint of one byte says which key signed a code; the signature says the rest.
HINT_BYTES = 1
log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Authority:
    """Whoever signs: ``key`` PDFs and badges, ``code_key`` codes and lists.

    ``roots`` and ``code_keys`` hold the retired ones too, so that what they signed
    can still be checked; the one in use comes first.
    """

    key: EllipticCurvePrivateKey | TokenKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    code_key: Ed25519PrivateKey
    roots: tuple[x509.Certificate, ...]
    code_keys: tuple[Ed25519PublicKey, ...]

    @property
    def name(self) -> str:
        """The organisation, as the certificate has it; else the common name."""
        subject = self.certificate.subject
        for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
            if found := subject.get_attributes_for_oid(kind):
                return str(found[0].value)
        return subject.rfc4514_string()

    def refuse_unless_valid(self, at: datetime) -> None:
        """Raise ``AuthorityMissing`` outside the certificate's own period."""
        since = self.certificate.not_valid_before_utc
        until = self.certificate.not_valid_after_utc
        if not since <= at <= until:
            reason = f"its certificate is valid from {since:%F} to {until:%F} only"
            raise AuthorityMissing(reason=reason)


def authority() -> Authority:
    """Return the authority that the settings name; read once a process."""
    try:
        return read_authority(
            str(settings.AUTHORITY_PKCS12),
            settings.AUTHORITY_PASSWORD,
            str(settings.AUTHORITY_ED25519_KEY),
            str(settings.AUTHORITY_RETIRED or ""),
            token=settings.AUTHORITY_TOKEN,
            certificates=str(settings.AUTHORITY_CERTIFICATES),
        )
    except AuthorityMissing as refusal:
        log.error("No issuing authority: %s", refusal.values["reason"])
        raise


@lru_cache(maxsize=8)
def read_authority(
    store: str,
    password: str,
    code_key: str,
    retired: str,
    *,
    token: str = "",
    certificates: str = "",
) -> Authority:
    """From a PKCS#12 file, or from a token, whose PIN is the password then. Raise
    ``AuthorityMissing`` with the file or the token and what is wrong with it."""
    key, certificate, chain = (
        read_token(token, password, Path(certificates))
        if token
        else read_store(Path(store), password)
    )
    own_code_key = read_code_key(Path(code_key))
    old_roots, old_code_keys = read_retired(Path(retired)) if retired else ((), ())
    return Authority(
        key=key,
        certificate=certificate,
        chain=chain,
        code_key=own_code_key,
        roots=(root_of(certificate, chain), *old_roots),
        code_keys=(own_code_key.public_key(), *old_code_keys),
    )


def read_store(
    path: Path, password: str
) -> tuple[EllipticCurvePrivateKey, x509.Certificate, tuple[x509.Certificate, ...]]:
    content = read(path)
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(
            content, password.encode()
        )
    except ValueError as problem:
        reason = f"{path} is no PKCS#12 file, or the password is wrong"
        raise AuthorityMissing(reason=reason) from problem
    if key is None or certificate is None:
        raise AuthorityMissing(reason=f"{path} lacks the key or its certificate")
    if not isinstance(key, EllipticCurvePrivateKey) or key.curve.name != SECP256R1.name:
        raise AuthorityMissing(reason=f"the key in {path} is not one of EC P-256")
    return key, certificate, tuple(chain)


def read_code_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(read(path), password=None)
    except (ValueError, TypeError) as problem:
        reason = f"{path} is no unencrypted private key in PEM"
        raise AuthorityMissing(reason=reason) from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise AuthorityMissing(reason=f"the key in {path} is not one of Ed25519")
    return key


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        reason = f"{path} cannot be read ({problem.strerror})"
        raise AuthorityMissing(reason=reason) from problem


def root_of(
    certificate: x509.Certificate, chain: tuple[x509.Certificate, ...]
) -> x509.Certificate:
    """The certificate at the top of the chain that comes with the key."""
    by_subject = {each.subject: each for each in chain}
    top = certificate
    for _step in chain:
        above = by_subject.get(top.issuer)
        if above is None or above == top:
            break
        top = above
    return top


def read_retired(
    folder: Path,
) -> tuple[tuple[x509.Certificate, ...], tuple[Ed25519PublicKey, ...]]:
    """Read roots and public code keys from a folder of PEM files; it may be absent."""
    roots, code_keys = [], []
    for found in retired_parts(folder):
        (roots if isinstance(found, x509.Certificate) else code_keys).append(found)
    return tuple(roots), tuple(code_keys)


def retired_parts(folder: Path) -> Iterator[x509.Certificate | Ed25519PublicKey]:
    for path in sorted(folder.glob("*.pem")):
        content = read(path)
        try:
            if b"BEGIN CERTIFICATE" in content:
                yield from x509.load_pem_x509_certificates(content)
                continue
            key = load_pem_public_key(content)
        except ValueError as problem:
            reason = f"{path} holds neither a certificate nor a public key"
            raise AuthorityMissing(reason=reason) from problem
        if not isinstance(key, Ed25519PublicKey):
            raise AuthorityMissing(reason=f"the key in {path} is not one of Ed25519")
        yield key


def hint_of(key: Ed25519PublicKey) -> bytes:
    return sha256(key.public_bytes_raw()).digest()[:HINT_BYTES]
