"""Who may hold a post, and who is monitored after 2020."""

from datetime import date

import pytest

import measures

TODAY = date(2017, 11, 15)
READY = {
    "chosen_on": "2017-05-01",
    "policy_trained_on": "2017-06-01",
    "collection_trained_on": "2017-06-02",
    "system_trained_on": "2017-06-03",
    "certificate_from": "2017-06-03",
    "certificate_until": "2020-06-02",
}


def checked(**changes):
    informant = measures.read_informant({**READY, **changes})
    answer = measures.check_informant(informant, TODAY)
    return answer.met, [finding.code for finding in answer.unmet]


def test_who_is_chosen_trained_and_certified_may_hold_a_post():
    assert checked() == (True, [])


@pytest.mark.parametrize(
    ("changes", "wanting"),
    [
        ({"chosen_on": None}, "INF_CHOSEN"),
        ({"chosen_on": "2017-11-16"}, "INF_CHOSEN"),
        ({"policy_trained_on": None}, "INF_TRAINED"),
        ({"collection_trained_on": None}, "INF_TRAINED"),
        ({"system_trained_on": None}, "INF_TRAINED"),
        ({"certificate_from": None}, "INF_CERTIFIED"),
        ({"certificate_until": "2017-11-14"}, "INF_CERTIFIED"),
        ({"certificate_from": "2017-11-16"}, "INF_CERTIFIED"),
        ({"certificate_revoked_on": "2017-11-15"}, "INF_CERTIFIED"),
    ],
)
def test_what_is_wanting_is_named(changes, wanting):
    met, unmet = checked(**changes)

    assert met is False
    assert wanting in unmet


def test_who_may_hold_a_post_is_told_on_what_grounds():
    informant = measures.read_informant(READY)

    findings = measures.check_informant(informant, TODAY).findings

    grounds = ("解读 六 · 第四章", "source", True)
    assert [(f.citation, f.attested, f.rule.blocking) for f in findings] == [
        grounds
    ] * 3
    assert [(f.code, f.met, f.because["zh"], f.because["en"]) for f in findings] == [
        (
            "INF_CHOSEN",
            True,
            "2017年5月1日由领导小组办公室选定",
            "chosen by the office on 2017-05-01",
        ),
        (
            "INF_TRAINED",
            True,
            "三个方面培训已于2017年6月3日完成",
            "all three subjects done on 2017-06-03",
        ),
        (
            "INF_CERTIFIED",
            True,
            "上岗证书2017年6月3日起有效，至2020年6月2日",
            "the certificate is good from 2017-06-03 to 2020-06-02",
        ),
    ]


@pytest.mark.parametrize(
    ("changes", "code", "met", "reason"),
    [
        ({"chosen_on": None}, "INF_CHOSEN", False, "缺少：选定日期"),
        ({"chosen_on": "2017-11-16"}, "INF_CHOSEN", False, "2017年11月16日才选定"),
        (
            {"collection_trained_on": None, "system_trained_on": None},
            "INF_TRAINED",
            False,
            "缺少：信息采集录入培训、信息系统操作培训",
        ),
        (
            {"chosen_on": "2017-06-04"},
            "INF_TRAINED",
            False,
            "培训（2017年6月3日）早于选定（2017年6月4日）",
        ),
        (
            {"chosen_on": None, "system_trained_on": "2017-11-16"},
            "INF_TRAINED",
            False,
            "培训2017年11月16日才完成",
        ),
        ({"certificate_from": None}, "INF_CERTIFIED", False, "缺少：上岗证书"),
        (
            {"certificate_from": "2017-06-02"},
            "INF_CERTIFIED",
            False,
            "发证（2017年6月2日）早于培训完成（2017年6月3日）",
        ),
        (
            {"certificate_from": "2017-11-16"},
            "INF_CERTIFIED",
            False,
            "上岗证书2017年11月16日起才有效",
        ),
        (
            {"certificate_until": "2017-11-14"},
            "INF_CERTIFIED",
            False,
            "上岗证书已于2017年11月14日到期",
        ),
        ({"certificate_until": None}, "INF_CERTIFIED", None, "缺少：上岗证书有效期"),
        (
            {"certificate_revoked_on": "2017-11-15"},
            "INF_CERTIFIED",
            False,
            "上岗证书已于2017年11月15日撤销",
        ),
    ],
)
def test_the_reason_says_what_stands_in_the_way(changes, code, met, reason):
    informant = measures.read_informant({**READY, **changes})

    finding = measures.check_informant(informant, TODAY)[code]

    assert (finding.met, finding.because["zh"]) == (met, reason)


def test_the_order_is_chosen_then_trained_then_certified():
    trained_first = {"chosen_on": "2017-06-04"}
    certified_first = {"certificate_from": "2017-06-02"}

    assert checked(**trained_first) == (False, ["INF_TRAINED"])
    assert checked(**certified_first) == (False, ["INF_CERTIFIED"])


def test_a_certificate_is_good_on_its_first_and_its_last_day():
    assert checked(certificate_until="2017-11-15") == (True, [])
    on_the_day = {
        "chosen_on": "2017-11-15",
        "policy_trained_on": "2017-11-15",
        "collection_trained_on": "2017-11-15",
        "system_trained_on": "2017-11-15",
        "certificate_from": "2017-11-15",
    }
    assert checked(**on_the_day) == (True, [])


def test_a_certificate_revoked_tomorrow_is_good_today():
    assert checked(certificate_revoked_on="2017-11-16") == (True, [])


def test_a_certificate_without_an_end_is_not_known_to_be_good():
    assert checked(certificate_until=None) == (None, [])


# Monitoring


def classed(edition, **facts):
    watched = measures.read_watched({"edition": edition, **facts})
    answer = measures.classify_monitoring(watched)
    return answer.monitored, answer.kind


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (
            {"net_per_head": 6000, "at_risk": True, "has_exited": True},
            "unstable_exited",
        ),
        ({"net_per_head": 6000, "at_risk": True, "has_exited": False}, "marginal"),
        ({"net_per_head": 6000, "at_risk": False}, None),
        ({"net_per_head": 6000.01, "struck": False}, None),
    ],
)
def test_the_two_classes_of_2020_and_after(facts, kind):
    for edition in ("gx-2020", "gx-2021"):
        assert classed(edition, **facts) == (kind is not None, kind)


def test_the_third_class_came_in_2021():
    struck = {"net_per_head": 9000, "struck": True}

    assert classed("gx-2021", **struck) == (True, "sudden_difficulty")
    assert classed("gx-2020", **struck) == (False, None)


def test_before_2020_nobody_was_monitored():
    facts = {"net_per_head": 1, "at_risk": True, "has_exited": True}

    assert classed("gx-2018", **facts) == (False, None)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"net_per_head": 6000},
        {"net_per_head": 6000, "at_risk": True},
        {"net_per_head": 9000},
    ],
)
def test_a_missing_fact_leaves_the_class_open(facts):
    assert classed("gx-2021", **facts) == (None, None)


def test_the_office_gives_the_line_of_later_years():
    watched = measures.read_watched(
        {"on": "2023-05-01", "net_per_head": 7300, "at_risk": True, "has_exited": True}
    )

    assert measures.classify_monitoring(watched).monitored is None
    assert measures.classify_monitoring(watched, income_line=7300).monitored is True
    assert measures.classify_monitoring(watched, income_line=7299).monitored is None
