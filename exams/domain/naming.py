"""People named by their phone or ID numbers: pasted words, or a workbook."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from accounts.models import User, UserQuerySet
from core.workbooks.sheets import rows_of

MOST_ROWS = 20_000
MEGABYTES = 10
AT_ONCE = 500
APART = re.compile(r"[\s,;，；、]+")
A_NUMBER = re.compile(r"\d{11}|\d{17}[\dX]")


@dataclass(frozen=True)
class Named:
    """People found, in the order given, and the words that name nobody."""

    people: list[User]
    unknown: list[str]


def people_named(text: str, *, among: UserQuerySet) -> Named:
    """Read phone or ID numbers, apart by spaces, commas or lines."""
    return found_by(words_in(text), among)


def people_listed(body: bytes, *, among: UserQuerySet) -> Named:
    """Read a workbook: in each row of the first sheet the first phone or ID number
    says who it is, whatever the columns are called; the rows above the first number
    are headings. Raises what ``core.workbooks`` refuses.
    """
    words: list[str] = []
    for row in rows_of(body, most=MOST_ROWS):
        number = next(filter(A_NUMBER.fullmatch, map(plain, row.cells)), None)
        if number:
            words.append(number)
        elif words:
            words.append(" ".join(filter(None, row.cells)))
    return found_by(list(dict.fromkeys(words)), among)


def words_in(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in APART.split(plain(text)) if word))


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()


def found_by(words: list[str], among: UserQuerySet) -> Named:
    people: dict[int, User] = {}
    unknown = []
    for at in range(0, len(words), AT_ONCE):
        known = among.by_numbers(words[at : at + AT_ONCE])
        for word in words[at : at + AT_ONCE]:
            if person := known.get(word):
                people[person.pk] = person
            else:
                unknown.append(word)
    return Named(list(people.values()), unknown)
