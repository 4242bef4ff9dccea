"""The list of those who may sit, and their tickets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from math import ceil

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.formats import time_format

from accounts.enums import Role
from accounts.models import Grant, User
from core.audit import record
from core.braking import Brake
from divisions.models import Division
from divisions.scoping import in_subtrees
from exams.enums import Admits
from exams.errors import (
    AlreadyStarted,
    NobodyToAdmit,
    NotListed,
    TooManyCodes,
    TooManyCodesHere,
    WrongCode,
)
from exams.models import Admission, Sitting, WrongTry
from exams.signals import roster_asked

from .naming import Seat

# No 0 or O, no 1, I or L, no U: people read codes off paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 6
# Who has the ticket in hand mistypes it twice, not five times. A whole hall may sit
# behind one address, and must not be held up by a few who guess.
BY_PERSON = Brake("ticket code by person", allowed=5, seconds=300)
BY_ADDRESS = Brake("ticket code by address", allowed=60, seconds=300)


@transaction.atomic
def admit_people(
    sitting: Sitting,
    people: Iterable[User],
    *,
    by: User,
    at: datetime,
    seats: Mapping[int, Seat] | None = None,
) -> list[Admission]:
    """Put people on the list; who is on it already keeps the ticket, and sits where
    ``seats``, by person, says now. Returns who is new. Raises ``NotListed`` or
    ``NobodyToAdmit``."""
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if sitting.admits != Admits.LISTED:
        raise NotListed
    people = list({person.pk: person for person in people}.values())
    if not people:
        raise NobodyToAdmit
    seats = seats or {}
    known = dict(sitting.admissions.values_list("person", "code"))
    codes = set(known.values())
    fresh = [person for person in people if person.pk not in known]
    made = Admission.objects.bulk_create(
        [
            Admission(
                sitting=sitting,
                person=person,
                code=new_code(codes),
                added_at=at,
                added_by=by,
                place=seats.get(person.pk, Seat()).place,
                seat=seats.get(person.pk, Seat()).seat,
            )
            for person in fresh
        ],
        batch_size=500,
    )
    moved = seat_anew(sitting, seats, known)
    if moved:
        record("people.seated", sitting, by=by, people=moved)
    if made:
        record("people.admitted", sitting, by=by, people=len(made))
    return made


def seat_anew(
    sitting: Sitting, seats: Mapping[int, Seat], known: Mapping[int, str]
) -> int:
    """Write the seats of those on the list already; return how many changed."""
    moved = []
    for admission in sitting.admissions.filter(person__in=known.keys() & seats.keys()):
        seat = seats[admission.person_id]
        if (admission.place, admission.seat) != (seat.place, seat.seat):
            admission.place, admission.seat = seat.place, seat.seat
            moved.append(admission)
    Admission.objects.bulk_update(moved, ["place", "seat"], batch_size=500)
    return len(moved)


def new_code(taken: set[str]) -> str:
    while (code := get_random_string(CODE_LENGTH, CODE_ALPHABET)) in taken:
        pass
    taken.add(code)
    return code


@transaction.atomic
def strike_admission(admission: Admission, *, by: User) -> None:
    """Take a person off the list; gone already is well. Raises ``AlreadyStarted``."""
    sitting = Sitting.objects.select_for_update().get(pk=admission.sitting_id)
    if sitting.attempts.filter(candidate=admission.person_id).exists():
        raise AlreadyStarted
    deleted, _by_model = Admission.objects.filter(pk=admission.pk).delete()
    if deleted:
        record("person.struck", sitting, by=by, person=admission.person_id)


def people_holding(role: Role, division: Division, *, on: date) -> QuerySet[User]:
    """Everybody who holds the role in the division or below it."""
    grants = Grant.objects.within(division.code).current(on).filter(role=role)
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def people_on_roster(division: Division, *, on: date) -> QuerySet[User]:
    """Everybody who holds a post in the division or below it, as the app above says;
    also those whose certificate has run out, for they have to sit."""
    wanted = Q(pk__in=[])
    for _receiver, people in roster_asked.send(Sitting, division=division, on=on):
        wanted |= Q(pk__in=people)
    return User.objects.filter(wanted, is_active=True)


def not_started(sitting: Sitting, *, division: Division, on: datetime) -> int:
    """Count the people of a division who may sit and have not begun: those listed, or
    else the informants who serve there or are at home there."""
    begun = sitting.attempts.values("candidate")
    if sitting.admits == Admits.LISTED:
        listed = sitting.admissions.within(division.code)
        return listed.exclude(person__in=begun).count()
    narrower = max(division.code, sitting.division_code, key=len)
    if not narrower.startswith(min(division.code, sitting.division_code, key=len)):
        return 0
    serving = Grant.objects.current(timezone.localdate(on)).filter(role=Role.INFORMANT)
    there = Q(pk__in=serving.within(narrower).values("user"))
    home = Q(pk__in=serving.values("user")) & in_subtrees((narrower,), "home_code")
    people = User.objects.filter(there | home, is_active=True)
    return people.exclude(pk__in=begun).count()


def refuse_code(
    sitting: Sitting, code: str, *, by: User, at: datetime, address: str
) -> None:
    """Raise ``WrongCode`` unless the ticket's code was typed, where it is asked.

    After too many wrong ones, of the person or at the sitting from the address, raise
    ``TooManyCodes`` or ``TooManyCodesHere`` whatever is typed, until the time they say.
    """
    if not sitting.asks_code:
        return
    typed = plain_code(code)
    if not typed:
        raise WrongCode
    person, place = str(by.pk), f"{sitting.pk} {address}"
    # Taken before the code is looked at: a hundred guesses at once are a hundred tries.
    if wait := BY_PERSON.take(person, at=at):
        raise TooManyCodes(again=after(wait, at))
    if wait := BY_ADDRESS.take(place, at=at):
        BY_PERSON.give_back(person, at=at)
        raise TooManyCodesHere(again=after(wait, at))
    right = sitting.admissions.filter(person=by).values_list("code", flat=True).first()
    if right is None or not constant_time_compare(typed, right):
        raise WrongCode
    BY_PERSON.give_back(person, at=at)
    BY_ADDRESS.give_back(place, at=at)


def plain_code(code: str) -> str:
    return "".join(unicodedata.normalize("NFKC", code).split()).upper()


def after(wait: float, at: datetime) -> str:
    """The time of day then, never too early."""
    ends = timezone.localtime(at + timedelta(seconds=ceil(wait) + 1))
    return time_format(ends, "H:i:s")


def note_wrong_try(
    sitting: Sitting, code: str, *, by: User, at: datetime, address: str
) -> None:
    """Keep that a wrong code was typed, for those who oversee; not which. Nothing typed
    is no try."""
    if plain_code(code):
        WrongTry.objects.create(sitting=sitting, person=by, address=address, at=at)
