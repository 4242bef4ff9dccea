"""The eight vetoes, before or after identification, and the exception."""

import pytest

import measures
from tests.measures.cases import household

ALL_EIGHT = [
    "VETO_HOUSE",
    "VETO_PROPERTY",
    "VETO_BUSINESS",
    "VETO_VEHICLE",
    "VETO_PAYROLL",
    "VETO_AWAY",
    "VETO_IDLE",
    "VETO_FAKE",
]


def weighed(case=None, **changes):
    found = [case] if isinstance(case, dict) else case
    return measures.weigh_vetoes(household(vetoes=found, **changes))


def one(answer, code):
    (finding,) = [each for each in answer.vetoes if each.code == code]
    return finding


def test_a_household_verified_to_have_no_veto_is_not_removed():
    answer = weighed([])

    assert [finding.code for finding in answer.vetoes] == ALL_EIGHT
    assert {finding.met for finding in answer.vetoes} == {False}
    assert answer.removal == "does_not_apply"
    assert answer.because["zh"] == "没有一票否决情形"


def test_vetoes_never_verified_are_not_known_and_nothing_is_removed():
    answer = weighed(None)

    assert {finding.met for finding in answer.vetoes} == {None}
    assert answer.removal == "does_not_apply"


@pytest.mark.parametrize(
    ("value", "met"), [(30000, True), (29999.99, False), (None, None)]
)
def test_a_vehicle_of_thirty_thousand_yuan_is_a_veto_and_one_cent_less_is_not(
    value, met
):
    answer = weighed({"code": "VETO_VEHICLE", "since": "2014-03-01", "value": value})

    assert one(answer, "VETO_VEHICLE").met is met
    assert answer.removal == ("applies" if met else "does_not_apply")


@pytest.mark.parametrize(("years", "met"), [(3, True), (2.9, False), (None, True)])
def test_three_years_away_are_a_veto(years, met):
    answer = weighed({"code": "VETO_AWAY", "since": "2014-03-01", "value": years})

    assert one(answer, "VETO_AWAY").met is met


def test_a_resettlement_dwelling_is_no_bought_property():
    case = {"code": "VETO_PROPERTY", "since": "2014-03-01"}
    resettled = {"dwelling__resettlement": {"kind": "scattered"}}

    assert weighed(case).removal == "applies"
    assert weighed(case, **resettled).removal == "does_not_apply"


@pytest.mark.parametrize(
    ("since", "before", "removal"),
    [
        ("2014-12-31", True, "applies"),
        ("2016-01-01", False, "does_not_apply"),
        ("2015-06-01", None, "does_not_apply"),
        (None, None, "does_not_apply"),
    ],
)
def test_only_what_held_before_the_year_of_identification_removes(
    since, before, removal
):
    answer = weighed({"code": "VETO_BUSINESS", "since": since})

    assert one(answer, "VETO_BUSINESS").met is True
    assert one(answer, "VETO_BUSINESS").before_identification is before
    assert answer.removal == removal


@pytest.mark.parametrize(
    ("since", "removal"),
    [("2015-12-19", "applies"), ("2015-12-20", "does_not_apply")],
)
def test_the_day_of_identification_decides_where_it_is_known(since, removal):
    case = {"code": "VETO_BUSINESS", "since": since}

    assert weighed(case, identified_on="2015-12-20").removal == removal


def test_a_veto_that_arose_later_is_left_to_the_normal_exit():
    answer = weighed({"code": "VETO_PAYROLL", "since": "2017-01-01"})

    assert answer.removal == "does_not_apply"
    assert "脱贫退出" in answer.because["zh"]


BEFORE = {"code": "VETO_VEHICLE", "since": "2014-03-01", "value": 50000}


def test_below_the_standard_and_in_real_hardship_it_may_be_kept():
    answer = weighed(BEFORE, electricity=False, hardship=True)

    assert answer.removal == "may_be_kept"
    assert answer.because["en"] == (
        "a veto held before identification: owns a vehicle or large farm machine worth "
        "30,000 yuan or more; but the standard is not met (electricity) and the "
        "hardship is real: after the same steps it may be kept"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"electricity": True, "hardship": True},
        {"electricity": None, "hardship": True},
        {"electricity": False, "hardship": False},
        {"electricity": False, "hardship": None},
    ],
)
def test_without_the_failing_item_and_the_hardship_it_is_removed(changes):
    assert weighed(BEFORE, **changes).removal == "applies"


def test_of_two_cases_of_one_veto_the_weightier_speaks():
    cheap = {"code": "VETO_VEHICLE", "since": "2010-01-01", "value": 100}
    late = {"code": "VETO_VEHICLE", "since": "2017-01-01", "value": 90000}

    answer = weighed([cheap, BEFORE, late])

    assert one(answer, "VETO_VEHICLE").since.isoformat() == "2014-03-01"
    assert answer.removal == "applies"
    assert [finding.code for finding in answer.holding] == ["VETO_VEHICLE"]


