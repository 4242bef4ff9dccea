"""How somebody holds a post, and why they leave it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tenure(TextChoices):
    """The post itself, or its cover 代理 until a day; one post, any cover besides."""

    SUBSTANTIVE = "substantive", _("In post")
    ACTING = "acting", _("Acting cover")


class Station(TextChoices):
    """The way to a post, in its order."""

    NOMINATED = "nominated", pgettext_lazy("station", "Nominated")
    SELECTED = "selected", pgettext_lazy("station", "Selected")
    TRAINED = "trained", pgettext_lazy("station", "Trained")
    EXAMINED = "examined", pgettext_lazy("station", "Examined")
    CERTIFIED = "certified", pgettext_lazy("station", "Certified")
    IN_POST = "in_post", pgettext_lazy("station", "In post")
    LEFT = "left", pgettext_lazy("station", "Left")


class Turn(TextChoices):
    """Whose move it is."""

    OFFICE_SELECTS = "office_selects", _("the office, to select")
    PERSON_LEARNS = "person_learns", _("the person, to finish training")
    PERSON_SITS = "person_sits", _("the person, to pass the exam")
    OFFICE_CERTIFIES = "office_certifies", _("the office, to certify")
    OFFICE_ASSIGNS = "office_assigns", _("the office, to put in post")
    PERSON_RENEWS = "person_renews", _("the person, to renew the certificate")
    NOBODY = "nobody", _("nobody")


class Why(TextChoices):
    """Why a seat opened."""

    EXPIRED = "expired", _("certificate run out")
    REVOKED = "revoked", _("certificate revoked")
    SUSPENDED = "suspended", _("certificate suspended")
    LEFT = "left", _("left the post")


class Leaving(TextChoices):
    TRANSFERRED = "transferred", _("Transferred to another post")
    RESIGNED = "resigned", _("Resigned")
    RETIRED = "retired", _("Retired")
    UNFIT = "unfit", _("Not fit for the post")
    COVER_OVER = "cover_over", _("Cover over")
    OTHER = "other", _("Another reason")
