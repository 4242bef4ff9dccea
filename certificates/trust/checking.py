"""Judging a PDF that somebody hands in."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .authority import authority


@dataclass(frozen=True)
class SignatureCheck:
    """``valid`` is the answer; the rest says why.

    ``intact``: what was signed is what is there. ``trusted``: our authority signed
    (asked only of what is intact). ``covers_whole_file``: nothing stands beside it.
    """

    valid: bool = False
    intact: bool = False
    trusted: bool = False
    covers_whole_file: bool = False
    signer: str = ""
    signed_at: datetime | None = None
    title: str = ""


NOTHING = SignatureCheck()


def check_pdf(content: bytes, *, at: datetime) -> SignatureCheck:
    """Say whether ``content`` is a PDF that our authority signed and nobody changed.

    Nothing is fetched from anywhere. Of a file with no signature, with two, or one
    that no PDF reader understands, nothing can be said: ``NOTHING``.
    """
    try:
        return checked(content, at)
    except Exception:  # a broken file can break a parser in any way
        return NOTHING


def checked(content: bytes, at: datetime) -> SignatureCheck:
    reader = PdfFileReader(BytesIO(content))
    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        return NOTHING
    status = validate_pdf_signature(
        signatures[0],
        ValidationContext(
            trust_roots=[
                translate_pyca_cryptography_cert_to_asn1(root)
                for root in authority().roots
            ],
            allow_fetching=False,
            moment=at,
        ),
    )
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    intact = status.intact and status.valid
    return SignatureCheck(
        # Not ``bottom_line``: that also asks whether we know who runs the time stamp
        # server, which says nothing about our own signature.
        valid=intact and status.trusted and bool(status.docmdp_ok) and whole,
        intact=intact,
        trusted=status.trusted,
        covers_whole_file=whole,
        signer=status.signing_cert.subject.human_friendly,
        signed_at=status.signer_reported_dt,
        title=str(reader.document_meta_view.title or ""),
    )
