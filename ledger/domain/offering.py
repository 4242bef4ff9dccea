"""What a person may do about a case now, and why not what is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

import measures
from accounts.models import User
from ledger.domain.opening import APPLICANT
from ledger.domain.reading import events_of, status_of
from ledger.domain.replaying import case_for_measures, replay_case, step_for_measures
from ledger.models import Case, Entry
from ledger.permissions import acts_for
from ledger.words import named, spoken

# Longer than any notice that the Measures know, to see what else stands in the way.
LONG_NOTICE = timedelta(days=400)


@dataclass(frozen=True)
class Act:
    """One step that is due: open to this person, or closed with the reason.

    ``bar`` is why the step could not pass as the case stands; it may still fail.
    """

    step: measures.Step
    name: str
    level: str
    level_name: str
    closed: str = ""
    bar: str = ""


@dataclass(frozen=True)
class Offer:
    """A procedure that may be started for a subject, or the reason it may not."""

    code: str
    name: str
    closed: str = ""
    citation: str = ""


def offers_for(kind: str, subject_id: int, *, facts: dict) -> list[Offer]:
    """Return the procedures of this kind of subject, each open or closed with why.

    A rollback begins with a failed check, not here.
    """
    known = {
        "subject": kind,
        "status": status_of(kind, subject_id).status or APPLICANT,
        "history": events_of(kind, subject_id),
        "facts": facts,
    }
    found = []
    for each in measures.procedures():
        if each.subject == kind and each.code != "roll_back":
            refusal = measures.refusal_to_open(known | {"procedure": each.code})
            why = spoken(refusal.because) if refusal else ""
            found.append(Offer(each.code, spoken(each.name), why, each.citation))
    return found


def acts_for_case(
    case: Case, entries: Sequence[Entry], *, by: User, on: date
) -> list[Act]:
    """Return the acts that are due in the case as ``by`` sees them."""
    if not case.is_open:
        return []
    steps = [step_for_measures(entry) for entry in entries]
    known = case_for_measures(case, steps)
    replay = replay_case(known)
    declared = measures.procedure(case.procedure, case.subject_kind)
    return [
        act(case, known, declared_step(declared, due), due, by=by, on=on)
        for due in replay.next
    ]


def declared_step(
    procedure: measures.Procedure, due: measures.NextStep
) -> measures.Step:
    named_so = [step for step in procedure.steps if step.code == due.step]
    return next((step for step in named_so if step.level == due.level), named_so[0])


def declared_step_called(
    code: str, case: Case, acts: Sequence[Act]
) -> measures.Step | None:
    """The step that somebody names: the one that is due, else any of the procedure.

    One that is not due goes to the domain all the same: sent twice it is done already,
    and otherwise the refusal says why.
    """
    declared = measures.procedure(case.procedure, case.subject_kind).steps
    steps = [*(act.step for act in acts), *declared]
    return next((step for step in steps if step.code == code), None)


def act(
    case: Case,
    known: dict,
    step: measures.Step,
    due: measures.NextStep,
    *,
    by: User,
    on: date,
) -> Act:
    mine = acts_for(by, due.level, case.division_code)
    level = named(due.level, "level")
    closed = "" if mine else _("For: %(level)s") % {"level": level}
    return Act(
        step=step,
        name=spoken(step.name),
        level=due.level,
        level_name=level,
        closed=closed,
        bar=bar_to(step, due, known, on) if mine else "",
    )


def bar_to(step: measures.Step, due: measures.NextStep, known: dict, on: date) -> str:
    """Ask ``measures`` whether the step could pass today, its notice long enough."""
    trial = {"step": step.code, "level": due.level, "on": on.isoformat()}
    if step.notice_days:
        ends = (on + LONG_NOTICE).isoformat()
        trial["notice"] = {"from": on.isoformat(), "to": ends}
    answer = replay_case(known | {"steps": [*known["steps"], trial]})
    return spoken(answer.refused.because) if answer.refused else ""
