"""Covering an empty seat until a day, beside one's own post or without one."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from certificates.models import Certificate
from core.audit import record
from core.dates import add_months
from core.errors import Refused
from divisions.models import Division
from divisions.scoping import at
from rosters.domain.assigning import (
    announce,
    certificate_of,
    locked_quota,
    missing_conditions,
    refuse_taken_seat,
)
from rosters.enums import Leaving, Tenure
from rosters.errors import (
    ActsElsewhere,
    AlreadyInPost,
    CoverTooLong,
    NotReady,
    WrongOffice,
)
from rosters.models import Assignment
from rosters.permissions import can_assign

# Ours, not the Measures': whoever is needed longer is to be put in post.
MOST_MONTHS = 6


@transaction.atomic
def cover_post(
    person: User,
    *,
    division: Division,
    by: User,
    on: date,
    until: date,
    document: str = "",
) -> Assignment:
    """Let ``person`` act in an empty seat from ``on`` up to ``until``; twice is once.

    Needs all that a post needs, except that a post elsewhere does not hinder. Raises
    ``WrongOffice``, ``CoverTooLong``, ``NoPost``, ``SeatTaken``, ``NoMoreSeats`` or
    ``NotReady``.
    """
    person = User.objects.select_for_update(of=["self"]).get(pk=person.pk)
    if not can_assign(by, division):
        raise WrongOffice(division=division)
    acting = person.assignments.acting().filter(since__lt=until, until__gt=on)
    held = acting.filter(division=division, since=on, until=until).first()
    if held:
        return held
    if not on < until <= add_months(on, MOST_MONTHS):
        raise CoverTooLong(months=MOST_MONTHS)
    asked = locked_quota(division, on=on, until=until)
    certificate = certificate_of(person, on=on)
    missing = missing_but_a_post(person, division, certificate, on=on)
    if other := serving_there(person, division, on=on) or acting.first():
        missing.append(ActsElsewhere(division=other.division))
    if missing:
        raise NotReady(person=person, missing=missing)
    refuse_taken_seat(division, asked, besides=False)

    acted = {"kind": Tenure.ACTING, "until": until, "leaving": Leaving.COVER_OVER}
    assignment = Assignment.objects.create(
        person=person,
        certificate=certificate,
        since=on,
        assigned_by=by,
        document=document.strip(),
        **acted,
        **at(division),
    )
    record("post.covered", assignment, by=by, person=person.pk, since=on, until=until)
    announce([assignment])
    return assignment


def missing_but_a_post(
    person: User, division: Division, certificate: Certificate | None, *, on: date
) -> list[Refused]:
    """What is missing besides: a post elsewhere does not hinder a cover."""
    missing = missing_conditions(person, division, certificate, on=on)
    return [each for each in missing if not isinstance(each, AlreadyInPost)]


def serving_there(person: User, division: Division, *, on: date) -> Assignment | None:
    """Nobody covers the seat beside their own in the same division."""
    later = Q(until=None) | Q(until__gt=on)
    return person.assignments.substantive().filter(later, division=division).first()
