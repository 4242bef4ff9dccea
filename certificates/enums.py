"""What a certificate can be on a day."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    SUSPENDED = "suspended", _("Suspended")
    SUPERSEDED = "superseded", _("Replaced by a newer one")


class Reissue(TextChoices):
    """Why a certificate is given anew under a new number."""

    CORRECTION = "correction", _("Name or ID number changed")
    LOST = "lost", _("Paper lost or damaged")


class Orientation(TextChoices):
    """How the sheet of a certificate lies."""

    LANDSCAPE = "landscape", _("Landscape")
    PORTRAIT = "portrait", _("Portrait")


class Bundle(TextChoices):
    """The forms in which a batch is fetched."""

    ARCHIVE = "archive", _("All signed PDFs in one ZIP file")
    WHOLE = "whole", _("All sheets to be printed, in one file")
    SHEETS = "sheets", _("Sheets to be printed")


class Reminding(TextChoices):
    """What a holder is told, each once for a certificate."""

    NINETY = "expires-90", _("Expires in 90 days")
    THIRTY = "expires-30", _("Expires in 30 days")
    SEVEN = "expires-7", _("Expires in 7 days")
    REFRESHER = "refresher", _("Refresher needed")
    NO_REFRESHER = "no-refresher", _("Refresher not needed any more")


class Refreshing(TextChoices):
    """How a decision about a refresher stands on a day."""

    OPEN = "open", _("Called, still open")
    LATE = "late", _("Past the day")
    DONE = "done", _("Renewed")
    NOT_NEEDED = "not-needed", _("No refresher needed")
