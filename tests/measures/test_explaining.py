"""Answers in three forms: plain Chinese, an English gloss, and data."""

import pytest

import measures
from measures.worked import bases
from tests.measures.cases import household


def test_a_finding_is_explained_in_both_languages():
    finding = measures.check_household(household(dwelling__grade="C"))["HOUSING"]

    assert measures.explain(finding) == (
        "有住房保障：未达标。房屋安全等级为C级，应为A级、B级。"
        "（解读 四(一)2 · 第二章，公开资料）"
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


def test_a_fault_a_lead_a_refusal_and_a_quota_explain_themselves():
    (fault,) = measures.find_faults(
        measures.read_household({**bases()["family"], "member_count": 3})
    )
    (lead,) = measures.search_property(measures.read_lists(bases()["search"]))
    replay = measures.replay({**bases()["exit"], "status": "removed"})
    quota = measures.quota(level="county", poor_county=True, in_post=2)

    assert measures.explain(fault) == (
        "HH06 人口数等于成员数，没有空户：差错。人口数3，成员4人。（解读 五 · 第三章）"
    )
    assert measures.explain(lead).startswith("拥有价值3万元以上")
    assert measures.explain(replay.refused) == (
        "对象状态不符：对象状态为“错评剔除”，"
        "不能办理脱贫退出。（解读 四(一)2 · 第二章）"
    )
    assert measures.explain(quota) == ("应有3人，缺1人。（解读 六 · 第四章，解读原文）")
    assert measures.explain(measures.quota(level="city", in_post=2), "en").startswith(
        "2 or more. "
    )


def test_a_case_explains_where_it_stands_and_what_comes_next():
    exit_case = bases()["exit"]
    begun = measures.replay({**exit_case, "steps": exit_case["steps"][:1]})

    assert measures.explain(begun) == "办理中，建档立卡（未脱贫）\n村级评议：村级"
    refused = measures.replay({**exit_case, "steps": exit_case["steps"][1:]})
    assert len(measures.explain(refused, "en").splitlines()) == 3


def test_a_class_of_monitoring_explains_itself():
    watched = measures.read_watched(
        {"edition": "gx-2021", "net_per_head": 1, "at_risk": True, "has_exited": True}
    )
    answer = measures.classify_monitoring(watched)

    assert measures.explain(answer).startswith("脱贫不稳定户：人均1元")
    assert measures.as_data(answer)["kind"] == "unstable_exited"


def test_what_is_no_answer_is_not_explained():
    with pytest.raises(TypeError):
        measures.explain("text")
    with pytest.raises(TypeError):
        measures.as_data("text")
