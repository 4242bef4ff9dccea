"""Judging what a learner does; every judged act is a line of the practice ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext, gettext_noop, override

import measures
from core.audit import record
from exercises.enums import Act, Decision
from exercises.errors import MarksIncomplete, NotMarkedYet
from exercises.models import Run

from .knowing import Truth, case_of, truth_about
from .scoring import score_of

NOTHING_TO_FAIL = gettext_noop(
    "All nine items are met and nothing speaks against the exit: the step passes."
)
DONE = gettext_noop("In order.")
LANGUAGES = {"zh": "zh-hans", "en": "en"}


@transaction.atomic
def mark_items(
    run: Run, *, marks: Mapping[str, bool], decision: str, at: datetime
) -> Run:
    """Judge the nine marks and the decision, once; a second call changes nothing.

    Raises ``MarksIncomplete`` while an item is not marked.
    """
    held = Run.objects.select_for_update().get(pk=run.pk)
    if held.is_marked:
        return held
    truth = truth_about(held.facts, held.edition)
    left = [f.code for f in truth.answer.findings if f.code not in marks]
    if left:
        raise MarksIncomplete(left=len(left))
    held.marks = {f.code: marks[f.code] for f in truth.answer.findings}
    held.decision = Decision(decision)
    held.marked_at = at
    held.lines = [
        *(judged_mark(f, held.marks[f.code], at) for f in truth.answer.findings),
        judged_decision(truth, held.decision, at),
    ]
    held.save(update_fields=["marks", "decision", "marked_at", "lines"])
    record("run.marked", held, by=held.person, decision=str(held.decision))
    return held


@transaction.atomic
def take_step(run: Run, step: Mapping, *, turn: int, at: datetime) -> Run:
    """Judge the next step of the exit case; a wrong one is explained and not taken.

    ``step`` is in the exchange format. ``turn`` is the run's when the form was drawn,
    so that a second press is not judged again. Raises ``NotMarkedYet``.
    """
    held = Run.objects.select_for_update().get(pk=run.pk)
    if not held.is_marked:
        raise NotMarkedYet
    if held.is_finished or turn != held.turn:
        return held
    truth = truth_about(held.facts, held.edition)
    steps = [*held.steps, dict(step)]
    replay = measures.replay(case_of(held.facts, truth, steps))
    fault = fault_of(truth, step, replay)
    held.lines.append(judged_step(held, step, fault, at))
    if fault is None:
        held.steps = steps
        if replay.state != "open":
            held.finished_at, held.score = at, score_of(held.lines, truth)
    held.save(update_fields=["steps", "lines", "finished_at", "score"])
    record("run.step-judged", held, by=held.person, step=step["step"], right=not fault)
    return held


def fault_of(
    truth: Truth, step: Mapping, replay: measures.Replay
) -> tuple[dict[str, str], str, str] | None:
    """Why the step is wrong: not lawful, or lawful and not what the facts call for."""
    if replay.refused:
        return both(replay.refused.because), replay.refused.citation, "source"
    passes = step.get("outcome") != "failed"
    if passes and truth.decision == Decision.REMOVE:
        because, citation, attested = truth.reason
        return both(because), citation, attested
    if not passes and truth.decision == Decision.EXIT:
        citation = measures.procedure("exit").citation
        return both(NOTHING_TO_FAIL), citation, "source"
    return None


def judged_mark(finding: measures.Finding, given: bool, at: datetime) -> dict:
    return line(
        Act.MARK,
        finding.code,
        given=given,
        is_right=given == finding.met,
        because=both(finding.because),
        citation=finding.citation,
        attested=finding.attested,
        at=at,
    )


def judged_decision(truth: Truth, given: Decision, at: datetime) -> dict:
    because, citation, attested = truth.reason
    return line(
        Act.DECISION,
        truth.decision,
        given=given,
        is_right=given == truth.decision,
        because=both(because),
        citation=citation,
        attested=attested,
        at=at,
    )


def judged_step(run: Run, step: Mapping, fault, at: datetime) -> dict:
    declared = measures.procedure("exit")
    because, citation, attested = fault or (
        both(DONE),
        declared.citation,
        declared.attested,
    )
    return line(
        Act.STEP,
        step["step"],
        given=dict(step),
        is_right=fault is None,
        because=because,
        citation=citation,
        attested=attested,
        at=at,
    ) | {"station": len(run.steps)}


def line(act: Act, code: str, *, at: datetime, **judged: object) -> dict:
    return {"act": str(act), "code": str(code), "at": at.isoformat(), **judged}


def both(words: object) -> dict[str, str]:
    """A reason in both languages, kept with the line whatever is reworded later."""
    if not isinstance(words, str):
        return {short: words[short] for short in LANGUAGES}
    said = {}
    for short, language in LANGUAGES.items():
        with override(language):
            said[short] = gettext(words)
    return said


def notice_of(on: date, days: int | None) -> dict | None:
    """A public notice that begins on the day of the step, both ends counted."""
    if not days:
        return None
    until = on + timedelta(days=days - 1)
    return {"from": on.isoformat(), "to": until.isoformat()}
