"""The facts of a household, as the registers hold them and other systems exchange them.

Money is yuan, area square metres or mu as the names say. ``None`` is a fact not known.
"""

from datetime import date
from functools import cache
from typing import Any

from measures.casework.cases import Case
from measures.reading import (
    Facts,
    Shape,
    amount,
    choice,
    day,
    fact,
    flag,
    listed,
    many,
    money,
    number,
    shape,
    text,
    whole,
)

YEAR = whole(1950, 2100)


class Job(Facts):
    """A job away from home, as the handbook lists them one after the other."""

    started_on: date | None = fact(day())
    ended_on: date | None = fact(day())
    monthly_pay: float | None = fact(amount())
    company: str | None = fact(text(200))
    trade: str | None = fact(text(100))
    channel: str | None = fact(text(100))


class WelfarePost(Facts):
    """Public-welfare posts 公益性岗位 of one person: how many kinds and months."""

    kinds: int | None = fact(whole(0, 20))
    months: float | None = fact(number(0, 12))


class Member(Facts):
    """One person of the household."""

    name: str | None = fact(text(100))
    relation: str | None = fact(choice("relation"))
    sex: str | None = fact(choice("sex"))
    born: date | None = fact(day())
    id_number: str | None = fact(text(40))
    disability_certificate: str | None = fact(text(40))
    ethnicity: str | None = fact(text(40))
    education: str | None = fact(choice("education"))
    schooling: str | None = fact(choice("schooling"))
    health: tuple[str, ...] | None = fact(many(choice("health"), 4))
    labour: str | None = fact(choice("labour"))
    work_months: float | None = fact(number(0, 12))
    work_place: str | None = fact(choice("work_place"))
    phone: str | None = fact(text(40))
    medical_insurance: str | None = fact(choice("medical_insurance"))
    critical_illness_insurance: bool | None = fact(flag())
    pension: str | None = fact(choice("pension"))
    low_income_class: str | None = fact(choice("low_income_class"))
    special_poor: bool | None = fact(flag())
    medical_aid: bool | None = fact(flag())
    jobs: tuple[Job, ...] | None = fact(many(shape(Job), 50))
    welfare_post: WelfarePost | None = fact(shape(WelfarePost))


class Transfers(Facts):
    """Transfer income of the year, by kind: not every kind counts for an exit."""

    basic_pension: float | None = fact(amount())
    low_income_a: float | None = fact(amount())
    low_income_b: float | None = fact(amount())
    low_income_c: float | None = fact(amount())
    temporary_relief: float | None = fact(amount())
    other_stable: float | None = fact(amount())


class Income(Facts):
    """Income of the year; the totals are those written on the form, to be checked."""

    business: float | None = fact(amount())
    wage: float | None = fact(amount())
    property: float | None = fact(amount())
    transfer: Transfers | None = fact(shape(Transfers))
    other: float | None = fact(amount())
    expenses: float | None = fact(amount())
    total: float | None = fact(money())
    net: float | None = fact(money())
    net_per_head: float | None = fact(money())
    previous_net_per_head: float | None = fact(money())
    monthly: tuple[float, ...] | None = fact(many(money(), 12))
    business_parts: tuple[float, ...] | None = fact(many(amount(), 50))
    wage_parts: tuple[float, ...] | None = fact(many(amount(), 50))
    property_parts: tuple[float, ...] | None = fact(many(amount(), 50))


class Land(Facts):
    paddy_mu: float | None = fact(number(0, 100_000))
    dry_mu: float | None = fact(number(0, 100_000))
    economic_forest_mu: float | None = fact(number(0, 100_000))
    mountain_forest_mu: float | None = fact(number(0, 100_000))
    cultivated_mu: float | None = fact(number(0, 100_000))
    cultivated_per_head_mu: float | None = fact(number(0, 100_000))
    forest_mu: float | None = fact(number(0, 100_000))
    returned_to_forest_mu: float | None = fact(number(0, 100_000))
    orchard_mu: float | None = fact(number(0, 100_000))
    grass_mu: float | None = fact(number(0, 100_000))
    water_mu: float | None = fact(number(0, 100_000))


class Surroundings(Facts):
    """How the dwelling is reached and served."""

    main_road_km: float | None = fact(number(0, 1000))
    entry_road: str | None = fact(choice("road_surface"))
    sanitary_toilet: bool | None = fact(flag())


class PopulationChange(Facts):
    """People at the start and the end of the year; every change has its reason."""

    at_start: int | None = fact(whole(0, 100))
    at_end: int | None = fact(whole(0, 100))
    added: tuple[str, ...] = listed(choice("joining"), 50)
    gone: tuple[str, ...] = listed(choice("leaving"), 50)


