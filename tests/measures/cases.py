"""Households, villages and cases that are in order, to be spoilt one fact at a time."""

from copy import deepcopy
from typing import Any

import measures

GOOD_HOUSEHOLD: dict[str, Any] = {
    "code": "H1",
    "division": "459999101203",
    "on": "2017-11-15",
    "identified_in": 2015,
    "attribute": "general",
    "causes": ["illness"],
    "members": [
        {
            "name": "甲",
            "relation": "head",
            "sex": "male",
            "born": "1970-02-03",
            "education": "primary",
            "health": ["chronic"],
            "labour": "ordinary",
            "work_months": 8,
            "work_place": "outside_region",
            "medical_insurance": "resident",
            "critical_illness_insurance": True,
            "pension": "resident",
        },
        {
            "name": "乙",
            "relation": "spouse",
            "sex": "female",
            "born": "1972-05-06",
            "education": "junior",
            "health": ["healthy"],
            "labour": "ordinary",
            "work_months": 0,
            "medical_insurance": "resident",
            "critical_illness_insurance": True,
            "pension": "resident",
        },
        {
            "name": "丙",
            "relation": "son",
            "sex": "male",
            "born": "2006-03-01",
            "schooling": "primary",
            "health": ["healthy"],
            "labour": "none",
            "work_months": 0,
            "medical_insurance": "resident",
            "critical_illness_insurance": True,
        },
        {
            "name": "丁",
            "relation": "mother",
            "sex": "female",
            "born": "1945-09-10",
            "education": "illiterate",
            "health": ["healthy"],
            "labour": "weak",
            "work_months": 0,
            "medical_insurance": "resident",
            "critical_illness_insurance": True,
            "pension": "resident",
        },
    ],
    "member_count": 4,
    "income": {
        "business": 6000,
        "wage": 14000,
        "property": 0,
        "transfer": {
            "basic_pension": 1080,
            "low_income_a": 0,
            "low_income_b": 0,
            "low_income_c": 0,
            "temporary_relief": 0,
            "other_stable": 500,
        },
        "other": 0,
        "expenses": 2000,
        "total": 21580,
        "net": 19580,
        "net_per_head": 4895,
    },
    "income_stable": True,
    "food_and_clothing_secure": True,
    "land": {
        "paddy_mu": 1,
        "dry_mu": 2,
        "economic_forest_mu": 0,
        "mountain_forest_mu": 3,
        "cultivated_mu": 3,
    },
    "stable_sources": [],
    "dwelling": {
        "structure": "brick_concrete",
        "grade": "A",
        "area_m2": 80,
        "liveable": True,
        "dilapidated": False,
    },
    "out_of_school": [],
    "water": {
        "source": "tap",
        "clear": True,
        "litres_per_head_day": 40,
        "round_trip_minutes": 5,
        "assurance": 0.95,
    },
    "road": {
        "hamlet_households": 30,
        "surface": "gravel",
        "width_m": 3.5,
        "nature_reserve": False,
    },
    "electricity": True,
    "television": {
        "televisions": 1,
        "computers": 0,
        "smartphones": 1,
        "receives": True,
    },
    "helper": {
        "name": "戊",
        "unit": "县农业局",
        "level": "county",
        "phone": "13800000000",
    },
    "vetoes": [],
    "hardship": False,
}


def changed(original: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy with other values at dotted paths: ``{"members.0.labour": "lost"}``."""
    copy: Any = deepcopy(original)
    for path, value in changes.items():
        *way, last = path.split(".")
        place = copy
        for key in way:
            place = place[int(key)] if isinstance(place, list) else place[key]
        if isinstance(place, list):
            place[int(last)] = value
        else:
            place[last] = value
    return dict(copy)


def household(**changes: Any) -> measures.Household:
    """The good household with changes; a double underscore stands for a dot."""
    dotted = {path.replace("__", "."): value for path, value in changes.items()}
    return measures.read_household(changed(GOOD_HOUSEHOLD, dotted))


def judged(item: str, **changes: Any) -> bool | None:
    """Whether the changed household meets one item of its standard."""
    return measures.check_household(household(**changes))[item].met
