"""Why somebody leaves a post."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Leaving(TextChoices):
    TRANSFERRED = "transferred", _("Transferred to another post")
    RESIGNED = "resigned", _("Resigned")
    RETIRED = "retired", _("Retired")
    UNFIT = "unfit", _("Not fit for the post")
    OTHER = "other", _("Another reason")
