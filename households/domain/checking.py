"""What must hold of facts before they are written, whoever brings them."""

from collections.abc import Iterable
from datetime import date

import measures
from core import sealing
from households.enums import HEAD
from households.errors import (
    BadIdNumber,
    IdNumberTaken,
    NoHead,
    NotYetBorn,
    TwoHeads,
    Unreadable,
)
from households.models import Member
from ledger.words import named, spoken

INDEX = "0123456789[]"


def readable(facts: dict) -> measures.Household:
    """Read ``facts`` by ``measures``; raise ``Unreadable`` with the path otherwise."""
    try:
        return measures.read_household(facts)
    except measures.Unreadable as fault:
        raise Unreadable(
            fault.path, name=field_name(fault.path), reason=spoken(fault.message)
        ) from fault


def field_name(path: str) -> str:
    """What ``measures`` calls the field at a path: members[2].born is 出生日期."""
    bare = "".join(each for each in path if each not in INDEX)
    bare = bare.replace("members.", "member.", 1)
    try:
        return named(bare, "field")
    except measures.UnknownCode:
        return path


def refuse_without_head(relations: Iterable[str]) -> None:
    heads = list(relations).count(HEAD)
    if heads == 0:
        raise NoHead
    if heads > 1:
        raise TwoHeads


def refuse_unfit_person(facts: dict, *, on: date, but: Member | None = None) -> None:
    """Refuse a birth in the future, and an ID number that is nobody's or taken."""
    name = facts.get("name", "")
    born = facts.get("born")
    if born and date.fromisoformat(str(born)) > on:
        raise NotYetBorn(name=name)
    if number := facts.get("id_number"):
        refuse_bad_number(number, name)
        held = Member.objects.present().with_id_number(number)
        if held.exclude(pk=but.pk if but else None).exists():
            raise IdNumberTaken(name=name)


def refuse_bad_number(number: str, name: str) -> None:
    try:
        measures.check_id_number(number)
    except measures.BadIdNumber as fault:
        raise BadIdNumber(name=name, reason=spoken(fault.message)) from fault


def refuse_repeated_numbers(people: Iterable[dict]) -> None:
    seen = set()
    for person in people:
        if number := person.get("id_number"):
            mark = sealing.fingerprint(number)
            if mark in seen:
                raise IdNumberTaken(name=person.get("name", ""))
            seen.add(mark)
