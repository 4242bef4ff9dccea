"""The income of the year, written so that what counts comes to a chosen sum.

All amounts are whole yuan. The totals on the form include what does not count for an
exit, as real forms do: to leave it out is the learner's work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from .peopling import age_on

PENSION_AGE = 60
PENSION = 1200
ALLOWANCE = {"A": 3000, "B": 2600, "C": 1500}


@dataclass(frozen=True)
class Target:
    """``counted`` is the net income that counts; ``relief`` comes on top."""

    counted: int
    relief: int = 0


def write_income(rng: Random, facts: dict, target: Target, *, on: date) -> None:
    members = facts["members"]
    transfer = transfers(members, on) | {"temporary_relief": target.relief}
    allowances = transfer["low_income_a"] + transfer["low_income_b"]
    earned = target.counted - allowances
    income = {"business": 0, "wage": 0, "property": 0, "other": 0, "expenses": 0}
    if earned < 0:
        # An allowance tops up to what the household needs, and no further.
        kind = "low_income_a" if transfer["low_income_a"] else "low_income_b"
        transfer[kind] += earned
    elif facts["attribute"] == "low_income_without_labour":
        transfer["other_stable"] = earned
    else:
        earn(rng, facts, income, earned)
    income["transfer"] = transfer
    gained = sum(income[kind] for kind in ("business", "wage", "property", "other"))
    income["total"] = gained + sum(transfer.values())
    income["net"] = income["total"] - income["expenses"]
    income["net_per_head"] = round(income["net"] / len(members), 2)
    facts["income"] = income


def transfers(members: list[dict], on: date) -> dict[str, int]:
    """What members draw by age and by class of allowance."""
    drawn = {f"low_income_{grade.lower()}": 0 for grade in ALLOWANCE}
    for member in members:
        if grade := member["low_income_class"]:
            drawn[f"low_income_{grade.lower()}"] += ALLOWANCE[grade]
    old = sum(
        age_on(on, date.fromisoformat(member["born"])) >= PENSION_AGE
        for member in members
    )
    return {
        "basic_pension": PENSION * old,
        **drawn,
        "temporary_relief": 0,
        "other_stable": 0,
    }


def earn(rng: Random, facts: dict, income: dict, earned: int) -> None:
    """Split what was earned over wages and the household's own business."""
    works = any(member["work_months"] for member in facts["members"])
    farms = bool(facts["stable_sources"]) or not works
    share = rng.uniform(0.5, 0.8) if works and farms else 1.0 if works else 0.0
    income["wage"] = round(earned * share)
    net_business = earned - income["wage"]
    if net_business:
        income["expenses"] = round(net_business * rng.uniform(0.2, 0.5))
        income["business"] = net_business + income["expenses"]
