"""Households, through the register's own door."""

import itertools
from datetime import date

import measures
from households.domain.registering import register_household

REGISTERED_ON = date(2017, 6, 1)
UNUSED_AREA = "459999"  # no place has it, so the numbers are nobody's
serials = itertools.count()


def id_number(born=date(1970, 2, 3), sex="male"):
    """A well-formed number that nobody has, another one every time."""
    turn, serial = divmod(next(serials), 500)
    return measures.make_id_number(str(int(UNUSED_AREA) - turn), born, sex, serial)


def person(relation="head", **facts):
    born = date.fromisoformat(facts.get("born", "1970-02-03"))
    sex = facts.get("sex", "male")
    usual = {
        "name": "演示韦大山",
        "relation": relation,
        "sex": sex,
        "born": born.isoformat(),
        "id_number": id_number(born, sex),
        "ethnicity": "壮族",
        "education": "junior",
        "health": ["healthy"],
        "labour": "ordinary",
        "medical_insurance": "resident",
        "critical_illness_insurance": True,
        "pension": "resident",
    }
    return {**usual, **facts}


def couple_with_child():
    return [
        person(work_months=8, work_place="outside_region", phone="13900000000"),
        person("spouse", name="演示黄小妹", sex="female", born="1972-05-06"),
        person(
            "son",
            name="演示韦小山",
            born="2008-03-01",
            education=None,
            schooling="primary",
            labour="none",
            pension=None,
        ),
    ]


def good_facts(**changes):
    """A household that meets the nine items in November 2017."""
    facts = {
        "identified_in": 2015,
        "identified_on": "2015-12-20",
        "attribute": "general",
        "causes": ["illness", "no_skill"],
        "members": couple_with_child(),
        **good_livelihood(),
        **good_living(),
        "out_of_school": [],
        "helper": {
            "name": "演示李干部",
            "unit": "县财政局",
            "level": "county",
            "phone": "13700000000",
        },
        "vetoes": [],
        "hardship": True,
    }
    return {**facts, **changes}


def good_livelihood():
    transfer = dict.fromkeys(
        ("basic_pension", "low_income_a", "low_income_b", "low_income_c"), 0
    )
    return {
        "income": {
            "business": 3000,
            "wage": 15000,
            "property": 0,
            "transfer": {**transfer, "temporary_relief": 500, "other_stable": 300},
            "other": 0,
            "expenses": 1200.5,
        },
        "income_stable": True,
        "food_and_clothing_secure": True,
        "land": {
            "paddy_mu": 1.5,
            "dry_mu": 0.6,
            "economic_forest_mu": 0,
            "mountain_forest_mu": 3,
        },
        "stable_sources": ["breeding"],
    }


def good_living():
    road = {"hamlet_households": 30, "surface": "gravel", "width_m": 3.5}
    screens = {"televisions": 1, "computers": 0, "smartphones": 1}
    return {
        "dwelling": {
            "structure": "brick_concrete",
            "grade": "A",
            "area_m2": 80,
            "liveable": True,
            "dilapidated": False,
        },
        "water": {
            "source": "tap",
            "clear": True,
            "litres_per_head_day": 40,
            "round_trip_minutes": 5,
            "assurance": 0.95,
        },
        "road": {**road, "nature_reserve": False},
        "electricity": True,
        "television": {**screens, "receives": True},
    }


def make_household(division, *, by=None, on=REGISTERED_ON, **changes):
    return register_household(good_facts(**changes), division=division, by=by, on=on)
