"""Where a case stands among the stations of its procedure, as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

import measures
from ledger.domain.replaying import case_for_measures, replay_case, step_for_measures
from ledger.domain.timing import clock_of
from ledger.models import Case, Entry, Notice
from ledger.words import named, spoken


@dataclass(frozen=True)
class Station:
    """One step of a procedure: taken, due, still to come, or never to be reached.

    ``state`` and ``word`` are what ``components/stations.html`` draws.
    """

    code: str
    name: str
    level: str
    level_name: str
    state: str
    word: str = ""
    on: date | None = None
    outcome: str = ""
    note: str = ""
    who: str = ""
    notice_from: date | None = None
    notice_to: date | None = None
    notice_days_left: int = 0
    notice_stopped: bool = False
    optional: bool = False


def stations(
    procedure: str,
    subject: str,
    steps_taken: Iterable[Mapping],
    replay: measures.Replay,
    *,
    on: date | None = None,
) -> list[Station]:
    """Return every step of the procedure with what became of it.

    ``steps_taken`` are the steps in the exchange format, made-up ones as well as real
    ones (these may also say ``who`` and ``note``); ``replay`` is the answer to them;
    ``on`` is the day from which a notice's days are counted.
    """
    taken = list(steps_taken)[: replay.accepted]
    due = {(each.step, each.level) for each in replay.next}
    found = []
    for step in measures.procedure(procedure, subject).steps:
        if taken and taken[0]["step"] == step.code:
            found.append(station_passed(step, taken.pop(0), on))
        else:
            found.append(station_ahead(step, replay, due, passed_by=bool(taken)))
    return found


def station_passed(step: measures.Step, taken: Mapping, on: date | None) -> Station:
    outcome = taken.get("outcome") or "passed"
    notice = taken.get("notice") or {}
    ends = day(notice.get("to"))
    running = ends is not None and on is not None and on <= ends
    return Station(
        code=step.code,
        name=spoken(step.name),
        level=taken["level"],
        level_name=named(taken["level"], "level"),
        state="closed" if outcome == "failed" else "done",
        word=named(outcome, "outcome"),
        on=day(taken.get("on")),
        outcome=outcome,
        note=taken.get("note", ""),
        who=taken.get("who", ""),
        notice_from=day(notice.get("from")),
        notice_to=ends,
        notice_days_left=(ends - on + timedelta(days=1)).days if running else 0,
        optional=step.optional,
    )


def station_ahead(
    step: measures.Step, replay: measures.Replay, due: set, *, passed_by: bool
) -> Station:
    level = next((lv for code, lv in due if code == step.code), step.level)
    is_due = (step.code, level) in due
    if is_due and step.level not in (level, "checker", "subject"):
        is_due = False  # the same step again, of another level
        level = step.level
    closed = passed_by or (replay.state != "open" and not is_due)
    return Station(
        code=step.code,
        name=spoken(step.name),
        level=level,
        level_name=named(level, "level") if level in measures.codes("level") else "",
        state="current" if is_due else "closed" if closed else "next",
        word=_("Passed over") if passed_by else _("Not reached") if closed else "",
        optional=step.optional,
    )


def day(text: str | date | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text


def stations_of(
    case: Case, entries: Iterable[Entry], *, on: date, notice: Notice | None = None
) -> list[Station]:
    """The stations of a case of the registers; ``notice`` is that of the step due."""
    steps = [step_for_measures(entry) for entry in entries]
    replay = replay_case(case_for_measures(case, steps))
    told = [
        step | {"who": entry.by.real_name if entry.by else "", "note": entry.note}
        for step, entry in zip(steps, entries, strict=True)
    ]
    found = stations(case.procedure, case.subject_kind, told, replay, on=on)
    if notice is None:
        return found
    clock = clock_of(notice, on)
    return [
        replace(
            stop,
            notice_from=notice.since,
            notice_to=clock.ends_on or notice.until,
            notice_days_left=0 if clock.fallen else clock.left,
            notice_stopped=clock.stopped_since is not None,
        )
        if stop.state == "current" and stop.code == notice.step
        else stop
        for stop in found
    ]
