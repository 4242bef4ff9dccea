"""What ``ledger`` turns down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.errors import Refused

from .words import spoken

if TYPE_CHECKING:
    from measures import Because, Name


class StepRefused(Refused):
    """The Measures do not allow it; code and reason are those of ``measures``."""

    def __init__(self, code: str, because: Because | Name, citation: str = "") -> None:
        super().__init__()
        self.code = code
        self.because = because
        self.citation = citation

    def __str__(self) -> str:
        return spoken(self.because)


class NotYourPlace(Refused):
    code = "wrong-place"
    message = _("This step belongs to the %(level)s above %(place)s, not to you.")


class NoNotice(Refused):
    code = "no-notice"
    message = _("%(step)s gives no public notice.")


class NoticeOver(Refused):
    code = "notice-over"
    message = _("This notice no longer runs: its step is taken or it was given anew.")


class ReviewOpen(Refused):
    code = "objection-open"
    message = _("First settle the objection of %(day)s.")


class TooEarlyAnew(Refused):
    code = "dates-out-of-order"
    message = _("An objection was settled on %(day)s: give notice anew from then on.")


class NotOfTheOffices(Refused):
    code = "wrong-level"
    message = _("The offices above the village and its informant enter objections.")


class NotYourReview(Refused):
    code = "wrong-level"
    message = _("The review belongs to the level that gave notice: %(level)s.")


class AlreadySettled(Refused):
    code = "already-settled"
    message = _("This objection is settled already: %(outcome)s.")


class CaseUnreadable(Refused):
    code = "unreadable"
    message = _("%(path)s: %(reason)s")
