"""INCOME_SRC: a stable source of income, and no want of food or clothing."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from measures.citations import runs
from measures.findings import Because, Finding, Reason, Rule, Term
from measures.households.facts import Household, Land
from measures.standards import Check, Occasion

FULL_LABOUR = frozenset({"ordinary", "skilled"})

BY_LAND = Reason(
    "人均{kind}{per_head}亩，不低于{least}亩",
    "{kind} {per_head} mu a head, not below {least} mu",
)
BY_WORK = Reason(
    "有成员务工{months}个月，不少于{least}个月",
    "a member works {months} months, not fewer than {least}",
)
BY_SOURCE = Reason("有{source}", "there is: {source}")
BY_ALLOWANCE = Reason("享受{allowance}", "the household receives: {allowance}")
NO_SOURCE = Reason(
    "土地、务工、经营、低保各项都不构成收入来源",
    "neither land, work, business nor allowance makes a source of income",
)
IN_WANT = Reason("吃穿有愁", "food or clothing is wanting")


@runs("4.1.2-source")
def source_of_2016(
    rule: Rule, *, cultivated_mu: float, forest_mu: float, months_away: float
) -> Check:
    """Any one source will do; an allowance of any class is one."""

    def check(household: Household, occasion: Occasion) -> Finding:
        heads = household.heads
        gaps: list[str] = [] if heads else ["members"]
        land = household.land or Land()
        fields = total(land.cultivated_mu, land.paddy_mu, land.dry_mu)
        forest = total(None, land.economic_forest_mu, land.mountain_forest_mu)
        found = (
            by_land(gaps, "land.cultivated_mu", fields, cultivated_mu, heads)
            or by_land(gaps, "land.mountain_forest_mu", forest, forest_mu, heads)
            or by_source(household, gaps)
            or by_work(household, gaps, months_away)
            or by_allowance(household, ("A", "B", "C"))
        )
        if found:
            return rule.met(found)
        return rule.judge([] if gaps else [NO_SOURCE()], gaps, NO_SOURCE())

    return check


@runs("4.1.2-source", "hh-source-2017")
def source_of_2017(
    rule: Rule,
    *,
    paddy_mu: float,
    dry_mu: float,
    economic_forest_mu: float,
    mountain_forest_mu: float,
    months_away: float,
) -> Check:
    """Any one source, and food and clothing secure.

    A household that has fully or partly lost its labour may live by allowance class A
    or B; class C does not carry it.
    """

    enough = kinds_of_land(
        paddy_mu=paddy_mu,
        dry_mu=dry_mu,
        economic_forest_mu=economic_forest_mu,
        mountain_forest_mu=mountain_forest_mu,
    )

    def check(household: Household, occasion: Occasion) -> Finding:
        gaps: list[str] = [] if household.heads else ["members"]
        found = (
            by_any_land(household, gaps, enough)
            or by_source(household, gaps)
            or by_work(household, gaps, months_away)
            or by_allowance_without_labour(household, gaps)
        )
        faults: list[Because] = []
        if found:
            gaps = []
        elif not gaps:
            faults.append(NO_SOURCE())
        if household.food_and_clothing_secure is False:
            faults.append(IN_WANT())
        elif household.food_and_clothing_secure is None:
            gaps.append("food_and_clothing_secure")
        return rule.judge(faults, gaps, found or NO_SOURCE())

    return check


# How to read a kind of land, its path, and how much a head is enough of it.
KindOfLand = tuple[Callable[[Land], Any], str, float]


def kinds_of_land(**least: float) -> tuple[KindOfLand, ...]:
    return tuple(
        (attrgetter(name), f"land.{name}", enough) for name, enough in least.items()
    )


def by_any_land(
    household: Household, gaps: list[str], enough: Sequence[KindOfLand]
) -> Because | None:
    """The first kind of land of which there is enough a head."""
    land, heads = household.land or Land(), household.heads
    for read, path, least in enough:
        found = by_land(gaps, path, read(land), least, heads)
        if found is not None:
            return found
    return None


def total(
    whole: float | None, first: float | None, second: float | None
) -> float | None:
    """The whole as written, else the sum of the two parts if both are known."""
    if whole is not None:
        return whole
    if first is None or second is None:
        return None
    return first + second


def by_land(
    gaps: list[str], path: str, mu: float | None, least: float, heads: int
) -> Because | None:
    if mu is None:
        gaps.append(path)
    elif heads and mu >= least * heads:
        return BY_LAND(kind=Term(f"field:{path}"), per_head=mu / heads, least=least)
    return None


def by_source(household: Household, gaps: list[str]) -> Because | None:
    if household.stable_sources is None:
        gaps.append("stable_sources")
    elif household.stable_sources:
        return BY_SOURCE(source=Term(f"stable_source:{household.stable_sources[0]}"))
    return None


def by_work(household: Household, gaps: list[str], least: float) -> Because | None:
    unknown = False
    for member in household.members:
        if member.work_months is None:
            unknown = True
        elif member.work_months >= least:
            return BY_WORK(months=member.work_months, least=least)
    if unknown:
        gaps.append("member.work_months")
    return None


def by_allowance(household: Household, classes: tuple[str, ...]) -> Because | None:
    for member in household.members:
        if member.low_income_class in classes:
            return BY_ALLOWANCE(
                allowance=Term(f"low_income_class:{member.low_income_class}")
            )
    return None


def by_allowance_without_labour(
    household: Household, gaps: list[str]
) -> Because | None:
    found = by_allowance(household, ("A", "B"))
    if found is None or household.attribute == "low_income_without_labour":
        return found
    if any(member.labour in FULL_LABOUR for member in household.members):
        return None
    if any(member.labour is None for member in household.members):
        gaps.append("member.labour")
        return None
    return found
