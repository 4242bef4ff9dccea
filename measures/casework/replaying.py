"""Replaying a case: which steps are lawful, which is refused and why, what is next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from measures.casework import reasons
from measures.casework.cases import Case, TakenStep, read_case
from measures.casework.declared import Procedure, Step, procedure
from measures.casework.notices import Review, last_day_of
from measures.casework.reasons import Bar
from measures.casework.requirements import (
    bar_to_opening,
    bar_to_passing,
    facts_of,
)
from measures.citations import runs
from measures.findings import Because, Term
from measures.reading import Unreadable
from measures.words import UnknownCode

State = Literal["open", "completed", "ended"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the step at ``index`` is not lawful."""

    index: int
    code: str
    because: Because
    citation: str


@dataclass(frozen=True, slots=True)
class NextStep:
    step: str
    level: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Replay:
    """Where a case stands after its lawful steps."""

    accepted: int
    refused: Refusal | None
    state: State
    next: tuple[NextStep, ...]
    status: str
    reviews: tuple[Review, ...] = ()


@dataclass(slots=True)
class Walk:
    """A case on its way through the steps of its procedure."""

    case: Case
    declared: Procedure
    position: int
    status: str
    state: State
    last_day: date | None


@runs(
    "4.1-kinds",
    "4.1.1-propose",
    "4.1.1-plan",
    "4.1.2-exit-steps",
    "4.1.2-return-steps",
    "4.1.2-identify-written",
    "4.1.2-identify-steps",
    "4.1.3-steps",
    "4.2-steps",
    "4.3-steps",
    "4.4-steps",
    "4.4-continues",
    "county-national",
)
def replay(case: Case | Mapping[str, Any]) -> Replay:
    """Take the steps in order until one is refused.

    A refused step changes nothing. A step that failed is lawful, and ends the case.
    """
    known = case if isinstance(case, Case) else read_case(case)
    walk = Walk(known, declared_for(known), 0, known.status, "open", None)
    for index, taken in enumerate(known.steps):
        bar = take(walk, taken, first=index == 0)
        if bar is not None:
            refusal = Refusal(index, bar.code, bar.because, walk.declared.citation)
            return stand(walk, index, refusal, bar.reviews)
    return stand(walk, len(known.steps))


def stand(
    walk: Walk,
    accepted: int,
    refused: Refusal | None = None,
    reviews: tuple[Review, ...] = (),
) -> Replay:
    """Where the walk has come to."""
    return Replay(accepted, refused, walk.state, next_steps(walk), walk.status, reviews)


def refusal_to_open(case: Case | Mapping[str, Any]) -> Refusal | None:
    """Why a case cannot be opened for this subject; ``None`` if it can."""
    known = case if isinstance(case, Case) else read_case(case)
    declared = declared_for(known)
    bar = bar_to_opening(declared, known)
    if bar is None:
        return None
    return Refusal(0, bar.code, bar.because, declared.citation)


def declared_for(case: Case) -> Procedure:
    try:
        return procedure(case.procedure, case.subject)
    except UnknownCode:
        raise Unreadable(
            "procedure",
            "这类对象没有此程序",
            f"there is no such procedure for a {case.subject}",
        ) from None


def take(walk: Walk, taken: TakenStep, *, first: bool) -> Bar | None:
    """Take one step, or say what bars it."""
    if walk.state != "open":
        return Bar("case-ended", reasons.ENDED())
    if first and (bar := bar_to_opening(walk.declared, walk.case)):
        return bar
    step = step_due(walk, taken)
    if isinstance(step, Bar):
        return step
    outcome = taken.outcome or "passed"
    if outcome not in step.outcomes:
        return Bar(
            "wrong-step",
            reasons.WRONG_OUTCOME(
                step=Term(f"step:{step.code}"), outcome=Term(f"outcome:{outcome}")
            ),
        )
    if bar := bar_of_dates(walk, taken):
        return bar
    if outcome != "failed" and (bar := bar_to_passing(step, taken, outcome, walk.case)):
        return bar
    accept(walk, step, taken, outcome)
    return None


def step_due(walk: Walk, taken: TakenStep) -> Step | Bar:
    """The declared step that is being taken, if its turn and its level are right."""
    due = steps_due(walk)
    named = [step for step in due if step.code == taken.step]
    if not named:
        codes = tuple(dict.fromkeys(Term(f"step:{step.code}") for step in due))
        return Bar(
            "wrong-step",
            reasons.WRONG_STEP(due=codes, step=Term(f"step:{taken.step}")),
        )
    for step in named:
        if acting_level(walk, step) == taken.level:
            return step
    return Bar(
        "wrong-level",
        reasons.WRONG_LEVEL(
            step=Term(f"step:{taken.step}"),
            due=tuple(Term(f"level:{acting_level(walk, step)}") for step in named),
            level=Term(f"level:{taken.level}"),
        ),
    )


def steps_due(walk: Walk) -> list[Step]:
    """The steps that may come now: optional ones, and the first that is not."""
    due = []
    for step in walk.declared.steps[walk.position :]:
        if step.county_class and walk.case.county_class != step.county_class:
            continue
        due.append(step)
        if not step.optional:
            break
    return due


def acting_level(walk: Walk, step: Step) -> str:
    """Who takes the step: for a rollback it depends on who checked, and on whom."""
    if step.level == "subject":
        return walk.case.subject
    if step.level == "checker":
        return facts_of(walk.case).failed_check_by or step.level
    return step.level


def bar_of_dates(walk: Walk, taken: TakenStep) -> Bar | None:
    on, last, concluded = taken.on, walk.last_day, taken.concluded_on
    if on is not None and last is not None and on < last:
        return Bar("dates-out-of-order", reasons.TOO_EARLY(on=on, last=last))
    if on is not None and concluded is not None and concluded < on:
        return Bar("dates-out-of-order", reasons.TOO_EARLY(on=concluded, last=on))
    return None


def accept(walk: Walk, step: Step, taken: TakenStep, outcome: str) -> None:
    days = [last_day_of(taken), walk.last_day]
    walk.last_day = max((day for day in days if day), default=None)
    if outcome == "failed":
        walk.state = "ended"
        return
    walk.position = walk.declared.steps.index(step) + 1
    if step.national_status and walk.case.county_class == "national":
        walk.status = step.national_status
    if outcome == "kept":
        walk.state = "completed"
    elif walk.position == len(walk.declared.steps):
        walk.state = "completed"
        walk.status = walk.declared.ends_in or walk.status


def next_steps(walk: Walk) -> tuple[NextStep, ...]:
    """What may lawfully come next; nothing if the case cannot even begin."""
    if walk.state != "open":
        return ()
    if walk.position == 0 and bar_to_opening(walk.declared, walk.case):
        return ()
    return tuple(
        NextStep(step.code, acting_level(walk, step), step.optional)
        for step in steps_due(walk)
    )
