"""Where people would like to serve; a proposal goes by it where it can."""

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
from rosters.errors import BeyondCity, WrongOffice
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
    person = User.objects.select_for_update(of=["self"]).get(pk=person.pk)
    if not can_wish_for(by, person):
        raise WrongOffice(division=person.home_division or division)
    if not division.code.startswith(person.home_code[: CODE_LENGTH[Level.CITY]]):
        raise BeyondCity(division=division, person=person)
    last = person.preferences.first()
    if last and (last.division_id, last.level) == (division.pk, level):
        return last
    made = Preference.objects.create(
        person=person, level=level, said_on=on, entered_by=by, **at(division)
    )
    record("preference.stated", made, by=by, person=person.pk, level=level, on=on)
    return made


def wishes_of(people: Iterable[int], *, on: date) -> dict[int, Wish]:
    """By person, the last wish said up to that day."""
    said = Preference.objects.filter(person__in=people, said_on__lte=on)
    rows = said.order_by("said_on", "pk").values_list(
        "person", "division_code", "level"
    )
    return {person: Wish(code, level) for person, code, level in rows}


def places_to_wish_for(person: User) -> DivisionQuerySet:
    """The person's city, and their county with all below it."""
    home = person.home_code
    city = home[: CODE_LENGTH[Level.CITY]]
    there = Division.objects.within(home[: CODE_LENGTH[Level.COUNTY]])
    return (there | Division.objects.filter(code=city)).order_by("code")
