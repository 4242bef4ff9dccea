"""What an exercise turns down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class MarksIncomplete(Refused):
    code = "marks-incomplete"
    message = _("Mark every one of the nine items first: %(left)s are still open.")


class NotMarkedYet(Refused):
    code = "not-marked-yet"
    message = _("Judge the household first, then move its case.")
