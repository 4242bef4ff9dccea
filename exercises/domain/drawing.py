"""Drawing a scenario from a seed: the same seed is always the same case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from measures import edition

from . import furnishing
from .earning import Target, write_income
from .peopling import Wanted, draw_family, phone, pupils, workers
from .planting import ITEMS, PROBLEMS, SHORT_INCOMES, VETOES, Planted, code_of

EDITION = "gx-2017"
FIRST_DAY = date(2017, 10, 9)  # the autumn in which households are verified
SEASON = 40
IDENTIFIED_ON = date(2015, 12, 20)
UNUSED_VILLAGE = "459999001201"
HELPER_SURNAMES = "梁周唐蒋何苏"
HELPER_GIVEN = ("志明", "晓红", "卫东", "海燕")
UNITS = ("县农业局", "县水利局", "镇人民政府", "县教育局", "镇卫生院")
# Shares of scenarios: nothing planted, one to three problems, a veto.
PLANTINGS = (0, 0, 0, 1, 1, 1, 2, 2, 3, "veto")


@dataclass(frozen=True)
class Scenario:
    """A made-up household in the exchange format, and what is wrong with it."""

    seed: int
    edition: str
    facts: dict
    planted: tuple[Planted, ...]

    @property
    def on(self) -> date:
        return date.fromisoformat(self.facts["on"])

    @property
    def items_hit(self) -> set[str]:
        return {problem.hits for problem in self.planted if problem.hits in ITEMS}


def draw_case(seed: int) -> Scenario:
    rng = Random(seed)
    plan = rng.choice(PLANTINGS)
    hit = set() if plan == "veto" else set(rng.sample(ITEMS, plan))
    on = FIRST_DAY + timedelta(days=rng.randrange(SEASON))
    facts = sound_household(rng, seed, on, needs_pupil="EDU" in hit)
    planted = [plant(rng, facts, item) for item in PROBLEMS if item in hit]
    target, problem = income_target(rng, facts, on, hit)
    write_income(rng, facts, target, on=on)
    furnishing.causes(rng, facts)
    planted += [problem] if problem else []
    planted += add_vetoes(rng, facts, planted=plan == "veto")
    return Scenario(seed, EDITION, facts, tuple(planted))


def sound_household(rng: Random, seed: int, on: date, *, needs_pupil: bool) -> dict:
    """Every item but the income is met; problems come later."""
    wanted = Wanted(
        labour=needs_pupil or rng.random() < 0.8,
        pupil=needs_pupil or rng.random() < 0.25,
    )
    members = draw_family(rng, on, wanted)
    facts = {
        "code": f"X{seed}",
        "division": UNUSED_VILLAGE,
        "edition": EDITION,
        "on": on.isoformat(),
        "identified_in": IDENTIFIED_ON.year,
        "identified_on": IDENTIFIED_ON.isoformat(),
        "exited_in": None,
        "returned_in": None,
        "attribute": "general",
        "members": members,
        "member_count": len(members),
        "hardship": True,
        "helper": {
            "name": rng.choice(HELPER_SURNAMES) + rng.choice(HELPER_GIVEN),
            "unit": (unit := rng.choice(UNITS)),
            "level": "county" if unit.startswith("县") else "township",
            "phone": phone(rng),
        },
    }
    furnishing.house(rng, facts)
    furnishing.insurance(rng, facts)
    at_school = pupils(members)
    # The pupil whom a problem needs stays at school until it is planted.
    free = bool(at_school) and not needs_pupil
    furnishing.school(rng, facts, at_school[0] if free else None)
    furnishing.water(rng, facts)
    furnishing.road(rng, facts)
    furnishing.power(rng, facts)
    furnishing.television(rng, facts)
    furnishing.livelihood(rng, facts, workers(members))
    return facts


def plant(rng: Random, facts: dict, item: str) -> Planted:
    problem = rng.choice(PROBLEMS[item])
    problem(rng, facts)
    return Planted(code_of(problem), item)


def income_target(
    rng: Random, facts: dict, on: date, hit: set[str]
) -> tuple[Target, Planted | None]:
    """What is to count: clearly above the line, one yuan above it, or not above it."""
    line = int(edition(EDITION).exit_line(on.year).amount)
    if "INCOME" in hit:
        problem = rng.choice(SHORT_INCOMES)
        return problem(rng, facts, line), Planted(code_of(problem), "INCOME")
    heads = len(facts["members"])
    if rng.random() < 0.3:
        return Target(line * heads + 1), None
    return Target(line * heads + rng.randint(300, 2500) * heads), None


def add_vetoes(rng: Random, facts: dict, *, planted: bool) -> list[Planted]:
    """A veto from before identification; or a case that only looks like one."""
    facts["vetoes"] = []
    if planted:
        code, value = rng.choice(VETOES)
        if code == "VETO_PROPERTY":
            # A resettlement dwelling would not count as property.
            facts["dwelling"]["resettlement"] = None
        since = date(rng.randint(2012, 2014), rng.randint(1, 12), 1)
        facts["vetoes"] = [{"code": code, "since": since.isoformat(), "value": value}]
        return [Planted("vetoed-before", code)]
    if rng.random() < 0.15:
        bought_later = rng.random() < 0.5
        facts["vetoes"] = [
            {
                "code": "VETO_VEHICLE",
                "since": "2017-03-01" if bought_later else "2014-03-01",
                "value": 38000 if bought_later else 29999,
            }
        ]
    return []
