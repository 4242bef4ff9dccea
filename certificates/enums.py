"""What a certificate can be on a day."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class Bundle(TextChoices):
    """The forms in which a batch is fetched."""

    ARCHIVE = "archive", _("All signed PDFs in one ZIP file")
    SHEETS = "sheets", _("Sheets to be printed")
