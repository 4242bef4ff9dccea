"""The household standard 八有一超: nine items, judged by the edition of the day."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from measures.book import page
from measures.citations import cite
from measures.findings import Answer, Rule
from measures.households import counting, livelihood, living, people
from measures.households.facts import Household
from measures.households.occasions import Check, Occasion
from measures.law import Edition, IncomeLine, edition_for

SECTION, CHAPTER = "四(一)2", 2


def rule_named(name: str) -> Callable[..., Check]:
    """The function that a version names for an item."""
    for module in (livelihood, living, people, counting):
        if name in vars(module):
            found: Callable[..., Check] = vars(module)[name]
            return found
    raise LookupError(name)


@cache
def items_of(version: str) -> tuple[Check, ...]:
    """The nine checks of one version, their thresholds bound once."""
    checks = []
    for code, entry in page("household")[version].items():
        terms: dict[str, Any] = dict(entry)
        rule = Rule(code, cite(SECTION, CHAPTER), terms.pop("attested"))
        checks.append(rule_named(terms.pop("rule"))(rule, **terms))
    return tuple(checks)


def check_household(
    household: Household,
    edition: Edition | str | None = None,
    income_line: IncomeLine | float | None = None,
) -> Answer:
    """Does the household meet the nine items?

    The edition is the one named, else the household's own, else the one in force on
    its day. The income line is the one given, else the edition's for the year.
    """
    law = edition_for(edition or household.edition, household.on)
    on = household.on or date(law.year, 12, 31)
    occasion = Occasion(on, line_for(law, on.year, income_line))
    return Answer.of(
        law.code,
        [check(household, occasion) for check in items_of(law.standard("household"))],
    )


def line_for(
    law: Edition, year: int, given: IncomeLine | float | None
) -> IncomeLine | None:
    if given is None:
        return law.exit_line(year)
    if isinstance(given, IncomeLine):
        return given
    return IncomeLine(year, "exit", float(given), "assumed")
