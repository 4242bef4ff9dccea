"""Planting problems: each function breaks one item, as near its boundary as it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .earning import Target
from .furnishing import go_to_work, leave_school, live_on_allowance, thin_land
from .peopling import pupils, workers


@dataclass(frozen=True)
class Planted:
    """A problem and the item, or the veto, that it hits."""

    code: str
    hits: str


def area_short(rng: Random, facts: dict) -> None:
    facts["dwelling"]["resettlement"] = None
    facts["dwelling"]["area_m2"] = round(12.9 * len(facts["members"]), 1)


def house_unsafe(rng: Random, facts: dict) -> None:
    facts["dwelling"] |= {"resettlement": None, "dilapidated": True}
    facts["dwelling"] |= {"structure": "earth_timber", "grade": rng.choice("CD")}


def house_unfinished(rng: Random, facts: dict) -> None:
    facts["dwelling"] |= {"liveable": False, "resettlement": None}


def no_keys(rng: Random, facts: dict) -> None:
    facts["dwelling"]["resettlement"] = {
        "kind": "concentrated",
        "quality_passed": True,
        "keys_handed_over": False,
        "moved_in": False,
    }


def not_moved_in(rng: Random, facts: dict) -> None:
    facts["dwelling"]["resettlement"] = {
        "kind": "scattered",
        "quality_passed": True,
        "keys_handed_over": None,
        "moved_in": False,
    }


def uninsured(rng: Random, facts: dict) -> None:
    rng.choice(facts["members"]).update(
        medical_insurance="none", critical_illness_insurance=False
    )


def insured_worse(rng: Random, facts: dict) -> None:
    rng.choice(facts["members"]).update(
        medical_insurance="commercial_lesser", critical_illness_insurance=False
    )


def no_critical_cover(rng: Random, facts: dict) -> None:
    rng.choice(facts["members"]).update(
        medical_insurance="resident", critical_illness_insurance=False
    )


def out_for_want(rng: Random, facts: dict) -> None:
    pupil = pupils(facts["members"])[0]
    leave_school(facts, pupil, reason="economic", visits=2, three_party_signed=True)


def visited_once(rng: Random, facts: dict) -> None:
    pupil = pupils(facts["members"])[0]
    leave_school(facts, pupil, reason="weary", visits=1, three_party_signed=True)


def not_signed(rng: Random, facts: dict) -> None:
    pupil = pupils(facts["members"])[0]
    leave_school(facts, pupil, reason="weary", visits=2, three_party_signed=False)


def water_cloudy(rng: Random, facts: dict) -> None:
    facts["water"] |= {"clear": False, "source": rng.choice(("cistern", "spring"))}


def water_scarce(rng: Random, facts: dict) -> None:
    facts["water"]["litres_per_head_day"] = 34


def water_far(rng: Random, facts: dict) -> None:
    facts["water"] |= {
        "source": "spring",
        "round_trip_minutes": rng.randint(21, 35),
        "level_distance_m": rng.randint(801, 1200),
    }


def water_unsure(rng: Random, facts: dict) -> None:
    facts["water"]["assurance"] = 0.89


def road_of_earth(rng: Random, facts: dict) -> None:
    facts["road"] |= {"hamlet_households": 20, "surface": "earth", "width_m": 3.5}


def road_narrow(rng: Random, facts: dict) -> None:
    hamlet = rng.randint(20, 40)
    facts["road"] |= {"hamlet_households": hamlet, "surface": "gravel", "width_m": 3.4}


def no_power(rng: Random, facts: dict) -> None:
    """Then only a telephone, charged elsewhere, can receive anything."""
    facts["electricity"] = False
    if facts["television"]["receives"]:
        facts["television"] |= {"televisions": 0, "smartphones": 1}


def no_screen(rng: Random, facts: dict) -> None:
    facts["television"] = {
        "televisions": 0,
        "computers": 0,
        "smartphones": 0,
        "receives": False,
    }


def no_reception(rng: Random, facts: dict) -> None:
    facts["television"] |= {"televisions": 1, "smartphones": 0, "receives": False}


def no_source(rng: Random, facts: dict) -> None:
    """Five months of work a year and a little land: income, but no stable source."""
    thin_land(rng, facts)
    facts["stable_sources"] = []
    earners = workers(facts["members"])
    if earners:
        go_to_work(rng, earners, 5)
    else:
        live_on_allowance(rng, facts, "C")


def in_want(rng: Random, facts: dict) -> None:
    facts["food_and_clothing_secure"] = False


def at_the_line(rng: Random, facts: dict, line: int) -> Target:
    return Target(line * len(facts["members"]))


def below_the_line(rng: Random, facts: dict, line: int) -> Target:
    return Target(line * len(facts["members"]) - rng.randint(1, 300))


def above_by_relief(rng: Random, facts: dict, line: int) -> Target:
    """The form's own total is above the line; what counts is not."""
    heads = len(facts["members"])
    return Target(line * heads - rng.randint(100, 600), relief=800 * heads)


def unstable(rng: Random, facts: dict, line: int) -> Target:
    heads = len(facts["members"])
    facts["income_stable"] = False
    return Target(line * heads + rng.randint(200, 900) * heads)


PROBLEMS: dict[str, tuple[Callable[[Random, dict], None], ...]] = {
    "INCOME_SRC": (no_source, in_want),
    "HOUSING": (area_short, house_unsafe, house_unfinished, no_keys, not_moved_in),
    "MEDICAL": (uninsured, insured_worse, no_critical_cover),
    "EDU": (out_for_want, visited_once, not_signed),
    "WATER": (water_cloudy, water_scarce, water_far, water_unsure),
    "ROAD": (road_of_earth, road_narrow),
    "POWER": (no_power,),
    "TV": (no_screen, no_reception),
}
SHORT_INCOMES: tuple[Callable[[Random, dict, int], Target], ...] = (
    at_the_line,
    below_the_line,
    above_by_relief,
    unstable,
)
ITEMS = (*PROBLEMS, "INCOME")

# Veto cases that held before identification, with the value where one decides.
VETOES = (
    ("VETO_VEHICLE", 30000),
    ("VETO_VEHICLE", 46800),
    ("VETO_BUSINESS", None),
    ("VETO_PROPERTY", None),
    ("VETO_PAYROLL", None),
)


def code_of(problem: Callable) -> str:
    return problem.__name__.replace("_", "-")
