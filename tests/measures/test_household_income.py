"""INCOME and INCOME_SRC of edition gx-2017: the line, what counts, and the sources."""

import pytest

import measures
from tests.measures.cases import GOOD_HOUSEHOLD, household, judged


@pytest.mark.parametrize(
    ("yuan_of_wages", "met"), [(7308, False), (7308.01, True), (7307.99, False)]
)
def test_income_equal_to_the_line_does_not_pass(yuan_of_wages, met):
    # 6000 + 7308 + 500 - 2000 = 11808 = 4 x 2952
    assert judged("INCOME", income__wage=yuan_of_wages) is met


def test_cents_do_not_drift_over_the_line():
    parts = {"income__business": 0.1, "income__wage": 13307.7, "income__other": 0.2}

    assert judged("INCOME", **parts) is False


@pytest.mark.parametrize("kind", ["basic_pension", "low_income_c", "temporary_relief"])
def test_transfers_left_out_do_not_lift_a_household_over_the_line(kind):
    changes = {"income__wage": 0, f"income__transfer__{kind}": 90000}

    assert judged("INCOME", **changes) is False


@pytest.mark.parametrize("kind", ["low_income_a", "low_income_b", "other_stable"])
def test_transfers_that_count_lift_a_household_over_the_line(kind):
    changes = {"income__wage": 0, f"income__transfer__{kind}": 90000}

    assert judged("INCOME", **changes) is True


def test_income_that_is_not_stable_does_not_pass():
    assert judged("INCOME", income_stable=False) is False
    assert judged("INCOME", income_stable=None) is None


def test_the_line_given_by_the_office_is_used_instead():
    home = household()

    assert measures.check_household(home, income_line=4625)["INCOME"].met is False
    assert measures.check_household(home, income_line=4624.99)["INCOME"].met is True


def test_an_office_lays_its_line_over_an_edition_without_touching_the_original():
    own = measures.IncomeLine(2017, "exit", 5000, "assumed", scope="gx")
    edition = measures.edition("gx-2017")

    assert measures.check_household(household(), edition.with_lines(own)).met is False
    assert measures.check_household(household(), edition).met is True
    assert measures.edition("gx-2017").exit_line(2017).amount == 2952


def test_the_finding_on_income_shows_the_sum_line_by_line():
    because = measures.check_household(household())["INCOME"].because

    assert because["en"] == (
        "business income 6000 + wages 14000 + property income 0 + other income 0 + "
        "allowance class A 0 + allowance class B 0 + other steady transfers 500 "
        "− expenses of production 2000 = 18500 (not counted: basic pension 1080); "
        "÷ 4 = 4625 yuan a head, above the line of 2017, 2952 yuan"
    )


@pytest.mark.parametrize("path", ["income", "income__transfer", "income__expenses"])
def test_income_with_a_part_missing_is_not_known(path):
    assert judged("INCOME", **{path: None}) is None


def test_a_year_without_a_line_leaves_income_open():
    finding = measures.check_household(household(on="2023-01-01"))["INCOME"]

    assert finding.met is None
    assert finding.because["zh"] == "缺少：当年的收入标准"


NO_SOURCE = {
    "land": {
        "paddy_mu": 0,
        "dry_mu": 0,
        "economic_forest_mu": 0,
        "mountain_forest_mu": 0,
    },
    "stable_sources": [],
    "members__0__work_months": 0,
}


@pytest.mark.parametrize(
    ("land", "enough", "too_little"),
    [
        ("paddy_mu", 2, 1.99),
        ("dry_mu", 4, 3.99),
        ("economic_forest_mu", 6, 5.99),
        ("mountain_forest_mu", 20, 19.99),
    ],
)
def test_land_a_head_at_its_thresholds(land, enough, too_little):
    def with_land(mu):
        changes = {**NO_SOURCE, "land": {**NO_SOURCE["land"], land: mu}}
        return judged("INCOME_SRC", **changes)

    assert with_land(enough) is True
    assert with_land(too_little) is False
    assert with_land(None) is None


@pytest.mark.parametrize(("months", "met"), [(6, True), (5.9, False), (None, None)])
def test_half_a_year_of_work_is_a_source(months, met):
    changes = {**NO_SOURCE, "members__0__work_months": months}

    assert judged("INCOME_SRC", **changes) is met


def test_any_stable_source_will_do():
    assert judged("INCOME_SRC", **{**NO_SOURCE, "stable_sources": ["other"]}) is True
    assert judged("INCOME_SRC", **{**NO_SOURCE, "stable_sources": None}) is None


@pytest.mark.parametrize(
    ("allowance", "met"), [("A", True), ("B", True), ("C", False), (None, False)]
)
def test_allowance_a_or_b_carries_a_household_without_labour(allowance, met):
    changes = {
        **NO_SOURCE,
        "members__0__labour": "lost",
        "members__1__labour": "weak",
        "members__3__low_income_class": allowance,
    }

    assert judged("INCOME_SRC", **changes) is met


def test_allowance_does_not_carry_a_household_with_labour():
    changes = {**NO_SOURCE, "members__3__low_income_class": "A"}

    assert judged("INCOME_SRC", **changes) is False


