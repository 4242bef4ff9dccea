"""Words with a fixed set of values."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Attested(TextChoices):
    """How well a sentence is vouched for; the reader always sees it."""

    SOURCE = "source", _("Text of the source")
    PUBLIC = "public", _("Public material")
    ASSUMED = "assumed", _("Set by this site")


class CalloutKind(TextChoices):
    NOTE = "note", pgettext_lazy("callout", "Note")
    MISTAKE = "mistake", pgettext_lazy("callout", "Common mistake")
    REMEMBER = "remember", pgettext_lazy("callout", "Remember")


class CheckKind(TextChoices):
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    JUDGE = "judge", _("True or false")
