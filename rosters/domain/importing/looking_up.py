"""Whom and where the rows of a file mean, in a few statements for any number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.fields import checked_id_number
from accounts.models import User, UserQuerySet
from core import sealing
from divisions.models import Division, DivisionQuerySet

from .tables import Entry

T = TypeVar("T")
# Well below what either database takes in one statement.
CHUNK = 5000


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(values)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


class Places:
    """The divisions that a file names by code or by full name, among those allowed."""

    def __init__(self, entries: Iterable[Entry], among: DivisionQuerySet) -> None:
        words = {entry.values.get("division", "") for entry in entries} - {""}
        codes = {word for word in words if word.isascii() and word.isdigit()}
        self.found: dict[str, Division] = {}
        for chunk in chunks(sorted(codes)):
            self.found |= {each.code: each for each in among.filter(code__in=chunk)}
        for chunk in chunks(sorted(words - codes)):
            named = among.filter(full_name__in=chunk).order_by("-code")
            self.found |= {each.full_name: each for each in named}

    def of(self, entry: Entry, faults: list[str]) -> Division | None:
        word = entry.values.get("division", "")
        place = self.found.get(word)
        if word and place is None:
            faults.append(
                _(
                    "your division has no place with the code or full name “%(word)s” "
                    "(a full name begins with the city)"
                )
                % {"word": word}
            )
        return place


class People:
    """The people whom a file names by ID number, among those allowed."""

    def __init__(self, entries: Iterable[Entry], among: UserQuerySet) -> None:
        numbers = {entry.values.get("id_number", "").upper() for entry in entries}
        marks = {sealing.fingerprint(number) for number in numbers - {""}}
        self.found: dict[str, User] = {}
        for chunk in chunks(sorted(marks)):
            known = among.filter(id_number_fingerprint__in=chunk)
            self.found |= {each.id_number_fingerprint: each for each in known}

    def of(self, entry: Entry, faults: list[str]) -> User | None:
        """The person whose number and name the row gives, else a fault."""
        number = number_in(entry, faults)
        if not number:
            return None
        person = self.found.get(sealing.fingerprint(number))
        if person is None:
            faults.append(
                _(
                    "nobody in your division has an account with this ID number; "
                    "import the people first"
                )
            )
        elif person.real_name != entry.values["real_name"]:
            faults.append(_("the ID number belongs to somebody of another name"))
            return None
        elif not person.is_active:
            faults.append(_("the account is closed"))
        return person


def number_in(entry: Entry, faults: list[str]) -> str:
    """The row's ID number if it can be one."""
    text = entry.values.get("id_number", "")
    if not text:
        return ""
    try:
        return checked_id_number(text)
    except ValidationError as fault:
        faults += fault.messages
        return ""


def repeated(entry: Entry, key: object, seen: dict, heading: object) -> list[str]:
    """A fault if an earlier row has the same; the first of them counts."""
    earlier = seen.setdefault(key, entry.row)
    if earlier == entry.row:
        return []
    return [
        _("%(heading)s stands in row %(row)s already")
        % {"heading": heading, "row": earlier}
    ]


def by_pk(people: Iterable[User | None]) -> Sequence[int]:
    return sorted({each.pk for each in people if each})
