"""The procedures as declared data: steps, levels, notices, documents, branches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from measures.book import page
from measures.citations import cite, runs
from measures.findings import Attested
from measures.words import Name, UnknownCode, code_lists

CHAPTER = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One step; ``notice_days`` is 0 where the step gives no public notice."""

    code: str
    level: str
    name: Name
    notice_days: int
    announcement: bool
    meeting: bool
    optional: bool
    needs: tuple[str, ...]
    outcomes: tuple[str, ...]
    documents: tuple[str, ...]
    county_class: str | None
    national_status: str | None


@dataclass(frozen=True, slots=True)
class Procedure:
    """How a subject moves from one status to another."""

    code: str
    subject: str
    name: Name
    citation: str
    attested: Attested
    begins_from: tuple[str, ...]
    ends_in: str | None
    opens: tuple[str, ...]
    steps: tuple[Step, ...]


@cache
@runs("2-subjects")
def procedures() -> tuple[Procedure, ...]:
    """Every procedure, in the order of the interpretation."""
    return tuple(declare(entry) for entry in page("procedures")["procedure"])


def procedure(code: str, subject: str = "household") -> Procedure:
    for each in procedures():
        if (each.code, each.subject) == (code, subject):
            return each
    raise UnknownCode(f"{code} of a {subject}")


def declare(entry: dict[str, Any]) -> Procedure:
    return Procedure(
        code=entry["code"],
        subject=entry["subject"],
        name=named(entry, "procedure"),
        citation=cite(entry["section"], CHAPTER),
        attested="public" if entry["code"] == "identify" else "source",
        begins_from=tuple(entry["from"]),
        ends_in=entry.get("to"),
        opens=tuple(entry.get("opens", ())),
        steps=tuple(declare_step(step) for step in entry["steps"]),
    )


def declare_step(entry: dict[str, Any]) -> Step:
    return Step(
        code=entry["code"],
        level=entry["level"],
        name=named(entry, "step"),
        notice_days=parameter("notice_days") if entry.get("notice") else 0,
        announcement=entry.get("announcement", False),
        meeting=entry.get("meeting", False),
        optional=entry.get("optional", False),
        needs=tuple(entry.get("needs", ())),
        outcomes=tuple(entry.get("outcomes", ("passed", "failed"))),
        documents=tuple(entry["documents"]),
        county_class=entry.get("class"),
        national_status=entry.get("national_status"),
    )


def named(entry: dict[str, Any], kind: str) -> Name:
    """The name of the code, unless the procedure calls it otherwise."""
    if "name" in entry:
        return Name(*entry["name"])
    return code_lists()[kind][entry["code"]]


def parameter(name: str, on: date | None = None) -> Any:
    """The value of a dated parameter on a day, the latest if no day is named."""
    return value_on(page("procedures")["parameters"][name], on)


def value_on(dated: Sequence[dict[str, Any]], on: date | None) -> Any:
    """The last value that had begun by the day; before the first one, the first."""
    begun = [entry for entry in dated if on is None or entry["since"] <= on]
    return (begun or dated[:1])[-1]["value"]
