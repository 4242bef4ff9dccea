"""Entering households into the register."""

from datetime import date

from django.db import transaction

from accounts.models import User
from core.audit import record
from divisions.enums import Level
from divisions.models import Division
from divisions.scoping import at
from households.domain.checking import (
    readable,
    refuse_repeated_numbers,
    refuse_unfit_person,
    refuse_without_head,
)
from households.enums import HEAD, SECTIONS
from households.errors import CodeTaken, NotAVillage
from households.facts import MEMBER_FACTS, PLAIN_FACTS, known
from households.models import Household, Member
from ledger.domain.opening import enrol
from ledger.enums import Kind
from ledger.subjects import Subject

FOLLOWS_LEDGER = ("exited_in", "returned_in")
ABSENCE = {
    "reason": "absence_reason",
    "visits": "absence_visits",
    "three_party_signed": "absence_signed",
}


@transaction.atomic
def register_household(
    facts: dict, *, division: Division, by: User | None, on: date, address: str = ""
) -> Household:
    """Enter a household with its members from the exchange format.

    The years of identification, exit and return become its first entries in the
    ledger; without them it is an applicant. With the code of a household that has the
    same head it returns that one. Raises a ``FactsRefused`` and then writes nothing.
    """
    readable(facts)
    if division.level != Level.VILLAGE:
        raise NotAVillage(place=division.full_name)
    people = [known(person) for person in facts.get("members") or []]
    refuse_without_head(person.get("relation", "") for person in people)
    head = next(person for person in people if person.get("relation") == HEAD)
    Division.objects.select_for_update().get(pk=division.pk)  # one number at a time
    if held := Household.objects.filter(code=facts.get("code") or "").first():
        if held.head_name == head.get("name"):
            return held
        raise CodeTaken(code=held.code)
    refuse_repeated_numbers(people)
    for person in people:
        refuse_unfit_person(person, on=on)

    household = household_from(facts, division)
    household.head_name, household.address = head.get("name", ""), address
    household.save()
    absences = {each["member"]: each for each in facts.get("out_of_school") or []}
    for index, person in enumerate(people):
        member_from(person, household, index, absences.get(index, {})).save()
    enrol(subject_of(household), events_in(facts, on), by=by, on=on)
    household.refresh_from_db()
    record("household.registered", household, by=by, members=len(people))
    return household


def household_from(facts: dict, division: Division) -> Household:
    household = Household(**at(division))
    for name in (*PLAIN_FACTS, *SECTIONS):
        value = facts.get(name)
        if value is not None and name not in FOLLOWS_LEDGER:
            setattr(household, name, pruned(value))
    household.code = facts.get("code") or next_code(division)
    household.schooling_checked = facts.get("out_of_school") is not None
    if household.identified_on and not household.identified_in:
        household.identified_in = year_of(household.identified_on)
    return household


def member_from(
    person: dict, household: Household, position: int, absence: dict
) -> Member:
    member = Member(
        household=household, division_code=household.division_code, position=position
    )
    for name in MEMBER_FACTS:
        if name in person:
            setattr(member, name, person[name])
    for name, column in ABSENCE.items():
        if absence.get(name) is not None:
            setattr(member, column, absence[name])
    return member


def pruned(value: object) -> object:
    """An object of the exchange format without what is not known in it."""
    if isinstance(value, dict):
        return {key: pruned(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [pruned(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def next_code(division: Division) -> str:
    """The next free number of the village: its code and four digits."""
    taken = Household.objects.filter(code__regex=rf"^{division.code}\d{{4}}$")
    last = taken.order_by("-code").values_list("code", flat=True).first()
    return f"{division.code}{int(last[-4:]) + 1 if last else 1:04d}"


def events_in(facts: dict, on: date) -> list[tuple[str, date]]:
    """What the years on the form say happened; of a year alone, its last day."""
    events = []
    if day := facts.get("identified_on"):
        events.append(("identified", date.fromisoformat(str(day))))
    elif year := facts.get("identified_in"):
        events.append(("identified", last_day(year, on)))
    for event, name in (("exited", "exited_in"), ("returned", "returned_in")):
        if year := facts.get(name):
            events.append((event, last_day(year, on)))
    return sorted(events, key=lambda each: each[1])


def last_day(year: int, on: date) -> date:
    return min(date(year, 12, 31), on)


def year_of(day: date | str) -> int:
    return date.fromisoformat(str(day)).year


def subject_of(household: Household) -> Subject:
    return Subject(
        kind=Kind.HOUSEHOLD,
        pk=household.pk,
        title=household.head_name,
        division=household.division,
    )
