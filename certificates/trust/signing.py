"""Signing a PDF so that any reader of PDFs can tell who made it, and that nothing
was changed since (PAdES)."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from asn1crypto.tsp import SigningCertificateV2
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.utils import timezone
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.attributes import (
    SignedAttributeProviderSpec,
    SigningCertificateV2Provider,
)
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .authority import Authority, authority
from .errors import TimestampMissing

FIELD = "Authority"
DIGEST = "sha256"
TIMESTAMP_SECONDS = 10
# The signature proper and its signed attributes, which take about 700.
SIGNATURE_BYTES = 2000


class OwnCertificate(SigningCertificateV2Provider):
    """Names the signer's certificate, encoded once: doing so for every signature took
    more than half of its time."""

    def __init__(self, certificate: Certificate):
        super().__init__(certificate)
        self.encoded = as_signing_certificate_v2(certificate).dump()

    async def build_attr_value(self, dry_run: bool = False) -> SigningCertificateV2:
        return SigningCertificateV2.load(self.encoded)


class OwnCertificateAlone(SignedAttributeProviderSpec):
    """What PAdES has signed beside the content, as pyHanko itself would add it."""

    def __init__(self, certificate: Certificate):
        self.own = OwnCertificate(certificate)

    def signed_attr_providers(
        self, data_digest: bytes, digest_algorithm: str
    ) -> Iterator[OwnCertificate]:
        yield self.own


class AuthoritySigner(Signer):
    """Signs with the authority's key wherever it is, read once."""

    def __init__(self, by: Authority):
        self.key = by.key
        store = SimpleCertificateStore()
        store.register_multiple(map(translate_pyca_cryptography_cert_to_asn1, by.chain))
        super().__init__(
            signing_cert=translate_pyca_cryptography_cert_to_asn1(by.certificate),
            cert_registry=store,
        )
        self.signed_attr_prov_spec = OwnCertificateAlone(self.signing_cert)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        assert digest_algorithm == DIGEST
        return self.key.sign(data, ECDSA(SHA256()))


class UntouchedMetadataWriter(IncrementalPdfFileWriter):
    """Appends the signature alone: rewritten metadata could contradict the archival
    format that the document declares."""

    def _update_meta(self):
        return


def sign_pdf(content: bytes) -> bytes:
    """Return ``content`` with the authority's signature, which certifies it: any
    later change, be it a comment, breaks it.

    Raises ``AuthorityMissing`` or ``TimestampMissing``.
    """
    by = authority()
    by.refuse_unless_valid(timezone.now())
    signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            name=by.name,
        ),
        signer=signer_of(by),
        timestamper=timestamper(settings.TIMESTAMP_URL),
    )
    try:
        signed = signer.sign_pdf(
            UntouchedMetadataWriter(BytesIO(content)), bytes_reserved=room_for(by)
        )
    except TimestampRequestError as problem:
        raise TimestampMissing from problem
    return signed.getvalue()


def room_for(by: Authority) -> int | None:
    """How many characters a signature takes, with its chain and a little to spare.

    Without a time stamp it is known beforehand; pyHanko would make every signature
    twice to find out, so it is asked to only where a stamp comes from elsewhere.
    """
    if settings.TIMESTAMP_URL:
        return None
    chain = sum(len(each.public_bytes(Encoding.DER)) for each in by.chain)
    own = len(by.certificate.public_bytes(Encoding.DER))
    return 2 * (chain + own + SIGNATURE_BYTES)


@lru_cache(maxsize=8)
def signer_of(by: Authority) -> AuthoritySigner:
    return AuthoritySigner(by)


@lru_cache(maxsize=2)
def timestamper(url: str) -> RequestsHTTPTimeStamper | None:
    """Kept, because it learns from its first answer how much room a stamp takes."""
    return RequestsHTTPTimeStamper(url, timeout=TIMESTAMP_SECONDS) if url else None
