"""What a household lives in and from: each item drawn sound, often at its boundary.

Every function changes the facts so that its item is met under the edition of 2017; the
numbers are the standard's own, and the property test holds them to ``measures``.
"""

from __future__ import annotations

from random import Random

THIN_LAND = {"paddy_mu": 0.3, "dry_mu": 0.6, "economic_forest_mu": 0.8}
# How each kind of land carries a household, in mu a head.
LAND = {
    "paddy_mu": 0.5,
    "dry_mu": 1.0,
    "economic_forest_mu": 1.5,
    "mountain_forest_mu": 5.0,
}


def house(rng: Random, facts: dict) -> None:
    heads = len(facts["members"])
    per_head = 13 if rng.random() < 0.3 else rng.randint(14, 28)
    facts["dwelling"] = {
        "structure": rng.choice(("steel_concrete", "brick_concrete", "brick_timber")),
        "grade": rng.choice("AB"),
        "area_m2": per_head * heads,
        "liveable": True,
        "dilapidated": False,
        "resettlement": None,
    }
    if rng.random() < 0.15:
        concentrated = rng.random() < 0.6
        facts["dwelling"]["resettlement"] = {
            "kind": "concentrated" if concentrated else "scattered",
            "quality_passed": True,
            "keys_handed_over": True if concentrated else None,
            "moved_in": True,
        }


def insurance(rng: Random, facts: dict) -> None:
    """Now and then somebody is insured another way that is as good."""
    if rng.random() < 0.3:
        member = rng.choice(facts["members"])
        member["medical_insurance"] = "commercial_equal"
        member["critical_illness_insurance"] = False


def school(rng: Random, facts: dict, pupil: int | None) -> None:
    """A tired pupil was persuaded as the rule asks, or a sick one is excused."""
    facts["out_of_school"] = []
    if pupil is None or rng.random() < 0.5:
        return
    if rng.random() < 0.7:
        leave_school(facts, pupil, reason="weary", visits=2, three_party_signed=True)
    else:
        leave_school(facts, pupil, reason="illness", visits=0, three_party_signed=False)
        facts["members"][pupil]["health"] = ["serious"]


def leave_school(facts: dict, pupil: int, **absence: object) -> None:
    facts["members"][pupil] |= {"schooling": None, "education": "primary"}
    facts["out_of_school"] = [{"member": pupil, **absence}]


def water(rng: Random, facts: dict) -> None:
    at_boundary = rng.random() < 0.35
    facts["water"] = {
        "source": rng.choice(("tap", "tap", "well", "cistern", "spring")),
        "clear": True,
        "litres_per_head_day": 35 if at_boundary else rng.randint(40, 80),
        "round_trip_minutes": 20 if at_boundary else rng.randint(2, 15),
        "level_distance_m": rng.randint(50, 700),
        "height_m": rng.randint(0, 70),
        "assurance": 0.9 if at_boundary else 0.95,
    }
    if rng.random() < 0.15:
        # Longer by the clock, near enough by distance and height.
        facts["water"] |= {
            "round_trip_minutes": rng.randint(21, 25),
            "level_distance_m": 800,
            "height_m": 80,
        }


def road(rng: Random, facts: dict) -> None:
    if rng.random() < 0.25:
        facts["road"] = {
            "hamlet_households": rng.randint(8, 19),
            "surface": "earth",
            "width_m": 2.5,
            "nature_reserve": False,
        }
        return
    facts["road"] = {
        "hamlet_households": rng.randint(20, 60),
        "surface": rng.choice(("gravel", "hardened")),
        "width_m": 3.5 if rng.random() < 0.4 else 4.5,
        "nature_reserve": False,
    }


def power(rng: Random, facts: dict) -> None:
    facts["electricity"] = True


def television(rng: Random, facts: dict) -> None:
    only_phone = rng.random() < 0.25
    facts["television"] = {
        "televisions": 0 if only_phone else 1,
        "computers": 0,
        "smartphones": rng.randint(1, 2),
        "receives": True,
    }


def thin_land(rng: Random, facts: dict) -> None:
    """Some land, but of no kind enough to live on."""
    heads = len(facts["members"])
    land = {
        kind: round(per_head * heads * rng.uniform(0.2, 0.9), 1)
        for kind, per_head in THIN_LAND.items()
    }
    land["mountain_forest_mu"] = round(heads * rng.uniform(0.5, 3), 1)
    facts["land"] = land
    cultivate(land)


def cultivate(land: dict) -> None:
    land["cultivated_mu"] = round(land["paddy_mu"] + land["dry_mu"], 1)


def livelihood(rng: Random, facts: dict, earners: list[dict]) -> None:
    """Choose what the household lives from; without labour, from the allowance."""
    thin_land(rng, facts)
    facts |= {
        "stable_sources": [],
        "food_and_clothing_secure": True,
        "income_stable": True,
    }
    if not earners:
        live_on_allowance(rng, facts, rng.choice("AB"))
        return
    way = rng.choice(("work", "work", "land", "breeding"))
    if way == "work":
        go_to_work(rng, earners, 6 if rng.random() < 0.35 else rng.randint(7, 11))
    elif way == "land":
        farm(rng, facts, rng.choice(list(LAND)))
    else:
        facts["stable_sources"] = ["breeding"]
    if way != "work" and rng.random() < 0.5:
        go_to_work(rng, earners[:1], rng.randint(2, 5))
    if rng.random() < 0.3:
        facts["attribute"] = "low_income_with_labour"
        facts["members"][-1]["low_income_class"] = "C"


def live_on_allowance(rng: Random, facts: dict, grade: str) -> None:
    facts["attribute"] = "low_income_without_labour"
    for member in facts["members"]:
        member["low_income_class"] = grade


def go_to_work(rng: Random, earners: list[dict], months: int) -> None:
    place = rng.choice(("in_county", "in_region", "outside_region"))
    for member in earners:
        member |= {"work_months": months, "work_place": place}


def farm(rng: Random, facts: dict, kind: str) -> None:
    heads = len(facts["members"])
    per_head = LAND[kind] * (1 if rng.random() < 0.4 else rng.uniform(1.1, 2))
    land = facts["land"]
    land[kind] = -(-round(per_head * heads * 100) // 10) / 10  # up, to a tenth
    cultivate(land)


def causes(rng: Random, facts: dict) -> None:
    """The chief cause fits the people; the second, if any, is another."""
    members = facts["members"]
    health = {state for member in members for state in member["health"]}
    fitting = ["no_skill", "no_capital", "no_road"]
    fitting += ["illness"] * 3 if health & {"chronic", "serious"} else []
    fitting += ["disability"] * 3 if "disabled" in health else []
    fitting += ["schooling"] * 2 if any(m["schooling"] for m in members) else []
    if facts["attribute"] == "low_income_without_labour":
        fitting = ["no_labour", *(c for c in fitting if c in ("illness", "disability"))]
    chosen = list(dict.fromkeys(rng.sample(fitting, min(2, len(fitting)))))
    facts["causes"] = chosen
