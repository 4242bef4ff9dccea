"""Entries and findings as the case's page tells them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .models import Case, Entry
from .words import language, named

VERDICTS = {True: "done", False: "failed", None: "soon"}


@dataclass(frozen=True)
class Moment:
    """One line of ``components/timeline.html``."""

    at: date
    title: str
    text: str
    who: str
    kind: str


@dataclass(frozen=True)
class Finding:
    """What was found of one item when the case was opened."""

    name: str
    because: str
    citation: str
    kind: str


def moments_of(case: Case, entries: Iterable[Entry]) -> list[Moment]:
    """The ledger of a case, its opening first."""
    opened = case.opened_by.real_name if case.opened_by else _("the site")
    first = Moment(case.opened_on, _("Case opened"), "", opened, "")
    return [first, *(moment(entry) for entry in entries)]


def story_of(kind: str, subject_id: int) -> list[Moment]:
    """All that the ledger says of a subject, the newest first; one query."""
    told = Entry.objects.about(kind, subject_id).select_related("by").order_by("-pk")
    return [moment(entry) for entry in told]


def moment(entry: Entry) -> Moment:
    words = [notice_of(entry), meeting_of(entry), entry.note]
    if entry.event:
        words.insert(0, _("Status: %(status)s") % {"status": entry.status_name})
    name = entry.by.real_name if entry.by else _("the site")
    return Moment(
        at=entry.on,
        title=entry.title
        if not entry.level
        else f"{entry.title} · {entry.outcome_name}",
        text="; ".join(filter(None, words)),
        who=" ".join(filter(None, [named(entry.level, "level"), name])),
        kind="failed" if entry.outcome == "failed" else "done",
    )


def notice_of(entry: Entry) -> str:
    if not entry.notice:
        return ""
    return _("Notice from %(since)s to %(until)s") % {
        "since": entry.notice["from"],
        "until": entry.notice["to"],
    }


def meeting_of(entry: Entry) -> str:
    if not entry.meeting:
        return ""
    return (
        _("%(present)s of %(called)s present, %(in_favour)s in favour") % entry.meeting
    )


def findings_of(case: Case) -> list[Finding]:
    """The evidence of the case in the reader's language."""
    spoken_in = "en" if language() == "en" else "zh"
    return [
        Finding(
            name=named(each["code"], "item"),
            because=each[spoken_in],
            citation=each["citation"],
            kind=VERDICTS[each["met"]],
        )
        for each in case.evidence
    ]
