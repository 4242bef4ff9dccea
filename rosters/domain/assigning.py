"""Putting a person in a post, and ending it."""

from datetime import date

from django.db import transaction

from accounts.models import User
from certificates.models import Certificate
from core.audit import record
from core.errors import Refused
from courses.domain.progressing import has_completed_path
from divisions.models import Division
from divisions.scoping import at
from rosters.domain.quotas import quota_of
from rosters.enums import Leaving
from rosters.errors import (
    AlreadyInPost,
    NoPost,
    NotCertified,
    NotChosen,
    NotReady,
    NotTrained,
    ServedUntil,
    TooEarly,
    WrongOffice,
)
from rosters.models import Assignment, Selection
from rosters.permissions import can_assign


@transaction.atomic
def assign_person(
    person: User, *, division: Division, by: User, on: date
) -> Assignment:
    """Put ``person`` in a post of ``division`` from ``on`` on; twice is once.

    Raises ``WrongOffice``, ``NoPost``, ``ServedUntil``, or ``NotReady`` with every
    condition that is not met: chosen, trained, certified, in no other post.
    """
    person = User.objects.select_for_update(of=["self"]).get(pk=person.pk)
    if not can_assign(by, division):
        raise WrongOffice(division=division)
    held = Assignment.objects.filter(person=person, until=None).first()
    if held and held.division_id == division.pk:
        return held
    if quota_of(division, on=on).minimum == 0:
        raise NoPost(division=division)
    certificate = certificate_of(person, on=on)
    if missing := missing_conditions(person, division, certificate, on=on):
        raise NotReady(person=person, missing=missing)
    refuse_overlap(person, on=on)

    assignment = Assignment.objects.create(
        person=person, certificate=certificate, since=on, assigned_by=by, **at(division)
    )
    record("person.assigned", assignment, by=by, person=person.pk, since=on)
    return assignment


def certificate_of(person: User, *, on: date) -> Certificate | None:
    """The certificate valid on that day that lasts longest."""
    valid = Certificate.objects.valid(on).filter(holder=person)
    return valid.order_by("expires_on").last()


def missing_conditions(
    person: User, division: Division, certificate: Certificate | None, *, on: date
) -> list[Refused]:
    """What keeps ``person`` from a post there, in the order of 解读六."""
    chosen = Selection.objects.in_force(on).covering(division.code)
    held = (
        Assignment.objects.filter(person=person, until=None)
        .select_related("division")
        .first()
    )
    missing: list[Refused] = []
    if not chosen.filter(person=person).exists():
        missing.append(NotChosen())
    if not has_completed_path(person):
        missing.append(NotTrained())
    if certificate is None:
        missing.append(NotCertified())
    if held:
        missing.append(AlreadyInPost(division=held.division))
    return missing


def refuse_overlap(person: User, *, on: date) -> None:
    """A day already served elsewhere cannot be served twice."""
    later = person.assignments.filter(until__gt=on).order_by("until").last()
    if later:
        raise ServedUntil(person=person, until=later.until)


@transaction.atomic
def end_assignment(
    assignment: Assignment, *, by: User, on: date, leaving: Leaving
) -> Assignment:
    """End the assignment with ``on``, the first day no longer served; twice is once.

    Raises ``WrongOffice`` or ``TooEarly``.
    """
    assignment = (
        Assignment.objects.select_for_update(of=["self"])
        .select_related("division")
        .get(pk=assignment.pk)
    )
    if not can_assign(by, assignment.division):
        raise WrongOffice(division=assignment.division)
    if assignment.until:
        return assignment
    if on < assignment.since:
        raise TooEarly(since=assignment.since)
    assignment.until, assignment.leaving, assignment.ended_by = on, leaving, by
    assignment.save(update_fields=["until", "leaving", "ended_by"])
    record("assignment.ended", assignment, by=by, person=assignment.person_id, on=on)
    return assignment
