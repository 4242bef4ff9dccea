"""Clauses: what each statement says, how well it is attested, and what runs it.

A function says ``@runs("4.1.2-housing")``; the table in ``data/clauses.toml`` has the
wording, and for a statement that no function can run, why it is silent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from measures.book import page
from measures.findings import Attested
from measures.words import Name, UnknownCode

F = TypeVar("F", bound=Callable[..., Any])

RUNNERS: dict[str, list[str]] = {}


def runs(*clauses: str) -> Callable[[F], F]:
    """Mark a function as the one that runs these clauses; it is left as it is."""

    def mark(function: F) -> F:
        where = f"{function.__module__}.{function.__qualname__}"
        for each in clauses:
            RUNNERS.setdefault(each, []).append(where)
        return function

    return mark


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement, in our own words."""

    code: str
    chapter: int
    section: str
    text: Name
    citation: str
    attested: Attested
    runs: tuple[str, ...]
    silent: Name | None
    editions: tuple[str, ...]
    item: str | None

    def holds_in(self, edition_code: str) -> bool:
        """Whether the statement is part of that edition; unless it says, of all."""
        return not self.editions or edition_code in self.editions


@cache
def clauses() -> tuple[Clause, ...]:
    """Every statement, in the order of the interpretation."""
    return tuple(
        Clause(
            code=entry["code"],
            chapter=entry["chapter"],
            section=entry["section"],
            text=Name(entry["zh"], entry["en"]),
            citation=entry.get("document") or cite(entry["section"], entry["chapter"]),
            attested=entry["attested"],
            runs=tuple(RUNNERS.get(entry["code"], ())),
            silent=Name(*entry["silent"]) if "silent" in entry else None,
            editions=tuple(entry.get("editions", ())),
            item=entry.get("item"),
        )
        for entry in page("clauses")["clause"]
    )


def clause(code: str) -> Clause:
    for each in clauses():
        if each.code == code:
            return each
    raise UnknownCode(code)


def cite(section: str, chapter: int) -> str:
    """``解读 四(一)2 · 第二章``: section of the interpretation, then chapter."""
    numeral = "零一二三四五六"[chapter]
    return f"解读 {section} · 第{numeral}章"
