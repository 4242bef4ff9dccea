"""Entries and findings as the case's page tells them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch

from django.utils.translation import gettext as _

from .models import Case, Entry, Notice, Objection, Settlement
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
    rows = [*entries, *notice_acts(Notice.objects.filter(case=case))]
    return [first, *(moment_of(row) for row in sorted(rows, key=written_at))]


def story_of(kind: str, subject_id: int) -> list[Moment]:
    """All that the ledger says of a subject, the newest first; three queries."""
    told = Entry.objects.about(kind, subject_id).select_related("by").order_by("-pk")
    notices = Notice.objects.filter(
        case__subject_kind=kind, case__subject_id=subject_id
    )
    rows = [*told, *notice_acts(notices)]
    return [moment_of(row) for row in sorted(rows, key=written_at, reverse=True)]


def notice_acts(notices) -> list[Notice | Objection | Settlement]:
    """The notices, the objections to them and how these were settled; two queries."""
    objections = Objection.objects.filter(notice__in=notices).select_related(
        "by", "notice", "settlement__by"
    )
    acts: list[Notice | Objection | Settlement] = list(notices.select_related("by"))
    for objection in objections:
        acts.append(objection)
        if not objection.is_open:
            acts.append(objection.settlement)
    return acts


def written_at(row) -> datetime:
    return row.at


@singledispatch
def moment_of(row) -> Moment:
    raise TypeError(f"{type(row).__name__} is no entry of the ledger")


@moment_of.register
def moment_of_notice(notice: Notice) -> Moment:
    span = span_of(notice.since, notice.until)
    return Moment(
        at=notice.given_on,
        title=" · ".join([_("Notice published"), notice.step_name]),
        text="; ".join(filter(None, [span, notice.note])),
        who=" ".join([notice.level_name, name_of(notice)]),
        kind="",
    )


@moment_of.register
def moment_of_objection(objection: Objection) -> Moment:
    return Moment(
        at=objection.raised_on,
        title=" · ".join([_("Objection"), objection.objector]),
        text=objection.reason,
        who=name_of(objection),
        kind="",
    )


@moment_of.register
def moment_of_settlement(settlement: Settlement) -> Moment:
    return Moment(
        at=settlement.settled_on,
        title=" · ".join([_("Review of an objection"), settlement.outcome_name]),
        text=settlement.reason,
        who=name_of(settlement),
        kind="",
    )


def name_of(row) -> str:
    return row.by.real_name if row.by else _("the site")


@moment_of.register
def moment_of_entry(entry: Entry) -> Moment:
    words = [notice_of(entry), meeting_of(entry), entry.note]
    if entry.event:
        words.insert(0, _("Status: %(status)s") % {"status": entry.status_name})
    return Moment(
        at=entry.concluded_on or entry.on,
        title=entry.title
        if not entry.level
        else f"{entry.title} · {entry.outcome_name}",
        text="; ".join(filter(None, words)),
        who=" ".join(filter(None, [named(entry.level, "level"), name_of(entry)])),
        kind="failed" if entry.outcome == "failed" else "done",
    )


def notice_of(entry: Entry) -> str:
    if not entry.notice:
        return ""
    return span_of(entry.notice["from"], entry.notice["to"])


def span_of(since: date | str, until: date | str) -> str:
    return _("Notice from %(since)s to %(until)s") % {"since": since, "until": until}


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
