"""What a procedure needs before it opens, and a step before it may pass."""

from collections.abc import Callable
from datetime import date

from measures.casework import reasons
from measures.casework.cases import Case, CaseFacts, Meeting, TakenStep
from measures.casework.declared import Procedure, Step, parameter
from measures.casework.notices import bar_of_notice
from measures.casework.reasons import Bar
from measures.citations import runs
from measures.findings import Term

UNESTABLISHED = CaseFacts()

# Of these it is not the missing exit that keeps a household from returning.
GONE = ("removed", "dissolved", "returned", "rolled_back")


@runs("4.1.2-return-earlier", "4.4-rollback")
def bar_to_opening(declared: Procedure, case: Case) -> Bar | None:
    """The subject's status fits; a return also needs an exit of an earlier year.

    Who never exited cannot return; who was removed can only be newly identified; and
    an exit that was rolled back is no exit to return from.
    """
    returning = "exited_before" in declared.opens
    exited = standing_exit(case) if returning else None
    if returning and exited is None and case.status not in GONE:
        return Bar("not-exited-before", reasons.NEVER_EXITED())
    if case.status not in declared.begins_from:
        return Bar(
            "wrong-status",
            reasons.WRONG_STATUS(
                status=Term(f"status:{case.status}"),
                procedure=Term(f"procedure:{declared.code}"),
            ),
        )
    if "failed_check" in declared.opens and not facts_of(case).failed_check_by:
        return Bar("no-failed-check", reasons.NO_FAILED_CHECK())
    if exited is None or not case.steps:
        return None
    begun = case.steps[0].on
    if begun is None:
        return Bar("evidence-missing", reasons.NO_FIRST_DATE())
    if exited.year >= begun.year:
        return Bar("not-exited-before", reasons.SAME_YEAR(exited=exited))
    return None


def facts_of(case: Case) -> CaseFacts:
    return case.facts or UNESTABLISHED


def standing_exit(case: Case) -> date | None:
    """The day of the last exit, unless it was rolled back since."""
    days = {"exited": date.min, "rolled_back": date.min}
    for past in case.history:
        if past.event in days:
            days[past.event] = max(days[past.event], past.on)
    exited = days["exited"]
    return exited if exited > days["rolled_back"] else None


def bar_to_passing(
    step: Step, taken: TakenStep, outcome: str, case: Case
) -> Bar | None:
    """The first thing that keeps the step from passing."""
    facts = facts_of(case)
    for need in step.needs:
        if bar := NEEDS[need](facts, case):
            return bar
    if outcome == "kept" and (bar := bar_to_keeping(facts)):
        return bar
    if step.meeting and taken.meeting and (bar := bar_of_meeting(taken.meeting, taken)):
        return bar
    if bar := bar_of_notice(step, taken, case):
        return bar
    return bar_of_documents(step, taken)


@runs("2-exit-standard")
def needs_standard_met(facts: CaseFacts, case: Case) -> Bar | None:
    """Only a subject that meets its standard passes the first step of an exit."""
    if facts.standard_met is None:
        return Bar("evidence-missing", reasons.STANDARD_UNKNOWN())
    if facts.standard_met:
        return None
    return Bar("standard-not-met", reasons.STANDARD_NOT_MET())


@runs("4.1.2-identify-ground")
def needs_standard_unmet(facts: CaseFacts, case: Case) -> Bar | None:
    """Only a household below the standard returns or is newly identified."""
    if facts.standard_met is None:
        return Bar("evidence-missing", reasons.STANDARD_UNKNOWN())
    if facts.standard_met:
        return Bar("standard-met", reasons.STANDARD_MET())
    return None


def needs_hardship(facts: CaseFacts, case: Case) -> Bar | None:
    return None if facts.hardship else Bar("evidence-missing", reasons.NO_HARDSHIP())


def needs_veto(facts: CaseFacts, case: Case) -> Bar | None:
    if facts.vetoed_before_identification is None:
        return Bar("evidence-missing", reasons.VETO_UNKNOWN())
    if facts.vetoed_before_identification:
        return None
    return Bar("no-veto", reasons.NO_VETO())


def needs_county_class(facts: CaseFacts, case: Case) -> Bar | None:
    return None if case.county_class else Bar("evidence-missing", reasons.NO_CLASS())


NEEDS: dict[str, Callable[[CaseFacts, Case], Bar | None]] = {
    "standard_met": needs_standard_met,
    "standard_unmet": needs_standard_unmet,
    "hardship": needs_hardship,
    "vetoed": needs_veto,
    "county_class": needs_county_class,
}


@runs("4.1.3-kept-evidence")
def bar_to_keeping(facts: CaseFacts) -> Bar | None:
    """Keeping a vetoed household needs the failing criterion and real hardship."""
    if facts.standard_met is False and facts.hardship:
        return None
    return Bar("evidence-missing", reasons.NOT_KEPT())


@runs("meeting-threshold")
def bar_of_meeting(meeting: Meeting, taken: TakenStep) -> Bar | None:
    """Enough of those called came, and enough of those present were in favour."""
    numerator, denominator = parameter("meeting_present", taken.on)
    if meeting.present * denominator < meeting.called * numerator:
        return Bar(
            "evidence-missing",
            reasons.NO_QUORUM(
                called=meeting.called,
                present=meeting.present,
                numerator=numerator,
                denominator=denominator,
            ),
        )
    numerator, denominator = parameter("meeting_in_favour", taken.on)
    if meeting.in_favour * denominator <= meeting.present * numerator:
        return Bar(
            "evidence-missing",
            reasons.NO_MAJORITY(
                present=meeting.present,
                in_favour=meeting.in_favour,
                numerator=numerator,
                denominator=denominator,
            ),
        )
    return None


@runs("step-documents")
def bar_of_documents(step: Step, taken: TakenStep) -> Bar | None:
    """Where documents are listed, those the step must leave are among them."""
    if taken.documents is None:
        return None
    absent = [each for each in step.documents if each not in taken.documents]
    if not absent:
        return None
    names = tuple(Term(f"document:{each}") for each in absent)
    return Bar("evidence-missing", reasons.NO_DOCUMENTS(documents=names))
