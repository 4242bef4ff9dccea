"""The facts of a village: the numerators and denominators behind each of its items."""

from datetime import date
from functools import cache
from typing import Any

from measures.reading import (
    Facts,
    Shape,
    amount,
    choice,
    day,
    fact,
    flag,
    number,
    shape,
    text,
    whole,
)

COUNT = whole(0, 10_000_000)
YEAR = whole(1950, 2100)
METRES = number(0, 100)


class Industry(Facts):
    """Characteristic industries; the excluded have no labour or are long away."""

    kinds: int | None = fact(COUNT)
    poor_households_excluded: int | None = fact(COUNT)
    poor_households_covered: int | None = fact(COUNT)
    has_entity: bool | None = fact(flag())


class MedicalCare(Facts):
    people_insured: int | None = fact(COUNT)
    illness_treated: bool | None = fact(flag())
    assistance_given: bool | None = fact(flag())


class Schooling(Facts):
    """Children out of school; ``not_persuaded`` are those with too few visits."""

    out_for_economic_reasons: int | None = fact(COUNT)
    not_persuaded: int | None = fact(COUNT)
    aid_given: bool | None = fact(flag())
    left_behind_cared_for: bool | None = fact(flag())


class Roads(Facts):
    """The road to the village seat, and those to hamlets of twenty households."""

    hardened: bool | None = fact(flag())
    roadbed_m: float | None = fact(METRES)
    surface_m: float | None = fact(METRES)
    nature_reserve: bool | None = fact(flag())
    large_hamlets: int | None = fact(COUNT)
    large_hamlets_joined: int | None = fact(COUNT)


class Services(Facts):
    office: bool | None = fact(flag())
    notice_board: bool | None = fact(flag())
    standard_clinic: bool | None = fact(flag())
    township_seat: bool | None = fact(flag())
    court: bool | None = fact(flag())
    culture_room: bool | None = fact(flag())
    stage: bool | None = fact(flag())
    broadband: bool | None = fact(flag())
    pension_due: int | None = fact(COUNT)
    pension_insured: int | None = fact(COUNT)
    elders_insured: int | None = fact(COUNT)
    elders_drawing: int | None = fact(COUNT)
    low_income_qualified: int | None = fact(COUNT)
    low_income_included: int | None = fact(COUNT)


class Collective(Facts):
    """The villagers' cooperative, and what it earns for the village in the year."""

    cooperative: bool | None = fact(flag())
    income: float | None = fact(amount())
    steady: bool | None = fact(flag())


class Committee(Facts):
    """The two committees; if found weak, how putting them right turned out."""

    duties_done: bool | None = fact(flag())
    found_weak: bool | None = fact(flag())
    put_right: str | None = fact(choice("rectification"))


class PoorHouseholds(Facts):
    general: int | None = fact(COUNT)
    low_income_with_labour: int | None = fact(COUNT)
    low_income_without_labour: int | None = fact(COUNT)


class Facilities(Facts):
    """Counts that the register of an exited village must not leave blank."""

    bus_services: int | None = fact(COUNT)
    clinics: int | None = fact(COUNT)
    public_toilets: int | None = fact(COUNT)
    doctors: int | None = fact(COUNT)
    waste_points: int | None = fact(COUNT)
    reading_rooms: int | None = fact(COUNT)
    low_income_people: int | None = fact(COUNT)
    special_poor_people: int | None = fact(COUNT)
    disabled_people: int | None = fact(COUNT)


class Village(Facts):
    code: str | None = fact(text(60))
    division: str | None = fact(text(12))
    edition: str | None = fact(text(40))
    on: date | None = fact(day())
    exited_in: int | None = fact(YEAR)
    households: int | None = fact(COUNT)
    population: int | None = fact(COUNT)
    poor_households: int | None = fact(COUNT)
    poor_households_by_attribute: PoorHouseholds | None = fact(shape(PoorHouseholds))
    poor_people: int | None = fact(COUNT)
    incidence_percent: float | None = fact(number(0, 100))
    land_mu: float | None = fact(number(0, 10_000_000))
    industry: Industry | None = fact(shape(Industry))
    households_housed: int | None = fact(COUNT)
    households_dilapidated: int | None = fact(COUNT)
    medical: MedicalCare | None = fact(shape(MedicalCare))
    schooling: Schooling | None = fact(shape(Schooling))
    households_with_water: int | None = fact(COUNT)
    roads: Roads | None = fact(shape(Roads))
    households_with_power: int | None = fact(COUNT)
    services: Services | None = fact(shape(Services))
    households_with_screen: int | None = fact(COUNT)
    collective: Collective | None = fact(shape(Collective))
    committee: Committee | None = fact(shape(Committee))
    facilities: Facilities | None = fact(shape(Facilities))


@cache
def village_shape() -> Shape[Village]:
    return Shape(Village)


def read_village(mapping: Any) -> Village:
    """A village from the exchange format; raises ``Unreadable`` with the path."""
    return village_shape().read(mapping)
