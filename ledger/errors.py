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


class CaseUnreadable(Refused):
    code = "unreadable"
    message = _("%(path)s: %(reason)s")
