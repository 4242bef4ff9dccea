"""Where people would like to serve, until they withdraw it; a proposal goes by it
where it can."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from core.audit import record
from divisions.enums import CODE_LENGTH, LEVEL_OF_LENGTH, Level
from divisions.models import Division, DivisionQuerySet
from divisions.scoping import at
from rosters.errors import BeyondCity, TooEarly, WrongOffice
from rosters.models import Preference
from rosters.permissions import can_wish_for


class Wish(NamedTuple):
    """A part of the tree, and a level if one was named."""

    code: str
    level: str = ""

    def is_met_by(self, seat: str) -> bool:
        fits = not self.level or LEVEL_OF_LENGTH[len(seat)] == self.level
        return fits and seat.startswith(self.code)


@transaction.atomic
def state_preference(
    person: User, *, division: Division, level: str = "", by: User, on: date
) -> Preference:
    """Write down where ``person`` would like to serve; saying the same twice is once.

    The person or an office that could assign them; raises ``WrongOffice`` or
    ``BeyondCity``.
    """
    person = locked(person, by=by)
    if not division.code.startswith(person.home_code[: CODE_LENGTH[Level.CITY]]):
        raise BeyondCity(division=division, person=person)
    last = person.preferences.first()
    stands = last and last.withdrawn_on is None
    if stands and (last.division_id, last.level) == (division.pk, level):
        return last
    made = Preference.objects.create(
        person=person, level=level, said_on=on, entered_by=by, **at(division)
    )
    record("preference.stated", made, by=by, person=person.pk, level=level, on=on)
    return made


@transaction.atomic
def withdraw_preference(person: User, *, by: User, on: date) -> Preference | None:
    """From that day ``person`` has no wish, nor an earlier one again; what was said
    stays on record. None if nothing stands; withdrawn already, it stays so.

    The person or an office that could assign them; raises ``WrongOffice``, or
    ``TooEarly`` for a day before it was said.
    """
    person = locked(person, by=by)
    last = person.preferences.first()
    if last is None or last.withdrawn_on:
        return last
    if on < last.said_on:
        raise TooEarly(since=last.said_on)
    last.withdrawn_on, last.withdrawn_by = on, by
    last.save(update_fields=["withdrawn_on", "withdrawn_by"])
    record("preference.withdrawn", last, by=by, person=person.pk, on=on)
    return last


def locked(person: User, *, by: User) -> User:
    person = User.objects.select_for_update(of=["self"]).get(pk=person.pk)
    if not can_wish_for(by, person):
        raise WrongOffice(division=person.home_division or person)
    return person


def wishes_of(people: Iterable[int], *, on: date) -> dict[int, Wish]:
    """By person, the last wish said up to that day, if it was not withdrawn by then."""
    said = Preference.objects.filter(person__in=people, said_on__lte=on)
    rows = said.order_by("said_on", "pk").values_list(
        "person", "division_code", "level", "withdrawn_on"
    )
    last = {person: (Wish(code, level), end) for person, code, level, end in rows}
    return {
        person: wish for person, (wish, end) in last.items() if end is None or end > on
    }


def places_to_wish_for(person: User) -> DivisionQuerySet:
    """The person's city, and their county with all below it."""
    home = person.home_code
    city = home[: CODE_LENGTH[Level.CITY]]
    there = Division.objects.within(home[: CODE_LENGTH[Level.COUNTY]])
    return (there | Division.objects.filter(code=city)).order_by("code")
