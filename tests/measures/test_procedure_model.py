"""The replay against a model of each procedure, over every sequence of steps.

The model is written out here by hand from the interpretation. Every sequence of up to
seven steps is covered: one whose last step is refused need not be prolonged, for what
follows a refused step is never looked at (which the last test holds).
"""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import measures
from tests.measures.cases import (
    EXIT,
    IDENTIFY,
    NATIONAL_COUNTY_EXIT,
    REMOVE,
    RETURN,
    ROLL_BACK,
    VILLAGE_EXIT,
)

LONGEST = 7

MODELS = {
    "household exit": (
        EXIT,
        "verify_household/township appraise_in_village/village "
        "review_in_township/township decide_in_county/county file/city file/region",
    ),
    "return": (
        RETURN,
        "apply/household verify_household/township appraise_in_village/village "
        "review_in_township/township decide_in_county/county",
    ),
    "identify": (
        IDENTIFY,
        "apply_in_writing/household visit_household/township appraise_in_group/village "
        "revisit_household/township appraise_in_village/village "
        "review_in_township/township review_in_county/county announce_in_county/county",
    ),
    "remove": (
        REMOVE,
        "verify_information/township tell_household/village "
        "appraise_in_village/village notice_in_village/village "
        "review_in_township/township decide_in_county/county",
    ),
    "village exit": (
        VILLAGE_EXIT,
        "check_in_township/township review_in_county/county decide_in_city/city "
        "spot_check/region announce/city",
    ),
    "county exit": (
        NATIONAL_COUNTY_EXIT,
        "check_by_county/county review_by_city/city verify_by_region/region "
        "report_to_state/region announce/region",
    ),
    "rollback": (
        ROLL_BACK,
        "inspect_on_site/third_party give_feedback/third_party "
        "?request_review/household consolidate/county",
    ),
}


def taken(pair: str, position: int, outcome: str) -> dict[str, object]:
    """A step with a notice, its dates in the order of the sequence."""
    code, level = pair.split("/")
    day = f"2017-{position + 1:02d}-05"
    until = f"2017-{position + 1:02d}-11"
    return {
        "step": code,
        "level": level,
        "on": day,
        "outcome": outcome,
        "notice": {"from": day, "to": until},
    }


def lawful(model: list[str], sequence: tuple[tuple[str, str], ...]) -> bool:
    """Whether the sequence follows the model: in order, optional steps left out or not,
    nothing after a failure or after the last step."""
    place = 0
    for index, (pair, outcome) in enumerate(sequence):
        if place < len(model) and model[place].lstrip("?") == pair:
            place += 1
        elif (
            place + 1 < len(model)
            and model[place].startswith("?")
            and model[place + 1] == pair
        ):
            place += 2
        else:
            return False
        if outcome == "failed" and index < len(sequence) - 1:
            return False
    return True


@pytest.mark.parametrize("name", MODELS)
def test_exactly_the_lawful_sequences_are_accepted(name):
    case, model_text = MODELS[name]
    model = model_text.split()
    pairs = sorted({pair.lstrip("?") for pair in model} | {"propose/county"})
    vocabulary = list(product(pairs, ("passed", "failed")))
    frontier: list[tuple[tuple[str, str], ...]] = [()]
    for length in range(1, LONGEST + 1):
        grown = []
        for prefix, choice in product(frontier, vocabulary):
            sequence = (*prefix, choice)
            steps = [
                taken(pair, position, outcome)
                for position, (pair, outcome) in enumerate(sequence)
            ]
            answer = measures.replay({**case, "steps": steps})
            accepted = answer.refused is None
            assert accepted == lawful(model, sequence), sequence
            assert answer.accepted == (length if accepted else length - 1)
            if accepted:
                grown.append(sequence)
        frontier = grown


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_what_follows_a_refused_step_changes_nothing(data):
    case, model_text = MODELS[data.draw(st.sampled_from(sorted(MODELS)))]
    pairs = sorted({pair.lstrip("?") for pair in model_text.split()})
    chosen = data.draw(
        st.lists(
            st.tuples(st.sampled_from(pairs), st.sampled_from(("passed", "failed"))),
            max_size=LONGEST,
        )
    )
    steps = [
        taken(pair, place, outcome) for place, (pair, outcome) in enumerate(chosen)
    ]
    whole = measures.replay({**case, "steps": steps})
    again = measures.replay({**case, "steps": steps[: whole.accepted]})

    assert again.refused is None
    assert (again.accepted, again.state, again.next, again.status) == (
        whole.accepted,
        whole.state,
        whole.next,
        whole.status,
    )


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_replaying_step_by_step_agrees_with_replaying_at_once(data):
    case, model_text = MODELS[data.draw(st.sampled_from(sorted(MODELS)))]
    pairs = [pair.lstrip("?") for pair in model_text.split()]
    upto = data.draw(st.integers(0, len(pairs)))
    steps = [taken(pair, place, "passed") for place, pair in enumerate(pairs[:upto])]
    for count in range(len(steps)):
        answer = measures.replay({**case, "steps": steps[:count]})
        following = steps[count]
        assert (following["step"], following["level"]) in [
            (each.step, each.level) for each in answer.next
        ]
