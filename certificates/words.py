"""What a certificate's pages say of the Measures, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ledger.words import spoken
from measures import Change

HOW = {"added": _("new"), "dropped": _("dropped"), "changed": _("changed")}


@dataclass(frozen=True)
class ToldChange:
    """``code`` is where the clause stands on the page of the Measures."""

    code: str
    text: str
    how: str


def in_words(changes: Iterable[Change]) -> list[ToldChange]:
    return [
        ToldChange(each.clause.code, spoken(each.clause.text), str(HOW[each.how]))
        for each in changes
    ]
