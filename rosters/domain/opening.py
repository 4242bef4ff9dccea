"""Seats that opened under somebody: in post still, without a valid certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q

from certificates.models import Certificate
from divisions.models import Division
from rosters.models import Assignment, AssignmentQuerySet

SHOWN = 20


@dataclass(frozen=True)
class OpenedSeat:
    """``since`` None: the person has never held a certificate that was valid."""

    assignment: Assignment
    since: date | None
    is_revoked: bool
    is_suspended: bool


@dataclass(frozen=True)
class OpenedSeats:
    """The first of them, the latest opened first, and how many there are."""

    seats: list[OpenedSeat]
    number: int


def opened_seats(division: Division, *, on: date) -> OpenedSeats:
    """Return the seats of the whole subtree that stand open although somebody is
    assigned: one statement, however many."""
    found = seats_uncertified(Assignment.objects.within(division.code), on=on)
    found.sort(key=lambda seat: seat.since or date.min, reverse=True)
    return OpenedSeats(found[:SHOWN], len(found))


def seats_uncertified(held: AssignmentQuerySet, *, on: date) -> list[OpenedSeat]:
    """Those of ``held`` in force without a valid certificate, and since when: one
    statement, however many."""
    past = Q(person__certificates__issued_on__lte=on)
    found = (
        uncertified(held, on)
        .for_list()
        .annotate(
            expired_on=Max(
                "person__certificates__expires_on",
                filter=past & Q(person__certificates__expires_on__lte=on),
            ),
            revoked_on=Max(
                "person__certificates__revoked_on",
                filter=past & Q(person__certificates__revoked_on__lte=on),
            ),
            suspended_on=Max(
                "person__certificates__suspensions__since",
                filter=suspended_on(on),
            ),
        )
        .order_by(F("expired_on").desc(nulls_last=True), "division_code", "pk")
    )
    return [seat_from(each) for each in found]


def number_opened(division: Division, *, on: date) -> int:
    """How many of them there are; none of them is read."""
    return uncertified(Assignment.objects.within(division.code), on).count()


def uncertified(held: AssignmentQuerySet, on: date) -> AssignmentQuerySet:
    """Keep those in force whose person has no certificate that is valid."""
    valid = Certificate.objects.valid(on).values("holder")
    return held.in_force(on).exclude(person__in=valid)


def seat_from(held: Assignment) -> OpenedSeat:
    """It opened on the last day on which a certificate of theirs ended or stopped."""
    ends = (held.expired_on, held.revoked_on, held.suspended_on)
    since = max((day for day in ends if day), default=None)
    return OpenedSeat(
        held,
        since,
        is_revoked=since is not None and since == held.revoked_on,
        is_suspended=since is not None and since == held.suspended_on,
    )


def suspended_on(on: date) -> Q:
    stop = "person__certificates__suspensions__"
    lasts = Q(**{f"{stop}until": None}) | Q(**{f"{stop}until__gt": on})
    return lasts & Q(**{f"{stop}since__lte": on})
