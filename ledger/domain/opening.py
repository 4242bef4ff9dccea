"""Opening a case, and entering a subject whose story began before the ledger."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

import measures
from accounts.models import User
from core.audit import record
from divisions.scoping import at
from ledger.domain.reading import events_of, status_of
from ledger.domain.replaying import unreadable
from ledger.enums import ENROLMENT, State
from ledger.errors import StepRefused
from ledger.models import Case, Entry
from ledger.signals import entry_written
from ledger.subjects import Subject

# The status that an event leaves behind, where the word is not the same.
STATUS_AFTER = {"identified": "registered"}
APPLICANT = "applicant"


@transaction.atomic
def open_case(
    subject: Subject,
    procedure: str,
    *,
    facts: dict,
    by: User | None,
    on: date,
    evidence: Iterable[dict] = (),
) -> Case:
    """Open the case, or return the open one; as long as it has no entry its facts are
    those of the last call.

    ``facts`` are the words of the exchange format (``standard_met`` …); ``evidence``
    is kept for people to read. Raises ``StepRefused`` if the subject's status or
    history does not allow the procedure.
    """
    about = Case.objects.about(subject.kind, subject.pk)
    held = about.open().select_for_update().filter(procedure=procedure).first()
    if held:
        return renew_facts(held, facts=facts, evidence=evidence, by=by, on=on)
    refuse_unlawful(subject, procedure, facts)
    case = Case(
        procedure=procedure,
        facts=facts,
        evidence=list(evidence),
        edition=edition_on(on),
        opened_by=by,
        opened_on=on,
        moved_on=on,
        state=State.OPEN,
        **about_subject(subject),
    )
    case.next_step, case.next_level = first_step(case, subject)
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:  # somebody opened it this very moment
        return about.open().get(procedure=procedure)
    record("case.opened", case, by=by, procedure=procedure, on=on)
    return case


@transaction.atomic
def enrol(
    subject: Subject, events: Iterable[tuple[str, date]], *, by: User | None, on: date
) -> Case:
    """Enter a subject into the ledger with what happened to it before; twice is once.

    ``events`` are (event of ``measures``, day), oldest first; without any the subject
    is an applicant from ``on`` on.
    """
    about = Case.objects.about(subject.kind, subject.pk)
    if held := about.filter(procedure=ENROLMENT).first():
        return held
    case = Case.objects.create(
        procedure=ENROLMENT,
        opened_by=by,
        opened_on=on,
        moved_on=on,
        state=State.COMPLETED,
        **about_subject(subject),
    )
    story = list(events) or [("", on)]
    for index, (event, day) in enumerate(story):
        entry = Entry.objects.create(
            case=case,
            index=index,
            step=event or APPLICANT,
            on=day,
            outcome="passed",
            status_after=STATUS_AFTER.get(event, event) or APPLICANT,
            event=event,
            by=by,
            division_code=case.division_code,
        )
        entry_written.send(Entry, entry=entry)
    record("subject.enrolled", case, by=by, events=[event for event, _day in story])
    return case


def about_subject(subject: Subject) -> dict:
    return {
        "subject_kind": subject.kind,
        "subject_id": subject.pk,
        "subject_title": subject.title,
        **at(subject.division),
    }


def renew_facts(case: Case, *, facts: dict, evidence, by, on: date) -> Case:
    """A household may have changed between opening and the first step."""
    if case.facts == facts or case.entries.exists():
        return case
    case.facts, case.evidence = facts, list(evidence)
    case.edition = edition_on(on)
    case.save(update_fields=["facts", "evidence", "edition"])
    record("case.facts-renewed", case, by=by, on=on)
    return case


def refuse_unlawful(subject: Subject, procedure: str, facts: dict) -> None:
    refusal = measures.refusal_to_open(mapping(subject, procedure, facts))
    if refusal:
        raise StepRefused(refusal.code, refusal.because, refusal.citation)


def first_step(case: Case, subject: Subject) -> tuple[str, str]:
    answer = measures.replay(mapping(subject, case.procedure, case.facts))
    return (answer.next[-1].step, answer.next[-1].level) if answer.next else ("", "")


def mapping(subject: Subject, procedure: str, facts: dict) -> dict:
    return {
        "procedure": procedure,
        "subject": subject.kind,
        "status": status_of(subject.kind, subject.pk).status or APPLICANT,
        "history": events_of(subject.kind, subject.pk),
        "facts": facts,
    }


def edition_on(on: date) -> str:
    try:
        return measures.in_force(on).code
    except measures.Unreadable as fault:
        raise unreadable(fault) from fault
