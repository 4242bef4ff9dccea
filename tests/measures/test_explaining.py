"""Answers in three forms: plain Chinese, an English gloss, and data."""

import measures
from tests.measures.cases import household


def test_a_finding_is_explained_in_both_languages():
    finding = measures.check_household(household(dwelling__grade="C"))["HOUSING"]

    assert measures.explain(finding) == (
        "有住房保障:未达标。房屋安全等级为C级,应为A级、B级。"
        "(解读 四(一)2 · 第二章,公开资料)"
    )
    assert measures.explain(finding, "en") == (
        "housing secured: not met. safety grade C, should be A, B. "
        "(解读 四(一)2 · 第二章, other public material)"
    )


def test_a_finding_as_data_is_what_the_exchange_format_says():
    finding = measures.check_household(household())["POWER"]

    assert measures.as_data(finding, "en") == {
        "code": "POWER",
        "met": True,
        "because": "electricity is connected",
        "citation": "解读 四(一)2 · 第二章",
        "attested": "source",
    }


def test_a_veto_is_explained_as_a_case_that_holds_or_not():
    answer = measures.weigh_vetoes(
        household(
            vetoes=[{"code": "VETO_VEHICLE", "since": "2014-03-01", "value": 30000}]
        )
    )

    line = measures.explain(answer.holding[0], "en")
    assert line.startswith(
        "owns a vehicle or large farm machine worth 30,000 yuan or more: holds. "
        "worth 30000 yuan, not below 30000, since 2014-03-01."
    )
    assert measures.as_data(answer.holding[0])["since"] == "2014-03-01"
    assert measures.as_data(answer.holding[0])["before_identification"] is True


def test_a_whole_answer_ends_with_its_conclusion():
    met = measures.explain_answer(measures.check_household(household()))
    kept = measures.explain_answer(measures.weigh_vetoes(household()), "en")

    assert met.splitlines()[-1] == "达标"
    assert len(met.splitlines()) == 10
    assert kept.splitlines()[-1] == "removal does not apply: no veto holds"


def test_reasons_are_compared_by_what_they_say():
    one = measures.check_household(household())
    other = measures.check_household(household())

    assert one == other
    assert len(set(one.findings + other.findings)) == 9
    assert one != measures.check_household(household(electricity=False))


def test_several_faults_are_said_one_after_the_other():
    changes = {"water__clear": False, "water__assurance": 0.5}
    finding = measures.check_household(household(**changes))["WATER"]

    assert finding.because["en"] == (
        "the water is not clear; assurance 50 %, below 90 %"
    )
    assert "水质不清澈" in repr(finding) or "not clear" in repr(finding)
