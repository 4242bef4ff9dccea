"""Putting a person in a post, and ending it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

import measures
from accounts.models import User
from certificates.errors import NotChosen, NotTrained
from certificates.models import Certificate, Selection
from core.audit import record
from core.errors import Refused
from courses.domain.progressing import has_completed_path
from divisions.models import Division
from divisions.scoping import at
from rosters.domain.occupying import most_at_once, stays_of
from rosters.domain.quotas import quota_for
from rosters.enums import Leaving
from rosters.errors import (
    AlreadyInPost,
    EndStands,
    NoMoreSeats,
    NoPost,
    NotCertified,
    NotReady,
    SeatTaken,
    ServedUntil,
    TooEarly,
    WrongOffice,
)
from rosters.models import Assignment
from rosters.permissions import can_assign
from rosters.signals import posts_changed


@transaction.atomic
def assign_person(
    person: User,
    *,
    division: Division,
    by: User,
    on: date,
    besides: bool = False,
    document: str = "",
) -> Assignment:
    """Put ``person`` in a post of ``division`` from ``on`` on; twice is once.

    ``besides``: the quota is met already, and somebody more is wanted. Raises
    ``WrongOffice``, ``NoPost``, ``ServedUntil``, ``SeatTaken``, ``NoMoreSeats``, or
    ``NotReady`` with every condition that is not met: chosen, trained, certified, in
    no other post.
    """
    person = User.objects.select_for_update(of=["self"]).get(pk=person.pk)
    if not can_assign(by, division):
        raise WrongOffice(division=division)
    held = Assignment.objects.filter(person=person, until=None).first()
    if held and held.division_id == division.pk:
        return held
    asked = locked_quota(division, on=on)
    certificate = certificate_of(person, on=on)
    if missing := missing_conditions(person, division, certificate, on=on):
        raise NotReady(person=person, missing=missing)
    refuse_overlap(person, on=on)
    refuse_taken_seat(division, asked, besides=besides)

    assignment = Assignment.objects.create(
        person=person,
        certificate=certificate,
        since=on,
        assigned_by=by,
        document=document.strip(),
        **at(division),
    )
    record("person.assigned", assignment, by=by, person=person.pk, since=on)
    announce([assignment])
    return assignment


def announce(assignments: Sequence[Assignment]) -> None:
    """Once they are committed."""
    transaction.on_commit(
        lambda: posts_changed.send(Assignment, assignments=assignments), robust=True
    )


def locked_quota(
    division: Division, *, on: date, until: date | None = None
) -> measures.Quota:
    """The quota on the fullest day from ``on`` up to ``until``, as nobody else can
    change it until this transaction ends: whoever fills a seat of the division locks
    its row first."""
    Division.objects.select_for_update().get(pk=division.pk)
    stays = stays_of(Assignment.objects.filter(division=division), on=on)
    there = most_at_once(stays[division.code], on=on, until=until)
    asked = quota_for(division, there, on=on)
    if asked.minimum == 0:
        raise NoPost(division=division)
    return asked


def refuse_taken_seat(
    division: Division, asked: measures.Quota, *, besides: bool
) -> None:
    if asked.gap:
        return
    if asked.minimum == asked.maximum:
        raise NoMoreSeats(division=division, maximum=asked.maximum)
    if not besides:
        raise SeatTaken(division=division)


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
    later = (
        person.assignments.substantive().filter(until__gt=on).order_by("until").last()
    )
    if later:
        raise ServedUntil(person=person, until=later.until)


@transaction.atomic
def end_assignment(
    assignment: Assignment,
    *,
    by: User,
    on: date,
    leaving: Leaving,
    document: str = "",
) -> Assignment:
    """End the assignment with ``on``, the first day no longer served; twice is once.

    Raises ``WrongOffice``, ``TooEarly``, or ``EndStands`` where it ends on another day
    already; a cover may end before its day.
    """
    assignment = (
        Assignment.objects.select_for_update(of=["self"])
        .select_related("division")
        .get(pk=assignment.pk)
    )
    if not can_assign(by, assignment.division):
        raise WrongOffice(division=assignment.division)
    if assignment.until == on:
        return assignment
    if assignment.until and not (assignment.is_acting and on < assignment.until):
        raise EndStands(until=assignment.until)
    if on < assignment.since:
        raise TooEarly(since=assignment.since)
    assignment.until, assignment.leaving, assignment.ended_by = on, leaving, by
    assignment.leaving_document = document.strip()
    assignment.save(update_fields=["until", "leaving", "ended_by", "leaving_document"])
    record("assignment.ended", assignment, by=by, person=assignment.person_id, on=on)
    announce([assignment])
    return assignment
