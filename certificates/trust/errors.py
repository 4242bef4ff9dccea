"""What the authority turns down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class AuthorityMissing(Refused):
    """Its value ``reason`` names files, so it is for the log and the console only."""

    code = "authority-missing"
    message = _(
        "The issuing authority's keys cannot be used, and nothing is issued or printed "
        "unsigned. Tell the administrator."
    )


class TimestampMissing(Refused):
    code = "timestamp-missing"
    message = _(
        "The time stamp server did not answer, so the certificate is not printed "
        "yet. Try again in a few minutes."
    )


class NotACode(Refused):
    code = "not-a-code"
    message = _(
        "This is not the code of a certificate. Scan the QR code again, or copy the "
        "whole of it."
    )


class ForeignCode(Refused):
    code = "foreign-code"
    message = _("This code was not signed by the issuing authority.")


class AlteredCode(Refused):
    code = "altered-code"
    message = _("This code was altered after it was signed; the paper is not ours.")


class NotSigned(Refused):
    code = "not-signed"
    message = _(
        "This file carries no signature that can be read. An original is the PDF as it "
        "was handed out: what was printed, scanned or saved anew is none."
    )


class ForeignPaper(Refused):
    code = "foreign-paper"
    message = _("This PDF was not signed by the issuing authority; it is not ours.")


class AlteredPaper(Refused):
    code = "altered-paper"
    message = _(
        "This PDF was altered after the issuing authority signed it. Do not trust what "
        "it says; ask for the original, or verify by number and code."
    )
