"""Worked cases: small changes to a case in order, and what the Measures then say.

They are told in words a trainer understands, name the clause they illustrate, and are
read by tests, lessons and exercises alike.
"""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from measures.words import Name, UnknownCode

EXAMPLES = Path(__file__).parent / "examples"
BASES = "bases.toml"


@dataclass(frozen=True, slots=True)
class Example:
    """One worked case: ``asks`` is the command, ``answers`` what it should say."""

    code: str
    title: Name
    clause: str
    asks: str
    base: str
    given: Mapping[str, Any]
    missing: tuple[str, ...]
    steps: tuple[int, ...] | None
    answers: Mapping[str, Any]

    def case(self) -> dict[str, Any]:
        """The whole case, in the exchange format."""
        whole: dict[str, Any] = deepcopy(bases()[self.base])
        if self.steps is not None:
            whole["steps"] = [deepcopy(whole["steps"][index]) for index in self.steps]
        for path, value in self.given.items():
            place, last = spot(whole, path)
            place[last] = deepcopy(value)
        for path in self.missing:
            place, last = spot(whole, path)
            place[last] = None
        return whole


@cache
def bases() -> Mapping[str, dict[str, Any]]:
    """The cases in order that the examples change."""
    with (EXAMPLES / BASES).open("rb") as file:
        return tomllib.load(file)


@cache
def examples() -> tuple[Example, ...]:
    """Every worked case, file by file."""
    found = []
    for path in sorted(EXAMPLES.glob("*.toml")):
        if path.name == BASES:
            continue
        with path.open("rb") as file:
            book = tomllib.load(file)
        for entry in book["example"]:
            found.append(example_from(entry, book))
    return tuple(found)


def example_from(entry: dict[str, Any], book: dict[str, Any]) -> Example:
    """``asks`` and ``base`` may stand once for a whole file."""
    steps = entry.get("steps")
    return Example(
        code=entry["code"],
        title=Name(*entry["title"]),
        clause=entry["clause"],
        asks=entry.get("asks") or book["asks"],
        base=entry.get("base") or book["base"],
        given=entry.get("given", {}),
        missing=tuple(entry.get("missing", ())),
        steps=None if steps is None else tuple(steps),
        answers=entry["answers"],
    )


def example(code: str) -> Example:
    for each in examples():
        if each.code == code:
            return each
    raise UnknownCode(code)


def spot(whole: Any, path: str) -> tuple[Any, Any]:
    """Where a dotted path leads: the container, and the key or place in it."""
    *way, last = path.split(".")
    for key in way:
        whole = (
            whole[int(key)] if isinstance(whole, list) else whole.setdefault(key, {})
        )
    return whole, int(last) if isinstance(whole, list) else last
