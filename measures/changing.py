"""Which clauses read or run otherwise under another edition."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from measures.book import page
from measures.citations import Clause, clauses
from measures.law import Edition, edition


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that differs between two editions.

    ``is_new_matter``: it is added, and nothing of its section held before, so that
    nobody can have been examined on it.
    """

    clause: Clause
    how: Literal["added", "dropped", "changed"]
    is_new_matter: bool = False


@cache
def changes_between(before: str, after: str) -> tuple[Change, ...]:
    """What differs between two editions, named by their codes, in the order of the
    interpretation: statements that only one of them has, and items of the standards
    that they hold to other terms."""
    return tuple(differences(edition(before), edition(after)))


def differences(before: Edition, after: Edition) -> Iterator[Change]:
    known = {each.citation for each in clauses() if each.holds_in(before.code)}
    items = items_changed(before, after)
    for each in clauses():
        held, holds = each.holds_in(before.code), each.holds_in(after.code)
        if holds and not held:
            yield Change(each, "added", is_new_matter=each.citation not in known)
        elif held and not holds:
            yield Change(each, "dropped")
        elif held and each.item in items:
            yield Change(each, "changed")


def items_changed(before: Edition, after: Edition) -> set[str]:
    """The items of the three standards with another rule or another threshold."""
    found: set[str] = set()
    for subject, version in before.standards:
        old = terms_of(subject, version)
        new = terms_of(subject, after.standard(subject))
        found |= {code for code in old | new if old.get(code) != new.get(code)}
    return found


def terms_of(subject: str, version: str) -> dict[str, dict[str, Any]]:
    """What an item is held to; how well that is attested is no term of it."""
    return {
        code: {name: value for name, value in entry.items() if name != "attested"}
        for code, entry in page(subject)[version].items()
    }
