"""The household standard 八有一超: nine items, judged by the edition of the day."""

from datetime import date
from functools import cache

from measures.book import page
from measures.citations import runs
from measures.findings import Answer, Finding
from measures.households import counting, livelihood, living, people
from measures.households.facts import Household
from measures.law import Edition, IncomeLine, edition_for, editions
from measures.standards import Check, Occasion, bound_items

SECTION = "四(一)2"


@cache
def items_of(version: str) -> tuple[Check, ...]:
    """The nine checks of one version."""
    modules = (livelihood, living, people, counting)
    return bound_items("household", version, SECTION, modules)


@runs("4.1.2-standard", "3-household")
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


def judge_item(household: Household, code: str, on: date) -> Finding | None:
    """One item alone, under the household's edition, else the one in force on the day.

    On a day before every edition there is nothing to judge by.
    """
    if household.edition is None and on < editions()[0].since:
        return None
    law = edition_for(household.edition, on)
    occasion = Occasion(on, line_for(law, on.year, None))
    version = law.standard("household")
    place = tuple(page("household")[version]).index(code)
    return items_of(version)[place](household, occasion)


def line_for(
    law: Edition, year: int, given: IncomeLine | float | None
) -> IncomeLine | None:
    if given is None:
        return law.exit_line(year)
    if isinstance(given, IncomeLine):
        return given
    return IncomeLine(year, "exit", float(given), "assumed")