def test_vetoes_are_cited_and_say_how_well_they_are_attested():
    answer = weighed([])

    assert {finding.citation for finding in answer.vetoes} == {"解读 四(一)3 · 第二章"}
    assert one(answer, "VETO_VEHICLE").attested == "public"
    assert one(answer, "VETO_IDLE").attested == "assumed"


def test_a_case_whose_value_is_missing_leaves_the_question_open():
    answer = weighed({"code": "VETO_VEHICLE", "since": "2014-03-01"})

    assert answer.because["en"] == (
        "a veto before identification is not established (missing: value)"
    )
    later = weighed({"code": "VETO_VEHICLE", "since": "2016-03-01"})
    assert later.because["en"] == "no veto holds"
    assert weighed(None).because["zh"] == (
        "尚不能认定识别前有一票否决情形（缺少：一票否决情形核实）"
    )


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (
            {"code": "VETO_AWAY", "since": "2014-03-01", "value": 3},
            "away 3 years, not fewer than 3, since 2014-03-01",
        ),
        ({"code": "VETO_AWAY", "value": 2.5}, "away 2.5 years, fewer than 3"),
        ({"code": "VETO_AWAY"}, "the case holds, since an unknown day"),
        ({"code": "VETO_VEHICLE", "value": 1}, "worth 1 yuan, below 30000"),
        ({"code": "VETO_VEHICLE"}, "missing: value"),
        (
            {"code": "VETO_VEHICLE", "value": 30000},
            "worth 30000 yuan, not below 30000, since an unknown day",
        ),
    ],
)
def test_a_case_is_told_with_its_value_and_its_day(case, said):
    assert one(weighed(case), case["code"]).because["en"] == said


def test_a_resettlement_dwelling_says_so():
    case = {"code": "VETO_PROPERTY", "since": "2014-03-01"}
    answer = weighed(case, dwelling__resettlement={"kind": "scattered"})

    assert one(answer, "VETO_PROPERTY").because["en"] == (
        "a resettlement dwelling is not such a case"
    )
    assert one(answer, "VETO_PROPERTY").since.isoformat() == "2014-03-01"


def test_a_household_never_identified_leaves_every_case_open():
    answer = weighed({"code": "VETO_FAKE", "since": "2014-03-01"}, identified_in=None)

    assert one(answer, "VETO_FAKE").before_identification is None
    assert answer.removal == "does_not_apply"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"hardship": True}, "the standard is met"),
        ({"electricity": False}, "no real hardship"),
        ({"electricity": False, "hardship": None}, "missing: real hardship"),
        ({"electricity": None, "hardship": True}, "missing: electricity"),
    ],
)
def test_why_the_exception_does_not_hold_is_said(changes, why):
    because = weighed(BEFORE, **changes).because["en"]

    assert because.startswith("a veto held before identification: owns a vehicle")
    assert f"the exception does not hold ({why})" in because


def test_what_does_not_hold_did_not_hold_before_identification():
    cheap = weighed({"code": "VETO_VEHICLE", "since": "2014-03-01", "value": 1})

    assert one(cheap, "VETO_VEHICLE").before_identification is False
    assert one(cheap, "VETO_VEHICLE").since.isoformat() == "2014-03-01"
    assert one(cheap, "VETO_HOUSE").before_identification is False
    assert one(weighed(None), "VETO_HOUSE").citation == "解读 四(一)3 · 第二章"


def test_an_unvalued_case_speaks_before_one_that_does_not_hold():
    cheap = {"code": "VETO_VEHICLE", "since": "2014-03-01", "value": 1}
    unvalued = {"code": "VETO_VEHICLE", "since": "2013-03-01"}
    sure = {"code": "VETO_VEHICLE", "since": "2016-03-01", "value": 30000}

    assert one(weighed([cheap, unvalued]), "VETO_VEHICLE").met is None
    assert one(weighed([unvalued, sure]), "VETO_VEHICLE").met is True


def test_the_edition_and_the_line_handed_in_decide_the_exception():
    home = household(vetoes=[BEFORE], hardship=True, on="2017-11-15")
    phone_only = household(
        vetoes=[BEFORE],
        hardship=True,
        television={"televisions": 0, "smartphones": 1, "receives": True},
    )

    assert measures.weigh_vetoes(home).removal == "applies"
    assert measures.weigh_vetoes(home, income_line=9999).removal == "may_be_kept"
    assert measures.weigh_vetoes(phone_only).removal == "applies"
    assert measures.weigh_vetoes(phone_only, "gx-2016").removal == "may_be_kept"
