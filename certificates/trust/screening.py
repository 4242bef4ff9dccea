"""Whether a file carries our signature, found out before anybody reads it as a PDF.

Strangers hand these in. A PDF of their own making may unfold to more than any memory,
so none is unfolded unless every byte of it is what the authority signed.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from asn1crypto.cms import CMSAttributes, ContentInfo, SignedData, SignerInfo
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from .authority import authority
from .errors import AlteredPaper, ForeignPaper, NotSigned

# What is signed: from the beginning to the signature, and from behind it on.
RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
# A chain is short; more certificates than these are there to keep us busy.
MOST_CERTIFICATES = 10


class Envelope(NamedTuple):
    """The one signature of a file, and what it says it was made over."""

    signed: SignedData
    digest: bytes
    is_whole: bool


def refuse_unless_ours(content: bytes) -> None:
    """Raise ``NotSigned``, ``ForeignPaper`` or ``AlteredPaper``, unless the authority
    signed every byte of ``content`` but the signature's own."""
    envelope = envelope_of(content)
    try:
        signer, others = certificates_in(envelope.signed)
        is_sound = envelope.is_whole and is_intact(envelope, signer)
        is_ours = is_issued(signer, others)
    except (ValueError, TypeError, KeyError, SignatureValidationError) as problem:
        raise NotSigned from problem
    if not is_ours:
        raise ForeignPaper
    if not is_sound:
        raise AlteredPaper


def envelope_of(content: bytes) -> Envelope:
    found = RANGE.findall(content)
    if len(found) != 1:
        raise NotSigned
    end, start, rest = map(int, found[0])
    written = content[end:start]
    try:
        packed = bytes.fromhex(written.strip(b"<>").decode("ascii"))
        signed = ContentInfo.load(packed)["content"]
        if not isinstance(signed, SignedData) or len(signed["signer_infos"]) != 1:
            raise NotSigned
    except (ValueError, TypeError) as problem:
        raise NotSigned from problem
    digest = sha256(content[:end] + content[start : start + rest]).digest()
    return Envelope(signed, digest, start + rest == len(content))


def certificates_in(
    signed: SignedData,
) -> tuple[x509.Certificate, list[x509.Certificate]]:
    """The signer's, and those that came with it."""
    packed = [each.chosen.dump() for each in signed["certificates"]]
    if len(packed) > MOST_CERTIFICATES:
        raise NotSigned
    found = [x509.load_der_x509_certificate(each) for each in packed]
    serial = signer_info(signed)["sid"].chosen["serial_number"].native
    signers = [each for each in found if each.serial_number == serial]
    if len(signers) != 1:
        raise NotSigned
    return signers[0], found


def signer_info(signed: SignedData) -> SignerInfo:
    return signed["signer_infos"][0]


def is_intact(envelope: Envelope, signer: x509.Certificate) -> bool:
    info = signer_info(envelope.signed)
    if not isinstance(info["signed_attrs"], CMSAttributes):
        return False
    try:
        same, signed = validate_sig_integrity(
            info,
            translate_pyca_cryptography_cert_to_asn1(signer),
            expected_content_type="data",
            actual_digest=envelope.digest,
        )
    except InvalidSignature:
        return False
    return same and signed


def is_issued(
    certificate: x509.Certificate, others: Iterable[x509.Certificate]
) -> bool:
    """Whether one of our roots stands above ``certificate``, by way of ``others``."""
    by = authority()
    believed, left = [*by.roots, *by.chain], [certificate, *others]
    while newly := [each for each in left if is_issued_by(each, believed)]:
        if certificate in newly:
            return True
        believed, left = newly, [each for each in left if each not in newly]
    return False


def is_issued_by(
    certificate: x509.Certificate, above: Iterable[x509.Certificate]
) -> bool:
    for each in above:
        try:
            certificate.verify_directly_issued_by(each)
        except (ValueError, TypeError, InvalidSignature):
            continue
        return True
    return False
