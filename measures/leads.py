"""Property search 财产检索: leads from departments' lists, to be looked into."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from measures.book import page
from measures.citations import cite, runs
from measures.findings import Attested, Because, Reason, Term
from measures.reading import Facts, Shape, choice, fact, listed, number, shape, text

CITATION = cite("五", 3)

WORTH = Reason(
    "{department}：{kind}，价值{value}元，不低于{least}元，需入户核实",
    "{department}: {kind} worth {value} yuan, not below {least}; to be verified",
)
UNVALUED = Reason(
    "{department}：{kind}，价值未填，需入户核实",
    "{department}: {kind} of unknown value; to be verified",
)
IN_TOWN = Reason(
    "{department}：在乡镇以上有{kind}，需入户核实",
    "{department}: {kind} in a town or above; to be verified",
)
UNPLACED = Reason(
    "{department}：有{kind}，所在地未填，需入户核实",
    "{department}: {kind} at an unknown place; to be verified",
)
LISTED = Reason(
    "{department}：有{kind}记录，需入户核实", "{department}: {kind}; to be verified"
)


class RegisteredPerson(Facts):
    id_number: str = fact(text(40), required=True)
    household: str | None = fact(text(60))


class PropertyRecord(Facts):
    """One line of a department's list."""

    department: str = fact(choice("department"), required=True)
    kind: str = fact(choice("record_kind"), required=True)
    owner_id: str = fact(text(40), required=True)
    value: float | None = fact(number(0, 100_000_000_000))
    place: str | None = fact(choice("place"))


class Lists(Facts):
    people: tuple[RegisteredPerson, ...] = listed(shape(RegisteredPerson), 100_000)
    records: tuple[PropertyRecord, ...] = listed(shape(PropertyRecord), 100_000)


@dataclass(frozen=True, slots=True)
class Lead:
    """A hit: never a decision, only a reason to look."""

    household: str | None
    id_number: str
    veto: str
    department: str
    because: Because
    citation: str
    attested: Attested


@cache
def lists_shape() -> Shape[Lists]:
    return Shape(Lists)


def read_lists(mapping: Any) -> Lists:
    """People and records from the exchange format; raises ``Unreadable``."""
    return lists_shape().read(mapping)


@runs("5-search-departments", "5-search-lead")
def search_property(lists: Lists) -> list[Lead]:
    """Compare registered people with the lists; a hit changes no status."""
    households: dict[str, list[RegisteredPerson]] = defaultdict(list)
    for person in lists.people:
        households[same_number(person.id_number)].append(person)
    leads = []
    for record in lists.records:
        because = weigh_record(record)
        if because is None:
            continue
        for person in households.get(same_number(record.owner_id), ()):
            leads.append(
                Lead(
                    household=person.household,
                    id_number=person.id_number,
                    veto=page("search")[record.kind]["veto"],
                    department=record.department,
                    because=because,
                    citation=CITATION,
                    attested=page("search")[record.kind]["attested"],
                )
            )
    return leads


def same_number(number: str) -> str:
    """Departments write the last x small, and certificates longer."""
    return number[:18].upper()


@runs("5-search-property", "5-search-business", "5-search-payroll")
def weigh_record(record: PropertyRecord) -> Because | None:
    """Why a record is a lead, or ``None``: the amount itself is included.

    A record without the value or the place it turns on is a lead too: it can only be
    cleared by looking.
    """
    terms = page("search")[record.kind]
    named = {
        "department": Term(f"department:{record.department}"),
        "kind": Term(f"record_kind:{record.kind}"),
    }
    least = terms.get("least_yuan")
    if least is not None:
        if record.value is None:
            return UNVALUED(**named)
        if record.value < least:
            return None
        return WORTH(**named, value=record.value, least=least)
    if terms.get("in_town"):
        if record.place is None:
            return UNPLACED(**named)
        return IN_TOWN(**named) if record.place == "town_or_above" else None
    return LISTED(**named)
