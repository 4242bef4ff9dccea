"""People named by their phone or ID numbers: pasted words, or a workbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accounts.models import User, UserQuerySet
from core.workbooks.sheets import rows_of

MOST_ROWS = 20_000
MEGABYTES = 10
AT_ONCE = 500
APART = re.compile(r"[\s,;，；、]+")
HEADINGS = {"place": ("考点", "考场", "PLACE"), "seat": ("座位", "SEAT")}
LONGEST = {"place": 100, "seat": 20}
A_NUMBER = re.compile(r"\d{11}|\d{17}[\dX]")


@dataclass(frozen=True)
class Seat:
    """Where a person sits, as a list says it."""

    place: str = ""
    seat: str = ""


@dataclass(frozen=True)
class Named:
    """People found, in the order given, the words that name nobody, and by person
    where the list seats them."""

    people: list[User]
    unknown: list[str]
    seats: dict[int, Seat] = field(default_factory=dict)


def people_named(text: str, *, among: UserQuerySet) -> Named:
    """Read phone or ID numbers, apart by spaces, commas or lines."""
    return found_by(words_in(text), among)


def people_listed(body: bytes, *, among: UserQuerySet) -> Named:
    """Read a workbook: in each row of the first sheet the first phone or ID number
    says who it is, whatever the columns are called; the rows above the first number
    are headings. Columns headed 考点 (place) and 座位 (seat) say where they sit. Raises
    what ``core.workbooks`` refuses.
    """
    words: list[str] = []
    seats: dict[str, Seat] = {}
    columns: dict[str, int] = {}
    for row in rows_of(body, most=MOST_ROWS):
        number = next(filter(A_NUMBER.fullmatch, map(plain, row.cells)), None)
        if number:
            words.append(number)
            seats.setdefault(number, seat_in(row.cells, columns))
        elif words:
            words.append(" ".join(filter(None, row.cells)))
        else:
            columns |= columns_in(row.cells)
    return found_by(list(dict.fromkeys(words)), among, seats)


def columns_in(headings: Sequence[str]) -> dict[str, int]:
    """Which column says the place and which the seat, by what stands above it."""
    found: dict[str, int] = {}
    for at, heading in enumerate(map(plain, headings)):
        for name, words in HEADINGS.items():
            if any(word in heading for word in words):
                found.setdefault(name, at)
    return found


def seat_in(cells: Sequence[str], columns: dict[str, int]) -> Seat:
    """Longer words than a ticket has room for are cut."""
    said = {
        name: unicodedata.normalize("NFKC", cells[at]).strip()[: LONGEST[name]]
        for name, at in columns.items()
        if at < len(cells)
    }
    return Seat(**said)


def words_in(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in APART.split(plain(text)) if word))


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()


def found_by(
    words: list[str], among: UserQuerySet, seats: Mapping[str, Seat] | None = None
) -> Named:
    people: dict[int, User] = {}
    seated: dict[int, Seat] = {}
    unknown = []
    for at in range(0, len(words), AT_ONCE):
        known = among.by_numbers(words[at : at + AT_ONCE])
        for word in words[at : at + AT_ONCE]:
            if person := known.get(word):
                people[person.pk] = person
                if seats and (seat := seats.get(word, Seat())) != Seat():
                    seated.setdefault(person.pk, seat)
            else:
                unknown.append(word)
    return Named(list(people.values()), unknown, seated)
