"""Taking the steps of a case."""

from datetime import date
from functools import partial

from django.db import transaction

import measures
from accounts.models import User
from core.audit import record
from ledger.domain.replaying import case_for_measures, replay_case, step_for_measures
from ledger.domain.timing import (
    as_it_ran,
    follow_notice,
    objections_to,
    standing_notice,
)
from ledger.errors import NotYourPlace, StepRefused
from ledger.models import Case, Entry
from ledger.permissions import acts_for, own_level
from ledger.signals import case_closed, entry_written
from ledger.words import named

EVENT_OF = {"registered": "identified"}


@transaction.atomic
def take_step(
    case: Case,
    step: str,
    *,
    outcome: str,
    by: User,
    on: date,
    meeting: dict | None = None,
    documents: list[str] | None = None,
    note: str = "",
    key: str = "",
    index: int | None = None,
) -> Entry:
    """Take ``step`` and leave an entry, if ``measures`` finds it lawful now.

    A step that gives notice takes with it the one that was published, with what was
    objected to it, and is concluded ``on`` a day after that has run.

    Sent twice (same ``key``, or the ``index`` it saw already holds this step) it
    returns the first entry. Raises ``StepRefused`` with the reason of ``measures``, or
    ``NotYourPlace`` for the right level of another place; then nothing is written.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    entries = list(case.entries.order_by("index"))
    if sent := already_sent(case, entries, step, key=key, index=index):
        return sent
    taken = {
        "step": step,
        "level": level_of(case, entries, step, by),
        "on": on.isoformat(),
        "outcome": outcome,
        "notice": None,
        "meeting": meeting,
        "documents": documents,
        **days_of_notice(case, entries, step, on=on),
    }
    answer = refuse_unlawful(case, entries, taken)
    if not acts_for(by, taken["level"], case.division_code):
        raise NotYourPlace(
            level=named(taken["level"], "level"), place=case.division.full_name
        )
    entry = write(case, entries, taken, answer=answer, by=by, note=note, key=key)
    follow(case, answer, on=on)
    entry_written.send(Entry, entry=entry)
    record("step.taken", case, by=by, step=step, level=entry.level, outcome=outcome)
    if not case.is_open:
        transaction.on_commit(partial(case_closed.send, Case, case=case))
    return entry


def days_of_notice(case: Case, entries: list[Entry], step: str, *, on: date) -> dict:
    """What the standing notice says of the step: begun on its day, concluded ``on``."""
    notice = standing_notice(case, len(entries))
    if notice is None or notice.step != step:
        return {}
    return {
        "on": notice.given_on.isoformat(),
        "concluded_on": on.isoformat(),
        "notice": as_it_ran(notice, objections_to(notice), at_least=on),
    }


def already_sent(
    case: Case, entries: list[Entry], step: str, *, key: str, index: int | None
) -> Entry | None:
    if key and (held := case.entries.filter(key=key).first()):
        return held
    if index is not None and index < len(entries) and entries[index].step == step:
        return entries[index]
    return None


def level_of(case: Case, entries: list[Entry], step: str, by: User) -> str:
    """The level that this person takes the step for: the one whose turn it is, if the
    person acts for it, else the person's own, for ``measures`` to refuse."""
    answer = replay_case(case_for_measures(case, map(step_for_measures, entries)))
    own = own_level(by, case.division_code)
    due = [each.level for each in answer.next if each.step == step]
    for level in due:
        if acts_for(by, level, case.division_code):
            return level
    return own


def refuse_unlawful(case: Case, entries: list[Entry], taken: dict) -> measures.Replay:
    steps = [*map(step_for_measures, entries), taken]
    answer = replay_case(case_for_measures(case, steps))
    if answer.refused:
        refusal = answer.refused
        raise StepRefused(refusal.code, refusal.because, refusal.citation)
    return answer


def write(
    case: Case,
    entries: list[Entry],
    taken: dict,
    *,
    answer: measures.Replay,
    by: User,
    note: str,
    key: str,
) -> Entry:
    before = entries[-1].status_after if entries else None
    if before is None:
        before = replay_case(case_for_measures(case, [])).status
    days = {
        name: date.fromisoformat(taken[name])
        for name in ("on", "concluded_on")
        if taken.get(name)
    }
    event = EVENT_OF.get(answer.status, answer.status)
    changed = answer.status != before and event in measures.codes("event")
    return Entry.objects.create(
        case=case,
        index=len(entries),
        **(taken | days),
        note=note,
        status_after=answer.status,
        event=event if changed else "",
        by=by,
        key=key,
        division_code=case.division_code,
    )


def follow(case: Case, answer: measures.Replay, *, on: date) -> None:
    """Let the case's own columns say what the replay says."""
    due = answer.next[-1] if answer.next else None
    case.state = answer.state
    case.next_step, case.next_level = (due.step, due.level) if due else ("", "")
    case.moved_on = on
    case.save(update_fields=["state", "next_step", "next_level", "moved_on"])
    follow_notice(case, None)
