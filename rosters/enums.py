"""How somebody holds a post, and why they leave it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tenure(TextChoices):
    """The post itself, or its cover 代理 until a day; one post, any cover besides."""

    SUBSTANTIVE = "substantive", _("In post")
    ACTING = "acting", _("Acting cover")


class Leaving(TextChoices):
    TRANSFERRED = "transferred", _("Transferred to another post")
    RESIGNED = "resigned", _("Resigned")
    RETIRED = "retired", _("Retired")
    UNFIT = "unfit", _("Not fit for the post")
    COVER_OVER = "cover_over", _("Cover over")
    OTHER = "other", _("Another reason")
