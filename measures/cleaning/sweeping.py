"""Sweeping: every rule over one household, one village, or a whole set of them."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from measures.citations import runs
from measures.cleaning import (
    guarantees,
    helping,
    identity,
    income,
    labour,
    schooling,
    status,
    structure,
    village,
)
from measures.cleaning.comparing import faults_between
from measures.cleaning.faults import (
    HOME_RULES,
    PERSON_RULES,
    UNDATED,
    VILLAGE_RULES,
    Fault,
    Home,
)
from measures.findings import Reason
from measures.households.facts import Household
from measures.law import edition
from measures.reading import Facts, Shape, day, fact, flag, listed, shape
from measures.villages.facts import Village

RULE_MODULES = (
    identity,
    structure,
    schooling,
    labour,
    guarantees,
    income,
    status,
    helping,
    village,
)

OPEN_ERRORS = Reason("有未改正的差错：{rules}", "open errors: {rules}")


class Carriers(Facts):
    """One household as its three carriers have it 三个载体."""

    system: Household | None = fact(shape(Household))
    handbook: Household | None = fact(shape(Household))
    double_recognition: Household | None = fact(shape(Household))


class Records(Facts):
    """A set of records to clean together.

    ``complete`` says that every registered household of the villages is among them, so
    that the sums must agree.
    """

    on: date | None = fact(day())
    complete: bool | None = fact(flag())
    households: tuple[Household, ...] = listed(shape(Household), 5000)
    villages: tuple[Village, ...] = listed(shape(Village), 2000)
    carriers: Carriers | None = fact(shape(Carriers))


@cache
def records_shape() -> Shape[Records]:
    return Shape(Records)


def read_records(mapping: Any) -> Records:
    """Records from the exchange format; raises ``Unreadable`` with the path."""
    return records_shape().read(mapping)


@runs("5-cleaning")
def find_faults(household: Household, on: date | None = None) -> list[Fault]:
    """Every fault of one household, member by member, then those of the whole."""
    home = Home(household, day_of(household, on))
    found = []
    for person in home.people:
        for code, field, check in PERSON_RULES:
            because = check(person)
            if because is not None:
                found.append(Fault(code, household.code, person.index, field, because))
    for code, field, examine in HOME_RULES:
        because = examine(home)
        if because is not None:
            found.append(Fault(code, household.code, None, field, because))
    if household.exit_case is not None and blocks_exit(found):
        errors = tuple(
            dict.fromkeys(each.code for each in found if each.severity == "error")
        )
        because = OPEN_ERRORS(rules=errors)
        found.append(Fault("ST05", household.code, None, "exit_case", because))
    return found


def day_of(household: Household, on: date | None) -> date:
    """The day the facts are judged by; without any, nothing is said of ages."""
    if on is not None:
        return on
    if household.on is not None:
        return household.on
    if household.edition is not None:
        return date(edition(household.edition).year, 12, 31)
    return UNDATED


def find_village_faults(facts: Village) -> list[Fault]:
    """Every fault of one village."""
    found = []
    for code, field, check in VILLAGE_RULES:
        because = check(facts)
        if because is not None:
            found.append(Fault(code, None, None, field, because, facts.code))
    return found


def clean(records: Records) -> list[Fault]:
    """Every fault of a set of records, each by itself and one against the other."""
    found = []
    for household in records.households:
        found.extend(find_faults(household, records.on))
    for each in records.villages:
        found.extend(find_village_faults(each))
    carriers = records.carriers or Carriers()
    named = {
        "system": carriers.system,
        "handbook": carriers.handbook,
        "double_recognition": carriers.double_recognition,
    }
    found.extend(
        faults_between(
            records.households, records.villages, named, bool(records.complete)
        )
    )
    return found


@runs("2-exit-blocked")
def blocks_exit(faults: Iterable[Fault]) -> bool:
    """Whether an open error stands against the exit; doubts do not block it."""
    return any(fault.severity == "error" for fault in faults)
