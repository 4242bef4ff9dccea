"""What the courses turn down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class ChecksUnanswered(Refused):
    code = "checks-unanswered"
    message = _("Answer the self-checks first: %(left)s of %(total)s are still open.")


class NoSuchCheck(Refused):
    code = "no-such-check"
    message = _("This question is no longer part of the lesson. Read the page again.")


class NothingChosen(Refused):
    code = "nothing-chosen"
    message = _("Choose an answer first.")


class TooManyChosen(Refused):
    code = "too-many-chosen"
    message = _("Choose one answer only.")


class NoSuchOption(Refused):
    code = "no-such-option"
    message = _("This answer is not one of the question's options.")


class UnreadableContent(Refused):
    code = "unreadable-content"
    message = _("%(path)s cannot be read: %(reason)s")
