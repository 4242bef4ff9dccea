"""The facts of a county, as its recognition form counts them."""

from datetime import date
from functools import cache
from typing import Any

from measures.reading import Facts, Shape, choice, day, fact, flag, number, shape, text
from measures.villages.facts import COUNT, YEAR, Industry, MedicalCare, Schooling

PERCENT = number(0, 1000)
GROWTH = number(-100, 1000)


class CountyRoads(Facts):
    """Villages with a hardened road of full width, and hamlets of twenty households."""

    villages_joined: int | None = fact(COUNT)
    large_hamlets: int | None = fact(COUNT)
    large_hamlets_joined: int | None = fact(COUNT)


class CountyServices(Facts):
    """Hospitals and what every village has; counts of townships and villages."""

    second_grade_hospitals: int | None = fact(COUNT)
    townships: int | None = fact(COUNT)
    townships_with_hospital: int | None = fact(COUNT)
    villages_with_services: int | None = fact(COUNT)
    households_with_screen: int | None = fact(COUNT)


class Assistance(Facts):
    """Social assistance: the low-income standard a year, and who is covered."""

    low_income_standard: float | None = fact(number(0, 1_000_000))
    national_line: float | None = fact(number(0, 1_000_000))
    low_income_qualified: int | None = fact(COUNT)
    low_income_included: int | None = fact(COUNT)
    pension_due: int | None = fact(COUNT)
    pension_insured: int | None = fact(COUNT)
    elders_insured: int | None = fact(COUNT)
    elders_drawing: int | None = fact(COUNT)


class Dilapidated(Facts):
    """Dilapidated houses of poor households: the stock, and how many are rebuilt."""

    stock: int | None = fact(COUNT)
    rebuilt: int | None = fact(COUNT)


class County(Facts):
    code: str | None = fact(text(60))
    division: str | None = fact(text(12))
    edition: str | None = fact(text(40))
    on: date | None = fact(day())
    county_class: str | None = fact(choice("county_class"))
    exited_in: int | None = fact(YEAR)
    households: int | None = fact(COUNT)
    population: int | None = fact(COUNT)
    villages: int | None = fact(COUNT)
    poor_villages: int | None = fact(COUNT)
    poor_villages_with_entity: int | None = fact(COUNT)
    poor_households: int | None = fact(COUNT)
    poor_people: int | None = fact(COUNT)
    industry: Industry | None = fact(shape(Industry))
    households_housed: int | None = fact(COUNT)
    dilapidated: Dilapidated | None = fact(shape(Dilapidated))
    medical: MedicalCare | None = fact(shape(MedicalCare))
    poverty_by_illness_solved: bool | None = fact(flag())
    schooling: Schooling | None = fact(shape(Schooling))
    school_system_sound: bool | None = fact(flag())
    retention_percent: float | None = fact(PERCENT)
    households_with_water: int | None = fact(COUNT)
    roads: CountyRoads | None = fact(shape(CountyRoads))
    households_with_power: int | None = fact(COUNT)
    services: CountyServices | None = fact(shape(CountyServices))
    assistance: Assistance | None = fact(shape(Assistance))
    income_growth_percent: float | None = fact(GROWTH)
    national_growth_percent: float | None = fact(GROWTH)


@cache
def county_shape() -> Shape[County]:
    return Shape(County)


def read_county(mapping: Any) -> County:
    """A county from the exchange format; raises ``Unreadable`` with the path."""
    return county_shape().read(mapping)
