"""Leaving a post, and mending a last day that is still to come."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from core.audit import record
from rosters.domain.assigning import (
    announce,
    end_assignment,
    locked_quota,
    refuse_taken_seat,
)
from rosters.enums import Leaving, Tenure
from rosters.errors import EndStands, ServesFrom, TooEarly, WrongOffice
from rosters.models import Assignment
from rosters.permissions import can_assign


def leave_post(
    assignment: Assignment,
    *,
    by: User,
    on: date,
    leaving: Leaving,
    today: date,
    document: str = "",
) -> Assignment:
    """End the assignment with ``on``, or move an end that is still to come there.

    Refuses as ``end_assignment`` and ``move_end`` do; twice is once.
    """
    terms = {"by": by, "on": on, "leaving": leaving, "document": document}
    if assignment.until is None or assignment.is_acting:
        return end_assignment(assignment, **terms)
    return move_end(assignment, today=today, **terms)


@transaction.atomic
def move_end(
    assignment: Assignment,
    *,
    by: User,
    on: date,
    leaving: Leaving,
    today: date,
    document: str = "",
) -> Assignment:
    """Set another last day and reason, as long as the old day is still to come.

    Raises ``WrongOffice``, ``EndStands``, ``TooEarly``; for a later day ``ServesFrom``
    and, as for anybody new, ``SeatTaken`` or ``NoMoreSeats``. Twice is once.
    """
    # As whoever assigns: the person first.
    User.objects.select_for_update(of=["self"]).get(pk=assignment.person_id)
    assignment = (
        Assignment.objects.select_for_update(of=["self"])
        .select_related("division", "person")
        .get(pk=assignment.pk)
    )
    if not can_assign(by, assignment.division):
        raise WrongOffice(division=assignment.division)
    before = assignment.until, assignment.leaving, assignment.leaving_document
    after = on, leaving, document.strip()
    if before == after:
        return assignment
    if assignment.until is None or assignment.until <= today:
        raise EndStands(until=assignment.until or today)
    if on < assignment.since:
        raise TooEarly(since=assignment.since)
    if on > assignment.until:
        refuse_longer(assignment, on=on)

    assignment.until, assignment.leaving, assignment.leaving_document = after
    assignment.ended_by = by
    assignment.save(update_fields=["until", "leaving", "ended_by", "leaving_document"])
    record("assignment.end-moved", assignment, by=by, before=before[0], on=on)
    announce([assignment])
    return assignment


def refuse_longer(assignment: Assignment, *, on: date) -> None:
    """The days up to ``on`` may be promised already: the person's, or the seat's."""
    same_seat = Q(division=assignment.division)
    others = assignment.person.assignments.ending_after(assignment.until)
    next_post = (
        others.filter(same_seat | Q(kind=Tenure.SUBSTANTIVE), since__lt=on)
        .exclude(pk=assignment.pk)
        .select_related("division")
        .order_by("since")
        .first()
    )
    if next_post:
        raise ServesFrom(
            person=assignment.person,
            division=next_post.division,
            since=next_post.since,
        )
    asked = locked_quota(assignment.division, on=assignment.until, until=on)
    refuse_taken_seat(assignment.division, asked, besides=False)
