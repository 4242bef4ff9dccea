"""JSON Web Keys and Signatures (RFC 7515, 7517, 7638), as far as we need them."""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

COORDINATE = 32  # bytes of a number on P-256
Json = dict[str, object]


def text_of(content: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def compact(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def public_jwk(key: EllipticCurvePublicKey | Ed25519PublicKey) -> dict[str, str]:
    if isinstance(key, Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": text_of(key.public_bytes_raw())}
    point = key.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": text_of(point.x.to_bytes(COORDINATE, "big")),
        "y": text_of(point.y.to_bytes(COORDINATE, "big")),
    }


def thumbprint(key: EllipticCurvePublicKey | Ed25519PublicKey) -> str:
    """The key's name, which anyone can compute from the key (RFC 7638)."""
    canonical = json.dumps(public_jwk(key), sort_keys=True, separators=(",", ":"))
    return text_of(sha256(canonical.encode()).digest())


def signed(
    header: Json, payload: Json, key: EllipticCurvePrivateKey | Ed25519PrivateKey
) -> tuple[str, str, str]:
    """Return protected header, payload and signature, each in base64url."""
    parts = text_of(compact(header)), text_of(compact(payload))
    content = ".".join(parts).encode()
    if isinstance(key, Ed25519PrivateKey):
        return *parts, text_of(key.sign(content))
    r, s = decode_dss_signature(key.sign(content, ECDSA(SHA256())))
    both = r.to_bytes(COORDINATE, "big") + s.to_bytes(COORDINATE, "big")
    return *parts, text_of(both)
