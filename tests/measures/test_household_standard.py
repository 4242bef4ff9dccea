"""The nine items of the household standard, edition gx-2017, at every threshold."""

import pytest

import measures
from tests.measures.cases import GOOD_HOUSEHOLD, household, judged


def test_a_household_in_order_meets_all_nine_items():
    answer = measures.check_household(household())

    assert answer.edition == "gx-2017"
    assert answer.met is True
    assert [finding.code for finding in answer.findings] == [
        "INCOME_SRC",
        "HOUSING",
        "MEDICAL",
        "EDU",
        "WATER",
        "ROAD",
        "POWER",
        "TV",
        "INCOME",
    ]
    assert {finding.met for finding in answer.findings} == {True}


def test_a_household_of_which_nothing_is_known_is_neither_met_nor_unmet():
    answer = measures.check_household(measures.read_household({}), "gx-2017")

    assert answer.met is None
    assert {finding.met for finding in answer.findings} == {None}


def test_one_item_unmet_decides_whatever_is_missing():
    bare = measures.read_household({"on": "2017-11-15", "electricity": False})

    assert measures.check_household(bare).met is False


def test_a_missing_fact_is_named_in_both_languages():
    finding = measures.check_household(household(water__clear=None))["WATER"]

    assert finding.met is None
    assert finding.because["zh"] == "缺少：水质是否清澈无异味"
    assert finding.because["en"] == "missing: whether the water is clear"


def test_findings_carry_citation_and_attestation():
    answer = measures.check_household(household())

    assert {finding.citation for finding in answer.findings} == {
        "解读 四(一)2 · 第二章"
    }
    assert answer["POWER"].attested == "source"
    assert answer["HOUSING"].attested == "public"


@pytest.mark.parametrize(("area", "met"), [(52, True), (51.96, False), (None, None)])
def test_thirteen_square_metres_a_head_pass_and_twelve_point_nine_nine_do_not(
    area, met
):
    assert judged("HOUSING", dwelling__area_m2=area) is met


@pytest.mark.parametrize(
    ("grade", "met"), [("A", True), ("B", True), ("C", False), ("D", False)]
)
def test_only_grades_a_and_b_are_safe(grade, met):
    assert judged("HOUSING", dwelling__grade=grade) is met


def test_a_dwelling_not_yet_liveable_fails():
    assert judged("HOUSING", dwelling__liveable=False) is False
    assert judged("HOUSING", dwelling__liveable=None) is None


@pytest.mark.parametrize(
    ("new_house", "met"),
    [
        (
            {"kind": "concentrated", "quality_passed": True, "keys_handed_over": True},
            True,
        ),
        (
            {"kind": "concentrated", "quality_passed": True, "keys_handed_over": False},
            False,
        ),
        ({"kind": "concentrated", "quality_passed": True, "moved_in": True}, None),
        ({"kind": "scattered", "quality_passed": True, "moved_in": True}, True),
        ({"kind": "scattered", "quality_passed": True, "moved_in": False}, False),
        ({"kind": "scattered", "quality_passed": False, "moved_in": True}, False),
        ({"kind": "scattered", "moved_in": True}, None),
        ({"quality_passed": True, "moved_in": True}, None),
    ],
)
def test_resettlement_needs_keys_if_concentrated_and_moving_in_if_scattered(
    new_house, met
):
    assert judged("HOUSING", dwelling__resettlement=new_house) is met


@pytest.mark.parametrize(
    ("insurance", "met"),
    [
        ("resident", True),
        ("employee", True),
        ("commercial_equal", True),
        ("commercial_lesser", False),
        ("none", False),
        (None, None),
    ],
)
def test_every_member_needs_an_insurance_as_good_as_the_residents(insurance, met):
    assert judged("MEDICAL", members__1__medical_insurance=insurance) is met


def test_the_residents_insurance_counts_with_critical_illness_cover():
    path = "members__1__critical_illness_insurance"

    assert judged("MEDICAL", **{path: False}) is False
    assert judged("MEDICAL", **{path: None}) is None


