"""What holds of every household, whatever its facts."""

import io
import json
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import measures
from measures.__main__ import answer_stream
from measures.answering import COMMANDS, answer
from tests.measures.cases import GOOD_HOUSEHOLD, changed
from tests.measures.strategies import JUNK, households, inputs

EDITIONS = [edition.code for edition in measures.editions()]
CALM = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# Each fact with its values from worst to best.
LADDERS = {
    "income.business": [0, 1999.99, 2000, 7307, 11808.01, 90000],
    "income.wage": [0, 7307.99, 7308, 7308.01, 90000],
    "income.property": [0, 0.01, 5000, 50000],
    "income.other": [0, 0.01, 5000, 50000],
    "income.transfer.low_income_a": [0, 1, 50000],
    "income.transfer.low_income_b": [0, 1, 50000],
    "income.transfer.other_stable": [0, 1, 50000],
    "income.transfer.basic_pension": [0, 1, 50000],
    "income.expenses": [90000, 9000, 8692.01, 2000, 0],
    "income_stable": [False, True],
    "food_and_clothing_secure": [False, True],
    "land.paddy_mu": [0, 1.99, 2, 30],
    "land.dry_mu": [0, 3.99, 4, 30],
    "land.economic_forest_mu": [0, 5.99, 6, 30],
    "land.mountain_forest_mu": [0, 19.99, 20, 300],
    "stable_sources": [[], ["other"], ["other", "premises"]],
    "members.0.work_months": [0, 5.9, 6, 12],
    "members.0.medical_insurance": ["none", "commercial_equal", "employee"],
    "members.0.critical_illness_insurance": [False, True],
    "members.3.low_income_class": ["C", "B", "A"],
    "dwelling.grade": ["D", "C", "B", "A"],
    "dwelling.area_m2": [0, 51.96, 52, 200],
    "dwelling.liveable": [False, True],
    "dwelling.dilapidated": [True, False],
    "out_of_school": [
        [{"member": 2, "reason": "economic", "visits": 3, "three_party_signed": True}],
        [{"member": 2, "reason": "weary", "visits": 1, "three_party_signed": True}],
        [{"member": 2, "reason": "weary", "visits": 2, "three_party_signed": True}],
        [],
    ],
    "water.clear": [False, True],
    "water.litres_per_head_day": [0, 34.9, 35, 200],
    "water.round_trip_minutes": [300, 20.1, 20, 0],
    "water.level_distance_m": [5000, 800.1, 800, 0],
    "water.height_m": [500, 80.1, 80, 0],
    "water.assurance": [0, 0.89, 0.9, 1],
    "road.surface": ["earth", "gravel", "hardened"],
    "road.width_m": [0, 3.49, 3.5, 8],
    "road.hamlet_households": [100, 20, 19, 1],
    "electricity": [False, True],
    "television.televisions": [0, 1, 3],
    "television.smartphones": [0, 1, 3],
    "television.receives": [False, True],
}


@given(data=st.data())
@settings(CALM, max_examples=400)
def test_making_a_fact_better_never_turns_a_met_item_into_unmet(data):
    facts = {path: data.draw(st.sampled_from(rungs)) for path, rungs in LADDERS.items()}
    edition = data.draw(st.sampled_from(EDITIONS))
    path = data.draw(st.sampled_from(sorted(LADDERS)))
    better = LADDERS[path][LADDERS[path].index(facts[path]) :]

    before = checked({**facts}, edition)
    after = checked({**facts, path: data.draw(st.sampled_from(better))}, edition)
    for one, other in zip(before.findings, after.findings, strict=True):
        assert not (one.met is True and other.met is not True), (path, one, other)


def checked(facts, edition):
    whole = deepcopy(GOOD_HOUSEHOLD)
    household = measures.read_household(changed(whole, facts))
    return measures.check_household(household, edition)


@pytest.mark.parametrize("path", sorted(LADDERS))
def test_the_best_of_every_fact_is_met_and_a_missing_one_is_never_unmet(path):
    best = {each: rungs[-1] for each, rungs in LADDERS.items()}

    assert checked(best, "gx-2017").met is True
    assert checked({**best, path: None}, "gx-2017").met is not False


@given(facts=households(), edition=st.sampled_from(EDITIONS))
@CALM
def test_any_household_that_can_be_read_is_judged_cleaned_and_explained(facts, edition):
    facts.pop("edition", None)
    household = measures.read_household(facts)
    answer_ = measures.check_household(household, edition)
    vetoes = measures.weigh_vetoes(household, edition)
    faults = measures.find_faults(household)

    for lang in ("zh", "en"):
        assert measures.explain_answer(answer_, lang)
        assert measures.explain_answer(vetoes, lang)
        assert all(fault.because[lang] for fault in faults)
    assert len(answer_.findings) == 9
    verdicts = {finding.met for finding in answer_.findings}
    assert answer_.met is (
        False if False in verdicts else None if None in verdicts else True
    )


@given(facts=households())
@CALM
def test_judging_twice_says_the_same_and_changes_nothing(facts):
    facts.pop("edition", None)
    household = measures.read_household(facts)
    first = measures.check_household(household, "gx-2017")

    assert measures.read_household(facts) == household
    assert measures.check_household(household, "gx-2017") == first


@pytest.mark.parametrize("command", sorted(COMMANDS))
@given(data=st.data())
@settings(CALM, max_examples=25)
def test_whatever_its_schema_allows_a_command_answers(command, data):
    case = data.draw(inputs(command))
    lang = data.draw(st.sampled_from(["zh", "en"]))
    told = told_or_refused(command, case, lang)

    assert json.loads(json.dumps(told)) == told


def told_or_refused(command, case, lang):
    """The answer, or by its path what no schema can say: an unknown edition, a
    companion that is missing."""
    try:
        return answer(command, case, lang)
    except measures.Unreadable as refusal:
        return {"refused": refusal.path or None}


def poured(command, text):
    out = io.BytesIO()
    status = answer_stream(command, io.BytesIO(text), out, "en")
    lines = out.getvalue().splitlines()
    for line in lines:
        assert isinstance(json.loads(line), dict)
    return status, lines


@pytest.mark.parametrize("command", sorted(COMMANDS))
@given(text=st.binary(max_size=300))
@settings(CALM, max_examples=25)
def test_no_bytes_make_a_command_fail(command, text):
    status, lines = poured(command, text)

    assert status in (0, 1)
    assert bool(lines) == any(line.strip() for line in text.split(b"\n"))


@pytest.mark.parametrize("command", sorted(COMMANDS))
@given(data=st.data())
@settings(CALM, max_examples=25)
def test_no_json_makes_a_command_fail(command, data):
    case = data.draw(inputs(command))
    junk = data.draw(JUNK)
    if isinstance(case, dict) and case:
        case[data.draw(st.sampled_from(sorted(case)))] = junk
    else:
        case = junk
    status, lines = poured(command, json.dumps(case).encode())

    assert len(lines) == 1
    assert status == ("error" in json.loads(lines[0]))
