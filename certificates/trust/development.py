"""An authority for development: nobody outside has any reason to believe it."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

STORE, CODE_KEY, ROOT, RETIRED = "signing.p12", "codes.pem", "root.pem", "retired"
USES = [
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
]
ORGANISATION = "扶贫信息员培训演示平台（演示签发机构）"
ROOT_DAYS, SIGNING_DAYS = 20 * 365, 10 * 365


def make_development_authority(folder: Path, *, password: str, at: datetime) -> bool:
    """Make the authority's files in ``folder`` unless they are there already.

    They appear all at once, so that nobody reads half an authority; of two makers
    at once the first one wins. Returns whether this call made them.
    """
    if (folder / STORE).exists():
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix="authority-", dir=folder.parent))  # of mode 700
    write_authority(draft, password=password, at=at)
    try:
        draft.rename(folder)
    except OSError:  # another process was faster
        for path in draft.iterdir():
            path.rmdir() if path.is_dir() else path.unlink()
        draft.rmdir()
        return False
    return True


def write_authority(folder: Path, *, password: str, at: datetime) -> None:
    root_key, key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    root = root_certificate(root_key, at=at)
    certificate = signing_certificate(key.public_key(), root, root_key, at=at)
    store = pkcs12.serialize_key_and_certificates(
        "演示签发".encode(), key, certificate, [root],
        BestAvailableEncryption(password.encode()),
    )  # fmt: skip
    code_key = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    keep(folder / STORE, store)
    keep(folder / CODE_KEY, code_key)
    keep(folder / ROOT, root.public_bytes(Encoding.PEM))
    (folder / RETIRED).mkdir(mode=0o700)


def keep(path: Path, content: bytes) -> None:
    """Write a file that only we can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def named(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def key_usage(**allowed: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**{**dict.fromkeys(USES, False), **allowed})


def root_certificate(key: EllipticCurvePrivateKey, *, at: datetime) -> x509.Certificate:
    name = named("演示根证书")
    return (
        begun(name, name, key.public_key(), days=ROOT_DAYS, at=at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, hashes.SHA256())
    )


def signing_certificate(
    key: EllipticCurvePublicKey,
    root: x509.Certificate,
    root_key: EllipticCurvePrivateKey,
    *,
    at: datetime,
) -> x509.Certificate:
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    usage = key_usage(digital_signature=True, content_commitment=True)
    return (
        begun(named("演示签发证书"), root.subject, key, days=SIGNING_DAYS, at=at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(above, critical=False)
        .sign(root_key, hashes.SHA256())
    )


def begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePublicKey,
    *,
    days: int,
    at: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        # Clocks of two machines differ by a little.
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )
