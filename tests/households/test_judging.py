from datetime import date

import pytest

from households.domain.judging import judge
from households.domain.starting import start_case
from households.errors import Unreadable
from ledger.domain.stepping import take_step
from ledger.errors import StepRefused
from tests.factories.households import make_household
from tests.factories.ledger import give_notice

ON = date(2017, 11, 15)


def test_nine_items_are_judged_by_the_edition_of_the_day(napo):
    household = make_household(napo.village)

    judgement = judge(household, ON)

    assert judgement.answer.edition == "gx-2017"
    assert [item.met for item in judgement.items] == [True] * 9
    assert judgement.met is True
    assert judgement.removal == "不适用剔除"


def test_an_item_that_fails_says_why_and_where_it_stands(napo):
    household = make_household(napo.village, electricity=False)

    [item] = [item for item in judge(household, ON).items if item.code == "POWER"]

    assert (item.met, item.name, item.kind) == (False, "有电用", "failed")
    assert item.citation.startswith("解读 四(一)2")


def test_a_day_before_the_first_edition_is_refused(napo):
    with pytest.raises(Unreadable) as refusal:
        judge(make_household(napo.village), date(2014, 1, 1))

    assert "规则版本" in str(refusal.value)


@pytest.mark.parametrize(
    ("since", "held"),
    [("2014-03-01", True), ("2016-03-01", False), (None, None)],
)
def test_a_veto_counts_if_it_held_before_identification(napo, since, held):
    veto = {"code": "VETO_VEHICLE", "since": since, "value": 30000}
    household = make_household(napo.village, vetoes=[veto])

    assert judge(household, ON).vetoed_before_identification is held


def test_an_exit_begins_with_the_judgement_of_its_day(napo, informant):
    household = make_household(napo.village)

    case = start_case(household, "exit", by=informant, on=ON)

    assert case.facts == {
        "standard_met": True,
        "hardship": True,
        "vetoed_before_identification": False,
    }
    assert [each["met"] for each in case.evidence] == [True] * 9
    assert case.subject_title == "演示韦大山"


def test_the_facts_of_a_case_hold_no_id_number(napo, informant):
    household = make_household(napo.village)

    case = start_case(household, "exit", by=informant, on=ON)

    numbers = [member.id_number for member in household.present_members()]
    assert not [n for n in numbers if n in f"{case.facts}{case.evidence}"]


def test_a_household_that_exited_does_not_exit_again(napo, informant):
    household = make_household(napo.village, exited_in=2016)

    with pytest.raises(StepRefused) as refusal:
        start_case(household, "exit", by=informant, on=ON)

    assert refusal.value.code == "wrong-status"


def test_the_last_entry_of_an_exit_changes_the_household(
    napo, informant, township_officer, county_officer, city_officer, region_officer
):
    household = make_household(napo.village)
    case = start_case(household, "exit", by=informant, on=ON)
    for step, by, day in (
        ("verify_household", township_officer, 15),
        ("appraise_in_village", informant, 15),
        ("review_in_township", township_officer, 24),
        ("decide_in_county", county_officer, 24),
        ("file", city_officer, 27),
    ):
        if step == "review_in_township":
            since, until = date(2017, 11, 16), date(2017, 11, 22)
            give_notice(case, by=by, since=since, until=until)
        take_step(case, step, outcome="passed", by=by, on=date(2017, 11, day))
    household.refresh_from_db()
    assert household.status == "registered"

    take_step(case, "file", outcome="passed", by=region_officer, on=date(2017, 11, 30))

    household.refresh_from_db()
    assert (household.status, household.exited_in) == ("exited", 2017)
    assert household.status_on == date(2017, 11, 30)


def test_a_step_that_changes_no_status_leaves_its_day(
    napo, informant, township_officer
):
    household = make_household(napo.village)
    case = start_case(household, "exit", by=informant, on=ON)

    take_step(case, "verify_household", outcome="passed", by=township_officer, on=ON)

    household.refresh_from_db()
    assert household.status_on == date(2015, 12, 20)
