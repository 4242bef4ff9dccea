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


def step(code: str, level: str, on: str = "2017-11-01", **more: Any) -> dict[str, Any]:
    return {"step": code, "level": level, "on": on, "outcome": "passed", **more}


def notice(since: str, until: str, *objections: dict[str, str]) -> dict[str, Any]:
    return {"from": since, "to": until, "objections": list(objections)}


WEEK = notice("2017-11-05", "2017-11-11")

EXIT_STEPS = [
    step("verify_household", "township", "2017-11-01"),
    step("appraise_in_village", "village", "2017-11-03"),
    step("review_in_township", "township", "2017-11-05", notice=WEEK),
    step("decide_in_county", "county", "2017-11-12"),
    step("file", "city", "2017-11-20"),
    step("file", "region", "2017-11-21"),
]

EXIT: dict[str, Any] = {
    "procedure": "exit",
    "subject": "household",
    "status": "registered",
    "history": [{"event": "identified", "on": "2015-12-20"}],
    "facts": {"standard_met": True},
    "steps": EXIT_STEPS,
}

RETURN: dict[str, Any] = {
    "procedure": "return",
    "subject": "household",
    "status": "exited",
    "history": [
        {"event": "identified", "on": "2015-12-20"},
        {"event": "exited", "on": "2016-12-20"},
    ],
    "facts": {"standard_met": False},
    "steps": [
        step("apply", "household"),
        step("verify_household", "township", "2017-11-02"),
        step("appraise_in_village", "village", "2017-11-03"),
        step("review_in_township", "township", "2017-11-05", notice=WEEK),
        step("decide_in_county", "county", "2017-11-12"),
    ],
}

IDENTIFY: dict[str, Any] = {
    "procedure": "identify",
    "subject": "household",
    "status": "applicant",
    "facts": {"standard_met": False, "hardship": True},
    "steps": [
        step("apply_in_writing", "household"),
        step("visit_household", "township"),
        step("appraise_in_group", "village"),
        step("revisit_household", "township"),
        step("appraise_in_village", "village", "2017-11-05", notice=WEEK),
        step(
            "review_in_township",
            "township",
            "2017-11-12",
            notice=notice("2017-11-12", "2017-11-18"),
        ),
        step("review_in_county", "county", "2017-11-20"),
        step("announce_in_county", "county", "2017-11-21"),
    ],
}

REMOVE: dict[str, Any] = {
    "procedure": "remove",
    "subject": "household",
    "status": "registered",
    "facts": {"vetoed_before_identification": True},
    "steps": [
        step("verify_information", "township"),
        step("tell_household", "village"),
        step("appraise_in_village", "village"),
        step("notice_in_village", "village", notice=WEEK),
        step("review_in_township", "township", "2017-11-12"),
        step("decide_in_county", "county", "2017-11-13"),
    ],
}

VILLAGE_EXIT: dict[str, Any] = {
    "procedure": "exit",
    "subject": "village",
    "status": "registered",
    "facts": {"standard_met": True},
    "steps": [
        step("check_in_township", "township"),
        step("review_in_county", "county", notice=WEEK),
        step("decide_in_city", "city", "2017-11-12"),
        step("spot_check", "region", "2017-11-13"),
        step("announce", "city", "2017-11-14"),
    ],
}

NATIONAL_COUNTY_EXIT: dict[str, Any] = {
    "procedure": "exit",
    "subject": "county",
    "status": "registered",
    "county_class": "national",
    "facts": {"standard_met": True},
    "steps": [
        step("check_by_county", "county"),
        step("review_by_city", "city"),
        step("verify_by_region", "region"),
        step("report_to_state", "region"),
        step("announce", "region"),
    ],
}

ROLL_BACK: dict[str, Any] = {
    "procedure": "roll_back",
    "subject": "household",
    "status": "exited",
    "facts": {"failed_check_by": "third_party"},
    "steps": [
        step("inspect_on_site", "third_party"),
        step("give_feedback", "third_party"),
        step("request_review", "household"),
        step("consolidate", "county"),
    ],
}


def replayed(case: dict[str, Any], **changes: Any) -> measures.Replay:
    dotted = {path.replace("__", "."): value for path, value in changes.items()}
    return measures.replay(changed(case, dotted))


def refused(case: dict[str, Any], **changes: Any) -> tuple[int, str] | None:
    """Where and by which code the changed case is refused."""
    refusal = replayed(case, **changes).refused
    if refusal is None:
        return None
    assert refusal.because["zh"] != refusal.because["en"]
    return refusal.index, refusal.code
