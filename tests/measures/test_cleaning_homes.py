"""TG, IN, ST and MS: every rule about a household, its fault and its sound case."""

import pytest

from tests.measures.cases import EXIT, EXIT_STEPS
from tests.measures.families import EXITED, GIVEN, absence, faulty

PAIRS = [
    ("TG01", {"members.0.medical_insurance": "none"}, {}),
    ("TG01", {"members.0.medical_insurance": None}, {}),
    ("TG02", {**EXITED, "members.0.critical_illness_insurance": False}, EXITED),
    ("TG03", {"members.0.pension": None}, {"members.0.pension": "none"}),
    (
        "TG04",
        {**EXITED, "dwelling.dilapidated": True, "dwelling.grade": "C"},
        {"dwelling.dilapidated": True, "dwelling.grade": "C"},
    ),
    ("TG05", {**EXITED, "water.clear": False}, {"water.clear": False}),
    ("TG06", {**EXITED, "electricity": False}, {"electricity": False}),
    (
        "TG07",
        {"members.0.medical_aid": True, "members.0.medical_insurance": "none"},
        {"members.0.medical_aid": True},
    ),
    ("TG08", {"dwelling.area_m2": 0}, {"dwelling.area_m2": 1}),
    ("TG08", {"dwelling.area_m2": None}, {}),
    (
        "TG08",
        {**EXITED, "dwelling.area_m2": 51.96},
        {**EXITED, "dwelling.area_m2": 52},
    ),
    (
        "TG08",
        {"dwelling.area_per_head_m2": 20.02},
        {"dwelling.area_per_head_m2": 20.01},
    ),
    ("TG09", {"dwelling.grade": "D"}, {"dwelling.grade": "B"}),
    (
        "TG09",
        {"dwelling.dilapidated": True},
        {"dwelling.dilapidated": True, "dwelling.grade": "C"},
    ),
    (
        "TG09",
        {
            "dwelling.dilapidated": True,
            "dwelling.grade": "C",
            "dwelling.rebuilt_in": 2016,
        },
        {"dwelling.rebuilt_in": 2016},
    ),
    ("TG10", {"land.paddy_mu": None}, {"land": None}),
    (
        "TG10",
        {"land.forest_mu": 200.1},
        {"land.forest_mu": 200},
    ),
    (
        "TG11",
        {
            "surroundings": {
                "main_road_km": 5.1,
                "entry_road": "earth",
                "sanitary_toilet": True,
            }
        },
        {
            "surroundings": {
                "main_road_km": 5,
                "entry_road": "earth",
                "sanitary_toilet": True,
            }
        },
    ),
    ("TG11", {"surroundings": {"entry_road": "earth", "sanitary_toilet": True}}, {}),
    ("TG12", {"surroundings": {"main_road_km": 5, "sanitary_toilet": True}}, {}),
    ("TG12", {"surroundings": {"main_road_km": 5, "entry_road": "earth"}}, {}),
    ("TG13", {"land.cultivated_mu": 3.1}, {"land.cultivated_mu": 3.0}),
    (
        "TG13",
        {"land.forest_mu": 5, "land.returned_to_forest_mu": 5.1},
        {"land.forest_mu": 5, "land.returned_to_forest_mu": 5},
    ),
    (
        "TG13",
        {"land.cultivated_per_head_mu": 0.77},
        {"land.cultivated_per_head_mu": 0.76},
    ),
    (
        "TG14",
        {
            "members.0.labour": "lost",
            "members.1.labour": "none",
            "members.3.labour": "none",
        },
        {
            "members.0.labour": "lost",
            "members.1.labour": "none",
            "members.3.labour": "none",
            "members.3.low_income_class": "A",
        },
    ),
    ("TG15", {"members.1.special_poor": True}, {"members.3.special_poor": True}),
    ("IN01", {"income.total": 21580.01}, {"income.total": 21580}),
    ("IN02", {"income.net": 19580.01}, {"income.net": 19580}),
    ("IN02", {"income.net_per_head": 4896.01}, {"income.net_per_head": 4896}),
    (
        "IN03",
        {"income.monthly": [21580, 1]},
        {"income.monthly": [20000, 1580]},
    ),
    ("IN03", {"income.wage_parts": [13999.99]}, {"income.wage_parts": [13000, 1000]}),
    ("IN03", {"income.business_parts": [1]}, {"income.business_parts": [6000]}),
    ("IN03", {"income.property_parts": [1]}, {"income.property_parts": []}),
    ("IN04", {**EXITED, "income_stable": False}, {"income_stable": False}),
    ("IN05", {"members.0.work_months": 0, "members.0.work_place": None}, {}),
    ("IN05", {"income.wage": 0}, {}),
    ("IN05", {"income.wage": 99.99}, {"income.wage": 100}),
    (
        "IN06",
        {
            "members.3.low_income_class": "A",
            "income.transfer.basic_pension": 0,
            "income.transfer.other_stable": 0,
        },
        {"members.3.low_income_class": "A"},
    ),
    ("IN07", {"income.business": 0, "help_given": GIVEN}, {"help_given": GIVEN}),
    (
        "IN08",
        {"identified_in": 2017, "income.net_per_head": 20000.01},
        {"identified_in": 2017, "income.net_per_head": 20000},
    ),
    (
        "IN08",
        {**EXITED, "income.net_per_head": 3999.99},
        {**EXITED, "income.net_per_head": 4000},
    ),
    (
        "IN09",
        {"income.previous_net_per_head": 2447.49},
        {"income.previous_net_per_head": 2447.5},
    ),
    ("ST01", {"exited_in": 2014}, EXITED),
    (
        "ST01",
        {"exited_in": 2017, "returned_in": 2016, "return_causes": ["illness"]},
        {"exited_in": 2016, "returned_in": 2017, "return_causes": ["illness"]},
    ),
    ("ST01", {"exited_in": 2018}, {"exited_in": 2017}),
    ("ST02", {"exited_in": 2015}, EXITED),
    (
        "ST03",
        {**EXITED, "exit_case": {**EXIT, "steps": EXIT_STEPS[:5]}},
        {**EXITED, "exit_case": EXIT},
    ),
    ("ST03", {"exit_case": {**EXIT, "steps": EXIT_STEPS[1:]}}, {"exit_case": EXIT}),
    (
        "ST04",
        {**EXITED, "returned_in": 2017},
        {**EXITED, "returned_in": 2017, "return_causes": ["illness"]},
    ),
    (
        "ST04",
        {"returned_in": 2017, "return_causes": ["illness"]},
        {**EXITED, "returned_in": 2017, "return_causes": ["illness"]},
    ),
    ("ST05", {"exit_case": EXIT, "member_count": 3}, {"exit_case": EXIT}),
    ("ST06", {"helper": None}, {**EXITED, "helper": None}),
    ("ST06", {"helper.unit": None}, {}),
    (
        "ST07",
        {"dwelling.resettlement": {"settled_in": 2014}},
        {"dwelling.resettlement": {"settled_in": 2015}},
    ),
    (
        "ST07",
        {**EXITED, "dwelling.resettlement": {"kind": "concentrated"}},
        {
            **EXITED,
            "dwelling.resettlement": {"kind": "concentrated", "keys_handed_over": True},
        },
    ),
    (
        "ST07",
        {**EXITED, "dwelling.resettlement": {"kind": "scattered"}},
        {**EXITED, "dwelling.resettlement": {"kind": "scattered", "moved_in": True}},
    ),
    ("MS01", {"help_given": ["industry"]}, {"help_given": GIVEN}),
    (
        "MS01",
        {"help_given": GIVEN, "dwelling.dilapidated": True, "dwelling.grade": "C"},
        {
            "help_given": [*GIVEN, "housing"],
            "dwelling.dilapidated": True,
            "dwelling.grade": "C",
        },
    ),
    (
        "MS01",
        {"help_given": GIVEN, "water.clear": False},
        {"help_given": [*GIVEN, "water"], "water.clear": False},
    ),
    (
        "MS01",
        {"help_given": GIVEN, **absence(reason="weary")},
        {"help_given": [*GIVEN, "compulsory_education"], **absence(reason="weary")},
    ),
    (
        "MS01",
        {
            "help_given": ["social", "industry"],
            "members.1.medical_insurance": "none",
        },
        {"help_given": GIVEN, "members.1.medical_insurance": "none"},
    ),
    ("MS02", {"help_given": ["health"]}, {"help_given": ["health", "finance"]}),
    ("MS03", {"help_given": [*GIVEN, "low_income"]}, {"help_given": GIVEN}),
    (
        "MS03",
        {"help_given": GIVEN, "members.3.special_poor": True},
        {"help_given": [*GIVEN, "special_poor"], "members.3.special_poor": True},
    ),
    ("MS03", {"help_given": [*GIVEN, "disability_subsidy"]}, {"help_given": GIVEN}),
    (
        "MS04",
        {"help_given": [*GIVEN, "rain_dew"]},
        {
            "help_given": [*GIVEN, "rain_dew"],
            "members.2.schooling": "vocational_1",
        },
    ),
    (
        "MS05",
        {"help_given": [*GIVEN, "labour_export"], "members.0.work_place": "in_county"},
        {"help_given": [*GIVEN, "labour_export"]},
    ),
]


@pytest.mark.parametrize(("rule", "fault", "sound"), PAIRS)
def test_a_rule_finds_its_fault_and_lets_the_nearest_sound_case_pass(
    rule, fault, sound
):
    assert rule in faulty(fault)
    assert rule not in faulty(sound)