def absent(**facts):
    return {
        "members__2__schooling": None,
        "out_of_school": [{"member": 2, **facts}],
    }


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        ({"reason": "economic", "visits": 5, "three_party_signed": True}, False),
        ({"reason": "weary", "visits": 2, "three_party_signed": True}, True),
        ({"reason": "weary", "visits": 1, "three_party_signed": True}, False),
        ({"reason": "weary", "visits": 2, "three_party_signed": False}, False),
        ({"reason": "weary", "visits": 2}, None),
        ({"reason": "weary", "three_party_signed": True}, None),
        ({"reason": "other", "visits": 2, "three_party_signed": True}, True),
        ({"reason": "illness"}, True),
        ({"reason": "disability"}, True),
        ({}, None),
    ],
)
def test_two_visits_and_a_three_party_signature_excuse_who_will_not_go(facts, met):
    assert judged("EDU", **absent(**facts)) is met


@pytest.mark.parametrize(
    ("born", "met"),
    [
        ("2011-08-31", None),
        ("2011-09-01", True),
        ("2002-08-31", True),
        ("2002-09-01", None),
    ],
)
def test_a_child_of_school_age_and_not_at_school_needs_a_reason(born, met):
    changes = {"members__2__schooling": None, "members__2__born": born}

    assert judged("EDU", **changes) is met


def test_who_has_finished_junior_school_owes_no_more_schooling():
    changes = {
        "members__2__schooling": None,
        "members__2__born": "2003-01-01",
        "members__2__education": "junior",
    }

    assert judged("EDU", **changes) is True


@pytest.mark.parametrize(
    ("path", "enough", "too_little"),
    [
        ("litres_per_head_day", 35, 34.99),
        ("round_trip_minutes", 20, 20.01),
        ("assurance", 0.9, 0.8999),
        ("clear", True, False),
    ],
)
def test_water_at_its_thresholds(path, enough, too_little):
    assert judged("WATER", **{f"water__{path}": enough}) is True
    assert judged("WATER", **{f"water__{path}": too_little}) is False
    assert judged("WATER", **{f"water__{path}": None}) is None


@pytest.mark.parametrize(
    ("level", "height", "met"),
    [(800, 80, True), (800.1, 80, False), (800, 80.1, False)],
)
def test_water_may_be_near_by_distance_instead_of_by_the_clock(level, height, met):
    changes = {
        "water__round_trip_minutes": 25,
        "water__level_distance_m": level,
        "water__height_m": height,
    }

    assert judged("WATER", **changes) is met


@pytest.mark.parametrize(
    ("households", "surface", "width", "met"),
    [
        (20, "gravel", 3.5, True),
        (20, "gravel", 3.49, False),
        (20, "earth", 3.5, False),
        (19, "earth", 1, True),
        (20, "hardened", None, None),
        (None, "gravel", 3.5, True),
        (None, "earth", 3.5, None),
    ],
)
def test_a_hamlet_of_twenty_needs_a_gravel_road_of_three_and_a_half_metres(
    households, surface, width, met
):
    changes = {
        "road__hamlet_households": households,
        "road__surface": surface,
        "road__width_m": width,
    }

    assert judged("ROAD", **changes) is met


def test_a_narrow_road_in_a_nature_reserve_is_left_to_the_reserves_own_rules():
    assert judged("ROAD", road__width_m=2, road__nature_reserve=True) is None


def test_electricity_is_there_or_not():
    assert judged("POWER", electricity=False) is False
    assert judged("POWER", electricity=None) is None


@pytest.mark.parametrize(
    ("television", "met"),
    [
        ({"televisions": 1, "receives": True}, True),
        ({"smartphones": 1, "receives": True}, True),
        ({"computers": 1, "receives": True}, True),
        ({"televisions": 1, "receives": False}, False),
        ({"televisions": 1}, None),
        ({"televisions": 0, "computers": 0, "smartphones": 0, "receives": True}, False),
        ({"televisions": 0, "receives": True}, None),
    ],
)
def test_any_screen_that_receives_will_do(television, met):
    assert judged("TV", television=television) is met


def test_the_edition_is_the_one_named_else_the_households_else_that_of_its_day():
    home = household(on="2016-09-01")

    assert measures.check_household(home).edition == "gx-2016"
    assert measures.check_household(home, "gx-2017").edition == "gx-2017"
    assert measures.check_household(household(edition="gx-2018")).edition == "gx-2018"


def test_without_edition_and_day_the_question_is_refused():
    with pytest.raises(measures.Unreadable) as refusal:
        measures.check_household(measures.read_household({}))

    assert refusal.value.path == "edition"


