"""How many households a second the rules judge, on one core, without Django."""

from collections.abc import Callable, Sequence
from time import perf_counter

import measures
from exercises.domain.drawing import draw_case

from .figures import Figure
from .part import hand_over

HOUSEHOLDS = 500
ROUNDS = 5
SECONDS = 1.0  # a round
FAMILY = 4


def judged_a_second(judge: Callable, households: Sequence) -> float:
    """The best round: whatever else the machine does can only take away from it."""
    return max(rate_of(judge, households) for _ in range(ROUNDS))


def rate_of(judge: Callable, households: Sequence) -> float:
    judged, seconds, started = 0, 0.0, perf_counter()
    while seconds < SECONDS:
        for household in households:
            judge(household)
        judged += len(households)
        seconds = perf_counter() - started
    return judged / seconds


def read_and_judge(facts: dict) -> None:
    measures.check_household(measures.read_household(facts))


def families(households: Sequence) -> list:
    """Those of four people, so that the figure says what it says."""
    return [each for each in households if len(each.members) == FAMILY]


if __name__ == "__main__":
    # Met and unmet ones, with every kind of problem: what exercises are made of.
    facts = [draw_case(seed).facts for seed in range(HOUSEHOLDS)]
    households = [measures.read_household(each) for each in facts]
    checks = judged_a_second(measures.check_household, households)
    exchanges = judged_a_second(read_and_judge, facts)
    cleanings = judged_a_second(measures.find_faults, families(households))
    hand_over(
        [
            Figure("Household standard", "checked, one core", checks, "/s"),
            Figure("Household standard", "read and checked", exchanges, "/s"),
            Figure("Cleaning", "households of four, one core", cleanings, "/s"),
        ]
    )
