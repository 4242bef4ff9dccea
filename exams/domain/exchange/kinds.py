"""The kinds of questions that other systems have and this bank has not, by name."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAMES = {
    # Moodle's types
    "description": gettext_lazy("text without a question"),
    "calculated": gettext_lazy("calculation by formula"),
    "calculatedsimple": gettext_lazy("calculation by formula"),
    "calculatedmulti": gettext_lazy("calculation by formula"),
    "gapselect": gettext_lazy("choosing words for gaps"),
    "ddwtos": gettext_lazy("dragging words into gaps"),
    "ddmarker": gettext_lazy("dragging marks onto a picture"),
    "ddimageortext": gettext_lazy("dragging onto a picture"),
    "randomsamatch": gettext_lazy("matching"),
    "regexmatch": gettext_lazy("short answer by a pattern"),
    "pmatch": gettext_lazy("short answer by a pattern"),
    "stack": gettext_lazy("calculation by formula"),
    "random": gettext_lazy("a question drawn at random"),
    "coderunner": gettext_lazy("program code"),
    # QTI's interactions
    "graphicGapMatchInteraction": gettext_lazy("dragging onto a picture"),
    "hottextInteraction": gettext_lazy("choosing words in a text"),
    "hotspotInteraction": gettext_lazy("choosing places in a picture"),
    "selectPointInteraction": gettext_lazy("choosing places in a picture"),
    "graphicOrderInteraction": gettext_lazy("ordering in a picture"),
    "graphicAssociateInteraction": gettext_lazy("pairing in a picture"),
    "positionObjectInteraction": gettext_lazy("dragging onto a picture"),
    "sliderInteraction": gettext_lazy("slider"),
    "mediaInteraction": gettext_lazy("watching or listening"),
    "drawingInteraction": gettext_lazy("drawing"),
    "uploadInteraction": gettext_lazy("handing in a file"),
    "endAttemptInteraction": gettext_lazy("a button that ends the attempt"),
    "customInteraction": gettext_lazy("an interaction of the vendor's own"),
    "portableCustomInteraction": gettext_lazy("an interaction of the vendor's own"),
}


def not_carried(kind: str) -> str:
    """Say that the bank has no such kind, with the name the other system gives it."""
    name = NAMES.get(kind)
    if name is None:
        return _("questions of the kind %(kind)s are not carried") % {"kind": kind}
    return _("questions of the kind %(name)s (%(kind)s) are not carried") % {
        "name": name,
        "kind": kind,
    }


def media_fault() -> str:
    return _("it shows a picture, sound or film, which the bank cannot hold")