def test_a_day_before_every_edition_is_refused():
    with pytest.raises(measures.Unreadable) as refusal:
        measures.check_household(household(on="2016-06-30"))

    assert refusal.value.path == "on"


def test_the_form_may_give_only_the_number_of_members():
    counted = {**GOOD_HOUSEHOLD, "members": [], "member_count": 4}
    answer = measures.check_household(measures.read_household(counted))

    assert answer["HOUSING"].met is True
    assert answer["INCOME"].met is True
    assert answer["MEDICAL"].met is None


@pytest.mark.parametrize(
    ("new_house", "said"),
    [
        (
            {"kind": "concentrated"},
            "missing: quality of the new house passed, keys handed over",
        ),
        ({"kind": "scattered"}, "missing: quality of the new house passed, moved in"),
        ({"quality_passed": True}, "missing: kind of resettlement"),
        (
            {
                "kind": "concentrated",
                "quality_passed": False,
                "keys_handed_over": False,
            },
            "the quality of the new house has not passed; "
            "the keys have not been handed over",
        ),
        (
            {"kind": "scattered", "quality_passed": True, "moved_in": False},
            "the household has not moved in",
        ),
        (
            {"kind": "scattered", "quality_passed": True, "moved_in": True},
            "the dwelling is as required",
        ),
    ],
)
def test_what_a_resettled_household_lacks_is_said(new_house, said):
    home = household(dwelling__resettlement=new_house)

    assert measures.check_household(home)["HOUSING"].because["en"] == said


@pytest.mark.parametrize(
    ("new_house", "met", "said"),
    [
        (
            {"quality_passed": True, "keys_handed_over": True},
            True,
            "the dwelling is as required",
        ),
        (
            {"quality_passed": True, "moved_in": True},
            True,
            "the dwelling is as required",
        ),
        ({"quality_passed": True, "moved_in": False}, None, "missing: moved in"),
        (
            {"quality_passed": True, "moved_in": False, "keys_handed_over": False},
            False,
            "neither keys handed over nor moved in",
        ),
        (
            {"quality_passed": False, "moved_in": True},
            False,
            "the quality of the new house has not passed",
        ),
        ({"moved_in": True}, None, "missing: quality of the new house passed"),
    ],
)
def test_in_2016_a_resettled_household_has_keys_or_has_moved_in(new_house, met, said):
    home = household(on="2016-12-01", dwelling__resettlement=new_house)
    finding = measures.check_household(home)["HOUSING"]

    assert (finding.met, finding.because["en"]) == (met, said)


@pytest.mark.parametrize(
    ("changes", "met", "said"),
    [
        (
            {"water": {"source": "other"}},
            False,
            "the source is other, not one of well, cistern, water cellar, spring, tap",
        ),
        ({"water": {}}, None, "missing: source of water"),
    ],
)
def test_in_2016_water_comes_from_a_listed_source(changes, met, said):
    finding = measures.check_household(household(on="2016-12-01", **changes))["WATER"]

    assert (finding.met, finding.because["en"]) == (met, said)


@pytest.mark.parametrize(
    ("on", "born", "met"),
    [
        ("2018-03-01", "2011-09-01", True),
        ("2018-03-01", "2011-08-31", None),
        ("2017-08-30", "2010-09-01", True),
        ("2017-08-31", "2010-09-01", None),
    ],
)
def test_the_school_year_counts_ages_by_the_last_31_august(on, born, met):
    changes = {"on": on, "members__2__schooling": None, "members__2__born": born}

    assert judged("EDU", **changes) is met


def test_who_has_no_name_is_named_by_the_place_on_the_list():
    changes = {"members__1__name": None, "members__1__medical_insurance": "none"}
    finding = measures.check_household(household(**changes))["MEDICAL"]

    assert finding.because["en"] == "medical insurance of No.2: not insured"
    absent_child = absent(reason="economic") | {"members__2__name": None}
    finding = measures.check_household(household(**absent_child))["EDU"]
    assert finding.because["en"] == "No.3 is out of school for economic reasons"


def test_in_2016_the_critical_illness_cover_is_not_asked_for():
    path = "members__0__critical_illness_insurance"

    assert judged("MEDICAL", on="2016-12-01", **{path: False}) is True
