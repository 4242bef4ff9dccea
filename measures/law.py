"""Editions: which version of the rules is in force when, with its income lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from measures.book import page
from measures.citations import runs
from measures.findings import Attested
from measures.reading import Unreadable
from measures.words import Name

NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Document:
    """A document an edition rests on; ``printed`` is as the interpretation has it."""

    number: str
    title: str
    printed: str | None
    attested: Attested


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """Yuan a head of one year; ``kind`` is nbs, identify, exit or monitor."""

    year: int
    kind: str
    amount: float
    attested: Attested
    scope: str = NATIONAL
    source: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of the rules; ``until`` is its last day, ``None`` if in force."""

    code: str
    since: date
    until: date | None
    year: int
    name: Name
    attested: Attested
    documents: tuple[Document, ...]
    changes: tuple[Name, ...]
    standards: tuple[tuple[str, str], ...]
    lines: tuple[IncomeLine, ...]
    found: dict[tuple[int, str, str], IncomeLine] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    exit_lines: dict[int, IncomeLine | None] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    versions: dict[str, str] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self.versions.update(self.standards)
        for line in self.lines:  # the first of its kind is the one that counts
            self.found.setdefault((line.year, line.kind, line.scope), line)
        for year in {line.year for line in self.lines}:
            self.exit_lines[year] = self.income_line(year, ("exit", "nbs"))

    def standard(self, subject: str) -> str:
        """The version of the standard that this edition holds a subject to."""
        return self.versions[subject]

    def with_lines(self, *lines: IncomeLine) -> "Edition":
        """This edition with lines of an office laid over it; nothing global changes."""
        return replace(self, lines=(*lines, *self.lines))

    def income_line(
        self, year: int, kinds: Iterable[str], scopes: Iterable[str] = ()
    ) -> IncomeLine | None:
        """The line of a year: the first kind that has one, the nearest scope first."""
        wanted = (*scopes, *self.own_scopes(), NATIONAL)
        for kind in kinds:
            for scope in wanted:
                if line := self.found.get((year, kind, scope)):
                    return line
        return None

    def own_scopes(self) -> tuple[str, ...]:
        """The region whose rules these are: ``gx`` for ``gx-2017``."""
        return (self.code.split("-")[0],)

    def exit_line(self, year: int) -> IncomeLine | None:
        """What an exit is held to: the region's own line, until then the NBS line."""
        return self.exit_lines.get(year)


@cache
def income_lines() -> tuple[IncomeLine, ...]:
    return tuple(IncomeLine(**entry) for entry in page("lines")["line"])


@cache
@runs("1-basis")
def editions() -> tuple[Edition, ...]:
    """Every edition, oldest first."""
    return tuple(edition_from(entry) for entry in page("editions")["edition"])


def edition_from(entry: dict[str, Any]) -> Edition:
    return Edition(
        code=entry["code"],
        since=entry["since"],
        until=entry.get("until"),
        year=entry["year"],
        name=Name(*entry["name"]),
        attested=entry["attested"],
        documents=tuple(
            Document(
                number=each["number"],
                title=each["title"],
                printed=each.get("printed"),
                attested=each["attested"],
            )
            for each in entry["documents"]
        ),
        changes=tuple(Name(*pair) for pair in entry["changes"]),
        standards=tuple(entry["standards"].items()),
        lines=income_lines(),
    )


def edition(code: str) -> Edition:
    """The edition with this code, ``gx-2017`` being that of the interpretation."""
    for each in editions():
        if each.code == code:
            return each
    known = "、".join(each.code for each in editions())
    raise Unreadable(
        "edition", f"没有这个版本，现有：{known}", f"should be one of: {known}"
    )


@runs("2-in-force")
def in_force(on: date) -> Edition:
    """The edition in force on a day."""
    for each in editions():
        if each.since <= on and (each.until is None or on <= each.until):
            return each
    first = editions()[0].since
    raise Unreadable(
        "on", f"{first}以前没有规则版本", f"no edition is in force before {first}"
    )


def edition_for(named: "Edition | str | None", on: date | None) -> Edition:
    """The edition that is named, else the one in force on the day."""
    if isinstance(named, Edition):
        return named
    if named is not None:
        return edition(named)
    if on is None:
        raise Unreadable(
            "edition", "应写明规则版本或认定日期", "name an edition, or a date in on"
        )
    return in_force(on)
