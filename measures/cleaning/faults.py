"""Faults, and the rules that find them: each rule one function under its number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from measures.book import page
from measures.citations import cite
from measures.findings import Attested, Because
from measures.households.facts import Household, Member
from measures.villages.facts import Village
from measures.words import Name

CITATION = cite("五", 3)

UNDATED = date.max
"""The day of facts that name none: no ages are told, nothing is in the future."""


@dataclass(frozen=True, slots=True)
class CleaningRule:
    """What a rule asks, the class of fault it finds, and how grave that is."""

    code: str
    name: Name
    fault_class: str
    severity: str
    held_by_reader: bool


@cache
def cleaning_rules() -> dict[str, CleaningRule]:
    """Every rule by its number."""
    return {
        code: CleaningRule(
            code,
            Name(entry["zh"], entry["en"]),
            entry["class"],
            entry["severity"],
            entry.get("held_by_reader", False),
        )
        for code, entry in page("cleaning").items()
    }


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the data that is wrong, or that must be verified on a visit."""

    code: str
    household: str | None
    member: int | None
    field: str
    because: Because
    village: str | None = None

    @property
    def rule(self) -> CleaningRule:
        return cleaning_rules()[self.code]

    @property
    def severity(self) -> str:
        return self.rule.severity

    @property
    def citation(self) -> str:
        return CITATION

    @property
    def attested(self) -> Attested:
        """That there is cleaning is the interpretation's; the rules are public."""
        return "public"


class Person:
    """A member as the rules look at one: with age, and what follows from the lists."""

    __slots__ = (
        "age",
        "at_school",
        "has_exited",
        "healthy",
        "household",
        "index",
        "member",
        "on",
    )

    def __init__(
        self, household: Household, index: int, member: Member, on: date, exited: bool
    ) -> None:
        self.household = household
        self.index = index
        self.member = member
        self.on = on
        self.has_exited = exited
        self.healthy = member.health == ("healthy",)
        self.at_school = (
            member.schooling is not None and member.schooling != "preschool_age"
        )
        self.age = None if on is UNDATED else age_on(member.born, on)


def age_on(born: date | None, on: date) -> int | None:
    """Full years on a day."""
    if born is None:
        return None
    before = (on.month, on.day) < (born.month, born.day)
    return on.year - born.year - before


class Home:
    """A household as the rules look at one."""

    __slots__ = ("has_exited", "household", "on", "people")

    def __init__(self, household: Household, on: date) -> None:
        self.household = household
        self.on = on
        self.has_exited = has_exited(household)
        self.people = [
            Person(household, index, member, on, self.has_exited)
            for index, member in enumerate(household.members)
        ]


def has_exited(household: Household) -> bool:
    """Whether the household stands as exited: no return since."""
    exited, returned = household.exited_in, household.returned_in
    return exited is not None and (returned is None or returned < exited)


PersonCheck = Callable[[Person], Because | None]
HomeCheck = Callable[[Home], Because | None]
VillageCheck = Callable[[Village], Because | None]
C = TypeVar("C", bound=Callable[[Any], Because | None])

PERSON_RULES: list[tuple[str, str, PersonCheck]] = []
HOME_RULES: list[tuple[str, str, HomeCheck]] = []
VILLAGE_RULES: list[tuple[str, str, VillageCheck]] = []


def of_person(code: str, field: str) -> Callable[[PersonCheck], PersonCheck]:
    """Register a rule about one person; ``field`` is the one to correct."""
    return registering(PERSON_RULES, code, field)


def of_home(code: str, field: str) -> Callable[[HomeCheck], HomeCheck]:
    """Register a rule about a whole household."""
    return registering(HOME_RULES, code, field)


def of_village(code: str, field: str) -> Callable[[VillageCheck], VillageCheck]:
    """Register a rule about a village."""
    return registering(VILLAGE_RULES, code, field)


def registering(
    rules: list[tuple[str, str, C]], code: str, field: str
) -> Callable[[C], C]:
    def mark(check: C) -> C:
        rules.append((code, field, check))
        return check

    return mark