def test_food_and_clothing_must_be_secure_as_well():
    assert judged("INCOME_SRC", food_and_clothing_secure=False) is False
    assert judged("INCOME_SRC", food_and_clothing_secure=None) is None


OF_2016 = {
    "on": "2016-12-01",
    "land": {},
    "stable_sources": [],
    "members__0__work_months": 0,
}


@pytest.mark.parametrize(
    ("changes", "met", "said"),
    [
        (
            {"land": {"cultivated_mu": 2}},
            True,
            "cultivated land 0.5 mu a head, not below 0.5 mu",
        ),
        (
            {"land": {"paddy_mu": 1, "dry_mu": 1}},
            True,
            "cultivated land 0.5 mu a head, not below 0.5 mu",
        ),
        (
            {
                "land": {
                    "cultivated_mu": 0,
                    "economic_forest_mu": 1,
                    "mountain_forest_mu": 3,
                }
            },
            True,
            "mountain forest 1 mu a head, not below 1 mu",
        ),
        (
            {
                "land": {
                    "cultivated_mu": 1.99,
                    "economic_forest_mu": 0,
                    "mountain_forest_mu": 3.9,
                }
            },
            False,
            "neither land, work, business nor allowance makes a source of income",
        ),
        ({}, None, "missing: cultivated land, mountain forest"),
        (
            {"land": {"paddy_mu": 9, "mountain_forest_mu": 1}},
            None,
            "missing: cultivated land, mountain forest",
        ),
        ({"stable_sources": ["breeding"]}, True, "there is: breeding"),
        (
            {"stable_sources": None},
            None,
            "missing: cultivated land, mountain forest, stable sources of income",
        ),
        (
            {"members__0__work_months": 6},
            True,
            "a member works 6 months, not fewer than 6",
        ),
        (
            {"members__0__work_months": 5.5},
            None,
            "missing: cultivated land, mountain forest",
        ),
        (
            {"members__1__work_months": None},
            None,
            "missing: cultivated land, mountain forest, months of work",
        ),
        (
            {"members__3__low_income_class": "C"},
            True,
            "the household receives: allowance class C",
        ),
        (
            {"members__3__low_income_class": "B"},
            True,
            "the household receives: allowance class B",
        ),
        (
            {"members__3__low_income_class": "A"},
            True,
            "the household receives: allowance class A",
        ),
    ],
)
def test_in_2016_any_source_will_do(changes, met, said):
    finding = measures.check_household(household(**{**OF_2016, **changes}))[
        "INCOME_SRC"
    ]

    assert (finding.met, finding.because["en"]) == (met, said)


def test_without_anybody_listed_no_land_is_shared():
    bare = measures.read_household({"on": "2016-12-01", "land": {"cultivated_mu": 5}})

    finding = measures.check_household(bare)["INCOME_SRC"]
    assert finding.because["en"] == (
        "missing: members, mountain forest, stable sources of income"
    )


def test_the_sum_is_shown_in_chinese_too():
    because = measures.check_household(household())["INCOME"].because

    assert because["zh-hans"] == (
        "生产经营性收入 6000 + 工资性收入 14000 + 财产性收入 0 + 其他收入 0 + "
        "低保A类 0 + 低保B类 0 + 其他稳定的政策性收入 500 − 生产经营支出 2000 = 18500"
        "（不计入：基础养老金 1080）；÷ 4人 = 人均4625元，超过2017年标准2952元"
    )


def test_income_of_nobody_is_not_known():
    bare = measures.read_household(
        {**GOOD_HOUSEHOLD, "members": [], "member_count": None}
    )

    finding = measures.check_household(bare)["INCOME"]
    assert finding.because["en"] == "missing: members"


def test_in_2016_half_the_forest_is_not_the_forest():
    land = {"cultivated_mu": 0, "economic_forest_mu": 9}
    changes = {**OF_2016, "land": land}

    assert judged("INCOME_SRC", **changes) is None
    land = {"cultivated_mu": 0, "mountain_forest_mu": 9}
    assert judged("INCOME_SRC", **{**OF_2016, "land": land}) is None


def test_every_part_of_the_sum_that_is_missing_is_named():
    bare = household(income={"business": 1, "wage": 2})

    assert measures.check_household(bare)["INCOME"].because["en"] == (
        "missing: property income, other income, expenses of production, transfers"
    )
    partly = household(income__transfer={"low_income_a": 0}, income__expenses=None)
    assert measures.check_household(partly)["INCOME"].because["en"] == (
        "missing: allowance class B, other steady transfers, expenses of production"
    )


def test_the_attribute_or_the_members_say_that_labour_is_lost():
    on_allowance = {**NO_SOURCE, "members__3__low_income_class": "B"}
    by_attribute = {**on_allowance, "attribute": "low_income_without_labour"}
    lost = {"members__0__labour": "lost", "members__2__labour": "none"}
    unknown = {**on_allowance, **lost, "members__1__labour": None}

    assert judged("INCOME_SRC", **on_allowance) is False
    assert judged("INCOME_SRC", **by_attribute) is True
    finding = measures.check_household(household(**unknown))["INCOME_SRC"]
    assert (finding.met, finding.because["en"]) == (None, "missing: labour")
