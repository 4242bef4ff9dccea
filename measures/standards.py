"""Standards: the items of one version, each rule bound to its thresholds once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from measures.book import page
from measures.citations import cite
from measures.findings import Because, Finding, Reason, Rule
from measures.law import IncomeLine

CHAPTER = 2


@dataclass(slots=True)
class Occasion:
    """The occasion of a check: its day, and the income line it is held to."""

    on: date
    line: IncomeLine | None = None


Check = Callable[[Any, Occasion], Finding]


def bound_items(
    subject: str, version: str, section: str, modules: Iterable[ModuleType]
) -> tuple[Check, ...]:
    """The checks of one version of a subject's standard, in its order."""
    checks = []
    for code, entry in page(subject)[version].items():
        terms: dict[str, Any] = dict(entry)
        attested, blocking = terms.pop("attested"), not terms.pop("reference", False)
        rule = Rule(code, cite(section, CHAPTER), attested, blocking)
        checks.append(rule_named(terms.pop("rule"), modules)(rule, **terms))
    return tuple(checks)


def rule_named(name: str, modules: Iterable[ModuleType]) -> Callable[..., Check]:
    """The function that the book names for an item."""
    for module in modules:
        if name in vars(module):
            found: Callable[..., Check] = vars(module)[name]
            return found
    raise LookupError(name)


class Tally:
    """Collects what fails and what is missing while an item is judged."""

    __slots__ = ("faults", "gaps")

    def __init__(self) -> None:
        self.faults: list[Because] = []
        self.gaps: list[str] = []

    def holds(self, fact: bool | None, path: str, fault: Reason) -> None:
        """The fact must be true."""
        if fact is None:
            self.gaps.append(path)
        elif not fact:
            self.faults.append(fault())

    def at_least(
        self, value: float | None, least: float, path: str, fault: Reason
    ) -> None:
        """The value reaches the least, which is included."""
        if value is None:
            self.gaps.append(path)
        elif value < least:
            self.faults.append(fault(value=value, least=least))

    def at_most(
        self, value: float | None, most: float, path: str, fault: Reason
    ) -> None:
        """The value does not go beyond the most, which is included."""
        if value is None:
            self.gaps.append(path)
        elif value > most:
            self.faults.append(fault(value=value, most=most))

    def share(
        self,
        part: tuple[str, float | None],
        whole: tuple[str, float | None],
        percent: float,
        fault: Reason,
    ) -> None:
        """The part is at least so many per cent of the whole; of nothing, it is."""
        gaps = [path for path, value in (part, whole) if value is None]
        self.gaps.extend(gaps)
        if part[1] is None or whole[1] is None:
            return
        if part[1] * 100 < percent * whole[1]:
            share = part[1] * 100 / whole[1]
            self.faults.append(
                fault(part=part[1], whole=whole[1], share=share, least=percent)
            )

    def finding(self, rule: Rule, otherwise: Because) -> Finding:
        return rule.judge(self.faults, list(dict.fromkeys(self.gaps)), otherwise)


def of_year(years: Mapping[str, float], year: int) -> float:
    """The value of a year: the last one stated by then, before the first the first."""
    stated = sorted(int(each) for each in years)
    begun = [each for each in stated if each <= year]
    return years[str(begun[-1] if begun else stated[0])]
