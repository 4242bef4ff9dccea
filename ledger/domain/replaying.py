"""A case as ``measures`` reads it: the subject's history, the facts, the steps."""

from collections.abc import Iterable

import measures
from ledger.domain.reading import events_of, status_before
from ledger.errors import CaseUnreadable
from ledger.models import Case, Entry
from ledger.words import spoken


def case_for_measures(case: Case, steps: Iterable[dict]) -> dict:
    """Return the case in the exchange format, with these steps taken."""
    return {
        "procedure": case.procedure,
        "subject": case.subject_kind,
        "status": status_before(case),
        "history": events_of(case.subject_kind, case.subject_id, but=case),
        "facts": case.facts,
        "steps": list(steps),
    }


def step_for_measures(entry: Entry) -> dict:
    return {
        "step": entry.step,
        "level": entry.level,
        "on": entry.on.isoformat(),
        "concluded_on": entry.concluded_on and entry.concluded_on.isoformat(),
        "outcome": entry.outcome,
        "notice": entry.notice,
        "meeting": entry.meeting,
        "documents": entry.documents,
    }


def replay_case(mapping: dict) -> measures.Replay:
    """Replay; what cannot even be read is refused with the place of the fault."""
    try:
        return measures.replay(mapping)
    except measures.Unreadable as fault:
        raise unreadable(fault) from fault


def unreadable(fault: measures.Unreadable) -> CaseUnreadable:
    return CaseUnreadable(path=fault.path, reason=spoken(fault.message))