class Resettlement(Facts):
    kind: str | None = fact(choice("resettlement"))
    quality_passed: bool | None = fact(flag())
    keys_handed_over: bool | None = fact(flag())
    moved_in: bool | None = fact(flag())
    settled_in: int | None = fact(YEAR)


class Dwelling(Facts):
    structure: str | None = fact(choice("structure"))
    grade: str | None = fact(choice("grade"))
    area_m2: float | None = fact(number(0, 10_000))
    area_per_head_m2: float | None = fact(number(0, 10_000))
    rebuilt_in: int | None = fact(YEAR)
    liveable: bool | None = fact(flag())
    dilapidated: bool | None = fact(flag())
    resettlement: Resettlement | None = fact(shape(Resettlement))


class SchoolAbsence(Facts):
    """A child of compulsory-school age who is not at school, and what was done."""

    member: int | None = fact(whole(0, 99))
    reason: str | None = fact(choice("absence_reason"))
    visits: int | None = fact(whole(0, 1000))
    three_party_signed: bool | None = fact(flag())


class Water(Facts):
    source: str | None = fact(choice("water_source"))
    clear: bool | None = fact(flag())
    litres_per_head_day: float | None = fact(number(0, 100_000))
    round_trip_minutes: float | None = fact(number(0, 1440))
    level_distance_m: float | None = fact(number(0, 100_000))
    height_m: float | None = fact(number(0, 9_000))
    assurance: float | None = fact(number(0, 1))


class Road(Facts):
    hamlet_households: int | None = fact(whole(0, 100_000))
    surface: str | None = fact(choice("road_surface"))
    width_m: float | None = fact(number(0, 100))
    nature_reserve: bool | None = fact(flag())


class Television(Facts):
    televisions: int | None = fact(whole(0, 1000))
    computers: int | None = fact(whole(0, 1000))
    smartphones: int | None = fact(whole(0, 1000))
    receives: bool | None = fact(flag())


class Helper(Facts):
    """The contact who helps the household 帮扶联系人, and the unit behind."""

    name: str | None = fact(text(100))
    unit: str | None = fact(text(200))
    level: str | None = fact(choice("helper_level"))
    phone: str | None = fact(text(40))


class VetoFact(Facts):
    """A veto case found at the household, and since when it holds."""

    code: str = fact(choice("veto"), required=True)
    since: date | None = fact(day())
    value: float | None = fact(number(0, 1_000_000_000))


class Household(Facts):
    code: str | None = fact(text(60))
    division: str | None = fact(text(12))
    edition: str | None = fact(text(40))
    on: date | None = fact(day())
    identified_in: int | None = fact(YEAR)
    identified_on: date | None = fact(day())
    exited_in: int | None = fact(YEAR)
    returned_in: int | None = fact(YEAR)
    attribute: str | None = fact(choice("attribute"))
    causes: tuple[str, ...] | None = fact(many(choice("cause"), 14))
    members: tuple[Member, ...] = listed(shape(Member), 100)
    member_count: int | None = fact(whole(0, 100))
    income: Income | None = fact(shape(Income))
    income_stable: bool | None = fact(flag())
    food_and_clothing_secure: bool | None = fact(flag())
    land: Land | None = fact(shape(Land))
    stable_sources: tuple[str, ...] | None = fact(many(choice("stable_source"), 10))
    dwelling: Dwelling | None = fact(shape(Dwelling))
    out_of_school: tuple[SchoolAbsence, ...] | None = fact(
        many(shape(SchoolAbsence), 100)
    )
    water: Water | None = fact(shape(Water))
    road: Road | None = fact(shape(Road))
    electricity: bool | None = fact(flag())
    television: Television | None = fact(shape(Television))
    helper: Helper | None = fact(shape(Helper))
    vetoes: tuple[VetoFact, ...] | None = fact(many(shape(VetoFact), 50))
    hardship: bool | None = fact(flag())
    return_causes: tuple[str, ...] | None = fact(many(choice("cause"), 14))
    help_given: tuple[str, ...] | None = fact(many(choice("help"), 50))
    surroundings: Surroundings | None = fact(shape(Surroundings))
    population_change: PopulationChange | None = fact(shape(PopulationChange))
    exit_case: Case | None = fact(shape(Case))

    @property
    def heads(self) -> int:
        """How many people: those listed, or the count on the form if none is listed."""
        return len(self.members) or self.member_count or 0


@cache
def household_shape() -> Shape[Household]:
    return Shape(Household)


def read_household(mapping: Any) -> Household:
    """A household from the exchange format; raises ``Unreadable`` with the path."""
    return household_shape().read(mapping)
