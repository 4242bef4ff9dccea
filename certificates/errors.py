"""What ``certificates`` turns down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NotEarned(Refused):
    code = "not-earned"
    message = _("This attempt did not pass the exam, so it earns no certificate.")


class NoIssuingOffice(Refused):
    code = "no-issuing-office"
    message = _(
        "No office can issue this certificate: the person has no home division. "
        "The office that keeps the account must enter it first."
    )


class AlreadyExpired(Refused):
    code = "already-expired"
    message = _("This certificate has expired already; it cannot be revoked.")


class ReasonMissing(Refused):
    code = "reason-missing"
    message = _("A certificate is revoked with a reason. Write it down.")


class NotYourCertificate(Refused):
    code = "not-your-certificate"
    message = _(
        "Only the county or city office above the holder's home division may revoke "
        "this certificate."
    )


class GlyphMissing(Refused):
    code = "glyph-missing"
    message = _(
        "The certificate cannot be printed: the font has no glyph for %(characters)s. "
        "Tell the administrator; the certificate itself stays valid."
    )
