from collections import Counter
from datetime import date

import pytest

import measures
from exercises.domain.drawing import EDITION, IDENTIFIED_ON, draw_case
from exercises.domain.peopling import UNUSED_AREA, age_on
from exercises.domain.planting import ITEMS, PROBLEMS, SHORT_INCOMES, code_of
from exercises.forms import ITEMS as ITEMS_TO_MARK
from tests.factories.exercises import seed_with

SEEDS = 10_000
LINE = 2952  # yuan a head, the state's line of 2017
MALE = {"son", "father"}
FEMALE = {"daughter", "mother"}


def test_ten_thousand_seeds_draw_what_they_planted_and_nothing_else():
    planted = Counter()
    for seed in range(SEEDS):
        scenario = draw_case(seed)
        household = measures.read_household(scenario.facts)
        answer = measures.check_household(household)
        vetoes = measures.weigh_vetoes(household)

        assert answer.edition == EDITION
        assert {each.code for each in answer.unmet} == scenario.items_hit, seed
        assert answer.unknown == (), seed
        vetoed = any(each.code == "vetoed-before" for each in scenario.planted)
        assert vetoes.removal == ("applies" if vetoed else "does_not_apply"), seed
        assert len(scenario.planted) <= 3, seed
        faults = list(faults_of(scenario.facts))
        assert faults == [], (seed, faults)
        planted.update(each.code for each in scenario.planted or ())
        planted["none"] += not scenario.planted

    problems = [p for kinds in PROBLEMS.values() for p in kinds]
    codes = {code_of(p) for p in (*problems, *SHORT_INCOMES)}
    assert set(planted) == codes | {"vetoed-before", "none"}
    assert SEEDS / 5 < planted["none"] < SEEDS / 2


def faults_of(facts):
    """What a clean register never holds, whatever is planted."""
    members, on = facts["members"], date.fromisoformat(facts["on"])
    yield from faults_of_people(members, on)
    if facts["member_count"] != len(members):
        yield "count"
    if len({member["id_number"] for member in members}) != len(members):
        yield "numbers"
    if len({member["name"] for member in members}) != len(members):
        yield "namesakes"
    if len(set(facts["causes"])) != len(facts["causes"]) or not facts["causes"]:
        yield "causes"
    dwelling, land = facts["dwelling"], facts["land"]
    if dwelling["dilapidated"] != (dwelling["grade"] in "CD"):
        yield "grade"
    if land["cultivated_mu"] != round(land["paddy_mu"] + land["dry_mu"], 1):
        yield "cultivated"
    yield from faults_of_income(facts)


def faults_of_people(members, on):
    if [member["relation"] for member in members].count("head") != 1:
        yield "head"
    head = members[0]
    for member in members:
        number = measures.check_id_number(member["id_number"])
        if (number.area, number.born.isoformat(), number.sex) != (
            UNUSED_AREA,
            member["born"],
            member["sex"],
        ):
            yield "number"
        relation, age = member["relation"], age_on(on, number.born)
        if relation in MALE | FEMALE and (relation in MALE) != (number.sex == "male"):
            yield "sex"
        if relation == "spouse" and member["sex"] == head["sex"]:
            yield "couple"
        if relation in {"son", "daughter"} and member["born"] <= head["born"]:
            yield "child"
        if relation in {"father", "mother"} and member["born"] >= head["born"]:
            yield "parent"
        if (member["education"] is None) == (member["schooling"] is None):
            yield "learning"
        if (member["work_months"] > 0) != (member["work_place"] is not None):
            yield "work"
        if member["work_months"] and (age < 16 or member["labour"] == "none"):
            yield "child labour"
        disabled = "disabled" in member["health"]
        if disabled != (member["disability_certificate"] is not None):
            yield "certificate"
        certificate = member["disability_certificate"]
        if certificate and certificate[:18] != member["id_number"]:
            yield "certificate number"


def faults_of_income(facts):
    income, members = facts["income"], facts["members"]
    transfer = income["transfer"]
    parts = [income[kind] for kind in ("business", "wage", "property", "other")]
    if min(*parts, *transfer.values(), income["expenses"]) < 0:
        yield "negative"
    if income["total"] != sum(parts) + sum(transfer.values()):
        yield "total"
    if income["net"] != income["total"] - income["expenses"]:
        yield "net"
    if income["net_per_head"] != round(income["net"] / len(members), 2):
        yield "per head"
    if income["wage"] and not any(member["work_months"] for member in members):
        yield "wage without work"
    classes = {member["low_income_class"] for member in members}
    for grade in "ABC":
        if transfer[f"low_income_{grade.lower()}"] and grade not in classes:
            yield "allowance without class"


def test_the_same_seed_draws_the_same_case():
    assert draw_case(4711) == draw_case(4711)


def test_another_seed_draws_another_household():
    households = {str(draw_case(seed).facts["members"]) for seed in range(200)}

    assert len(households) == 200


def test_a_case_is_set_in_the_autumn_of_its_edition():
    days = {draw_case(seed).on for seed in range(500)}

    assert min(days) >= date(2017, 10, 9)
    assert max(days) <= date(2017, 11, 17)
    assert measures.in_force(max(days)).code == EDITION


def test_what_a_learner_marks_is_what_can_be_broken_and_what_is_judged():
    household = measures.read_household(draw_case(1).facts)
    judged = [each.code for each in measures.check_household(household).findings]

    assert sorted(ITEMS) == sorted(ITEMS_TO_MARK) == sorted(judged)


def facts_with(code):
    return draw_case(seed_with(code)).facts


def test_a_house_is_too_small_by_a_tenth_of_a_square_metre_a_head():
    facts = facts_with("area-short")

    assert facts["dwelling"]["area_m2"] == round(12.9 * len(facts["members"]), 1)


def test_income_at_the_line_is_at_the_line_to_the_yuan():
    facts = facts_with("at-the-line")
    income, transfer = facts["income"], facts["income"]["transfer"]
    left_out = ("basic_pension", "low_income_c", "temporary_relief")
    counted = income["net"] - sum(transfer[kind] for kind in left_out)

    assert counted == LINE * len(facts["members"])


def test_income_above_the_line_by_relief_looks_sufficient_on_the_form():
    facts = facts_with("above-by-relief")

    assert facts["income"]["net_per_head"] > LINE
    assert facts["income"]["transfer"]["temporary_relief"] > 0


@pytest.mark.parametrize(
    ("code", "visits", "signed"), [("visited-once", 1, True), ("not-signed", 2, False)]
)
def test_a_weary_pupil_was_persuaded_too_little(code, visits, signed):
    absence = facts_with(code)["out_of_school"][0]

    assert absence["reason"] == "weary"
    assert (absence["visits"], absence["three_party_signed"]) == (visits, signed)


def test_class_c_alone_is_no_source_of_income():
    seed = next(
        seed
        for seed in range(SEEDS)
        if [p.code for p in draw_case(seed).planted] == ["no-source"]
        and draw_case(seed).facts["attribute"] == "low_income_without_labour"
    )
    facts = draw_case(seed).facts

    assert {member["low_income_class"] for member in facts["members"]} == {"C"}


def test_a_planted_veto_held_before_identification():
    veto = facts_with("vetoed-before")["vetoes"][0]

    assert date.fromisoformat(veto["since"]) < IDENTIFIED_ON
