"""Extra time for a person: granted once, it holds in every exam from then on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.errors import BadPercent, NoReason
from exams.models import Accommodation
from exams.sitting_errors import OwnTime


def extra_percent_of(person: User) -> int:
    found = Accommodation.objects.standing().filter(person=person)
    return found.values_list("extra_percent", flat=True).first() or 0


@transaction.atomic
def grant_extra_time(
    person: User, *, percent: int, reason: str, by: User, at: datetime
) -> Accommodation:
    """Give ``person`` so much more time; what stood before ends.

    The same again returns what stands; nobody gives it to themselves. Raises
    ``OwnTime``, ``BadPercent`` or ``NoReason``.
    """
    if person.pk == by.pk:
        raise OwnTime
    User.objects.select_for_update().get(pk=person.pk)
    reason = reason.strip()
    if not reason:
        raise NoReason
    if not 1 <= percent <= 200:
        raise BadPercent
    standing = Accommodation.objects.standing().filter(person=person).first()
    if standing and (standing.extra_percent, standing.reason) == (percent, reason):
        return standing
    if standing:
        end_extra_time(standing, by=by, at=at)
    granted = Accommodation.objects.create(
        person=person,
        extra_percent=percent,
        reason=reason,
        granted_by=by,
        granted_at=at,
    )
    record("extra-time.granted", granted, by=by, person=person.pk, percent=percent)
    return granted


@transaction.atomic
def end_extra_time(
    accommodation: Accommodation, *, by: User, at: datetime
) -> Accommodation:
    """End it for attempts to come; running ones keep the time frozen in them."""
    found = Accommodation.objects.select_for_update().standing()
    if not (standing := found.filter(pk=accommodation.pk).first()):
        accommodation.refresh_from_db()
        return accommodation
    standing.ended_at, standing.ended_by = at, by
    standing.save(update_fields=["ended_at", "ended_by"])
    record("extra-time.ended", standing, by=by, person=standing.person_id)
    return standing
