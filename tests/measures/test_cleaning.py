"""Every cleaning rule finds its fault, and only where there is one.

Each line plants one change in a household without fault. Beside it stands the nearest
change that the rule must let pass.
"""

from copy import deepcopy
from datetime import date

import pytest

import measures
from measures.cleaning.faults import HOME_RULES, PERSON_RULES, VILLAGE_RULES
from measures.worked import bases
from tests.measures.cases import EXIT, EXIT_STEPS, changed

FAMILY = bases()["family"]
NUMBER = FAMILY["members"][0]["id_number"]
EXITED = {"exited_in": 2016}


def numbered(born, sex="male"):
    return measures.make_id_number("459999", born, sex, 5)


def faulty(changes):
    """The rules that find something in the family so changed."""
    household = measures.read_household(changed(deepcopy(FAMILY), changes))
    return [fault.code for fault in measures.find_faults(household)]


def test_the_family_in_order_has_no_fault():
    assert faulty({}) == []


def jobs(**facts):
    whole = {
        "started_on": "2016-01-01",
        "ended_on": "2016-12-31",
        "monthly_pay": 3000,
        "company": "某厂",
        "trade": "制造",
        "channel": "亲友介绍",
    }
    return {"members.0.jobs": [{**whole, **facts}]}


def absence(**facts):
    return {"members.2.schooling": None, "out_of_school": [{"member": 2, **facts}]}


GIVEN = ["health", "industry"]

PAIRS = [
    ("ID01", {"members.0.id_number": NUMBER[:17]}, {"members.0.id_number": NUMBER}),
    (
        "ID01",
        {"members.0.disability_certificate": NUMBER, "members.0.health": ["disabled"]},
        {
            "members.0.disability_certificate": NUMBER + "13",
            "members.0.health": ["disabled"],
        },
    ),
    ("ID02", {"members.0.id_number": "A" + NUMBER[1:]}, {}),
    (
        "ID03",
        {
            "members.0.disability_certificate": "1" + NUMBER[1:] + "13",
            "members.0.health": ["disabled"],
        },
        {
            "members.0.disability_certificate": NUMBER + "13",
            "members.0.health": ["disabled"],
        },
    ),
    (
        "ID05",
        {
            "members.0.id_number": numbered(date(1899, 12, 31)),
            "members.0.born": "1899-12-31",
        },
        {
            "members.0.id_number": numbered(date(1900, 1, 1)),
            "members.0.born": "1900-01-01",
        },
    ),
    ("ID05", {"members.2.born": "2017-11-16"}, {"members.2.born": "2017-11-15"}),
    ("ID06", {"members.0.born": "1970-02-04"}, {"members.0.born": "1970-02-03"}),
    ("ID06", {"members.2.sex": "female"}, {"members.2.sex": "male"}),
    ("ID07", {"members.0.id_number": None}, {}),
    ("ID07", {"members.0.id_number": "999999" + NUMBER[6:]}, {}),
    ("ID08", {"members.0.health": ["disabled"]}, {"members.0.health": ["chronic"]}),
    ("ID08", {"members.1.disability_certificate": NUMBER + "13"}, {}),
    (
        "ID09",
        {
            "members.0.disability_certificate": NUMBER + "42",
            "members.0.health": ["disabled"],
        },
        {
            "members.0.disability_certificate": NUMBER + "43",
            "members.0.health": ["disabled"],
        },
    ),
    ("ID10", {"members.0.name": " "}, {}),
    ("ID10", {"members.0.ethnicity": None}, {}),
    ("ID10", {"members.0.health": None}, {}),
    ("ID10", {"members.0.labour": None}, {}),
    ("HH01", {"members.0.relation": "other"}, {}),
    ("HH02", {"members.3.relation": "spouse"}, {"members.3.relation": "other"}),
    ("HH03", {"members.1.sex": "male"}, {"members.1.sex": "female"}),
    ("HH04", {"members.2.relation": "niece"}, {"members.2.relation": "nephew"}),
    ("HH04", {"members.3.relation": "uncle"}, {"members.3.relation": "sibling_in_law"}),
    ("HH05", {"members.2.relation": None}, {}),
    ("HH06", {"member_count": 3}, {"member_count": 4}),
    ("HH06", {"members": [], "member_count": None}, {}),
    ("HH07", {"members.2.born": "1981-12-31"}, {"members.2.born": "1982-01-01"}),
    ("HH07", {"members.3.born": "1959-01-01"}, {"members.3.born": "1958-12-31"}),
    ("HH08", {"members.0.phone": "12900000001"}, {"members.0.phone": "13000000001"}),
    ("HH08", {"helper.phone": "0771-123"}, {"helper.phone": "19900000000"}),
    (
        "HH09",
        {
            "members.1.phone": "13900000001",
            "members.1.work_place": "in_county",
            "members.1.work_months": 3,
        },
        {
            "members.1.phone": "13900000001",
            "members.1.work_place": "outside_region",
            "members.1.work_months": 3,
        },
    ),
    (
        "HH10",
        {"population_change": {"at_start": 3, "at_end": 5, "added": ["birth"]}},
        {
            "population_change": {
                "at_start": 4,
                "at_end": 4,
                "added": ["birth"],
                "gone": ["death"],
            }
        },
    ),
    ("HH11", {"causes": []}, {"causes": ["illness", "no_capital", "no_land"]}),
    ("HH11", {"causes": ["illness", "no_capital", "no_land", "no_road"]}, {}),
    ("HH11", {"causes": ["illness", "illness"]}, {}),
    ("HH12", {"causes": ["disability"]}, {"causes": ["no_land"]}),
    ("HH12", {"causes": ["schooling"], "members.2.schooling": None}, {}),
    ("HH12", {"members.0.health": ["healthy"]}, {"causes": ["illness"]}),
    ("HH12", {"causes": ["no_labour"]}, {"causes": ["no_skill"]}),
    ("ED01", {"members.2.education": "primary"}, {}),
    ("ED01", {"members.0.education": None}, absence(reason="weary")),
    ("ED03", {"members.2.schooling": None}, absence(reason="weary")),
    ("ED03", absence(visits=2), absence(reason="illness")),
    ("ED04", {"members.2.schooling": "junior_1"}, {"members.2.schooling": "primary"}),
    (
        "ED04",
        {"members.2.born": "2002-11-15"},
        {"members.2.born": "2002-11-16", "members.2.schooling": "primary"},
    ),
    ("ED05", {"members.2.schooling": "bachelor_1"}, {}),
    (
        "ED05",
        {"members.2.born": "1997-11-16", "members.2.schooling": "postgraduate"},
        {"members.2.born": "1997-11-15", "members.2.schooling": "postgraduate"},
    ),
    ("ED05", {"members.0.born": "2001-11-15"}, {"members.0.born": "1994-11-15"}),
    ("ED06", {"members.2.schooling": "preschool"}, {}),
    (
        "ED06",
        {"members.2.schooling": "preschool", "members.2.born": "2010-11-15"},
        {"members.2.schooling": "preschool", "members.2.born": "2010-11-16"},
    ),
    (
        "ED07",
        absence(reason="illness"),
        {**absence(reason="illness"), "members.2.health": ["chronic"]},
    ),
    ("LB01", {"members.2.labour": "weak"}, {"members.2.labour": "none"}),
    ("LB02", {"members.1.labour": "weak"}, {"members.1.labour": "skilled"}),
    (
        "LB03",
        {"members.2.labour": "ordinary", "members.2.born": "2000-01-01"},
        {"members.2.born": "2000-01-01"},
    ),
    (
        "LB04",
        {"members.0.born": "1957-11-15"},
        {"members.0.born": "1957-11-16"},
    ),
    ("LB05", {"members.0.labour": "weak"}, {"members.0.labour": "skilled"}),
    ("LB05", {"members.2.work_months": 1, "members.2.work_place": "in_county"}, {}),
    ("LB05", {"members.0.special_poor": True}, {"members.0.special_poor": False}),
    ("LB06", {"members.0.work_months": 0}, {}),
    ("LB06", {"members.0.work_place": None}, {}),
    ("LB07", jobs(ended_on="2015-12-31"), jobs()),
    (
        "LB07",
        {"members.1.jobs": jobs(ended_on=None)["members.0.jobs"]},
        {"members.1.jobs": jobs()["members.0.jobs"]},
    ),
    ("LB08", jobs(started_on="1986-02-02"), jobs(started_on="1986-02-03")),
    ("LB09", jobs(monthly_pay=99), jobs(monthly_pay=100)),
    ("LB09", jobs(monthly_pay=30001), jobs(monthly_pay=30000)),
    (
        "LB10",
        {"members.1.welfare_post": {"kinds": 1}},
        {"members.1.welfare_post": {"kinds": 2, "months": 6}},
    ),
    ("LB10", {"members.1.welfare_post": {"kinds": 3, "months": 6}}, {}),
    ("LB10", {"members.3.welfare_post": {"kinds": 1, "months": 6}}, {}),
    ("LB10", {"members.0.welfare_post": {"kinds": 1, "months": 6}}, {}),
    (
        "LB10",
        {
            "members.1.welfare_post": {"kinds": 1, "months": 6},
            "members.1.labour": "lost",
        },
        {
            "members.1.welfare_post": {"kinds": 1, "months": 6},
            "members.1.labour": "weak",
        },
    ),
    ("LB11", jobs(company=None), jobs()),
    ("LB11", jobs(monthly_pay=None), jobs(monthly_pay=0.0 + 100)),
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


def test_jobs_that_overlap_are_doubted():
    first, second = (jobs()["members.0.jobs"][0] for _ in range(2))

    overlapping = {"members.0.jobs": [first, {**second, "started_on": "2016-12-30"}]}
    touching = {"members.0.jobs": [first, {**second, "started_on": "2016-12-31"}]}

    assert "LB07" in faulty({**overlapping, "members.0.jobs.1.ended_on": "2017-01-31"})
    assert "LB07" not in faulty({**touching, "members.0.jobs.1.ended_on": "2017-01-31"})


def test_a_code_outside_its_list_never_becomes_a_household():
    # ED02 is held by the reader.
    with pytest.raises(measures.Unreadable) as refusal:
        faulty({"members.0.education": "doctor"})

    assert refusal.value.path == "members[0].education"


# Between records


def records(*households, **more):
    return measures.read_records({"households": list(households), **more})


def family(code="H1", **changes):
    return changed(deepcopy(FAMILY), {"code": code, **changes})


def found(records_read):
    return [
        (fault.code, fault.household or fault.village)
        for fault in measures.clean(records_read)
    ]


def strangers(code, **changes):
    """Another family: its own numbers and its own telephone."""
    other = family(code, **changes)
    for index, member in enumerate(other["members"]):
        born, sex = date.fromisoformat(member["born"]), member["sex"]
        serial = 100 + index + int(code[1:]) * 10
        member["id_number"] = measures.make_id_number("459999", born, sex, serial)
    other["members"][0]["phone"] = f"1390000{code[1:]:0>4}"
    return other


def test_two_families_of_their_own_have_no_fault():
    assert found(records(family(), strangers("H2"))) == []


def test_a_number_that_stands_in_two_households_is_found_in_the_second():
    second = strangers("H2", member_count=4)
    second["members"][0]["id_number"] = NUMBER

    assert found(records(family(), second)) == [("ID04", "H2")]


def test_a_telephone_of_two_households_is_doubted_and_within_one_it_is_not():
    second = strangers("H2")
    second["members"][0]["phone"] = FAMILY["members"][0]["phone"]

    assert found(records(family(), second)) == [("HH09", "H2")]
    own = family()
    own["members"][1]["phone"] = own["members"][0]["phone"]
    assert found(records(own)) == []


def test_three_households_of_a_village_with_one_income_are_doubted_and_two_are_not():
    three = [family(), strangers("H2"), strangers("H3")]

    assert found(records(*three)) == [("IN09", "H1"), ("IN09", "H2"), ("IN09", "H3")]
    assert found(records(*three[:2])) == []


VILLAGE = {"code": "V1", "division": "459999101203"}


def test_a_village_has_at_least_its_households_land():
    # The family: 1 + 2 + 0 + 3 mu.
    short = records(family(), villages=[{**VILLAGE, "land_mu": 5.9}])
    enough = records(family(), villages=[{**VILLAGE, "land_mu": 6}])

    assert found(short) == [("VL05", "V1")]
    assert found(enough) == []


def test_a_village_counts_as_many_poor_households_as_are_listed():
    fewer = [{**VILLAGE, "poor_households": 0}]
    more = [{**VILLAGE, "poor_households": 2}]

    assert found(records(family(), villages=fewer)) == [("VL06", "V1")]
    assert found(records(family(), villages=more)) == []
    assert found(records(family(), villages=more, complete=True)) == [("VL06", "V1")]


def test_a_household_that_has_exited_is_not_counted_as_poor():
    exited = strangers("H2", exited_in=2016)

    village = [{**VILLAGE, "poor_households": 1}]
    assert found(records(family(), exited, villages=village, complete=True)) == []


def carriers(**second):
    return measures.read_records(
        {
            "on": "2017-11-15",
            "carriers": {"system": family(), "handbook": family(**second)},
        }
    )


def test_carriers_that_agree_have_no_fault():
    assert measures.clean(carriers()) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("income.net", 1),
        ("identified_in", 2014),
        ("helper.name", "他人"),
        ("member_count", 5),
        ("attribute", "low_income_with_labour"),
    ],
)
def test_a_difference_between_carriers_is_a_fault_of_its_field(path, value):
    (fault,) = measures.clean(carriers(**{path: value}))

    assert (fault.code, fault.field, fault.household) == ("ST08", path, "H1")


def test_other_people_in_another_carrier_are_a_fault():
    second = family()["members"][:3]
    (fault,) = measures.clean(carriers(members=second))

    assert (fault.code, fault.field) == ("ST08", "members")
    assert "国扶贫开发信息系统" in fault.because["zh"]


def test_what_one_carrier_leaves_blank_is_no_difference():
    assert measures.clean(carriers(helper=None, members=[])) == []


# Villages

GOOD_VILLAGE = {
    "code": "V1",
    "exited_in": 2016,
    "households": 100,
    "population": 400,
    "poor_households": 10,
    "poor_people": 11,
    "incidence_percent": 2.75,
    "households_with_water": 95,
    "households_dilapidated": 95,
    "poor_households_by_attribute": {
        "general": 7,
        "low_income_with_labour": 2,
        "low_income_without_labour": 1,
    },
    "collective": {"income": 1},
    "roads": {"hardened": True},
    "facilities": {
        "bus_services": 0,
        "clinics": 1,
        "public_toilets": 1,
        "doctors": 1,
        "waste_points": 1,
        "reading_rooms": 1,
        "low_income_people": 0,
        "special_poor_people": 0,
        "disabled_people": 0,
    },
}


def village_faults(**changes):
    dotted = {path.replace("__", "."): value for path, value in changes.items()}
    village = measures.read_village(changed(GOOD_VILLAGE, dotted))
    return [fault.code for fault in measures.find_village_faults(village)]


def test_a_village_in_order_has_no_fault():
    assert village_faults() == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("VL01", {"population": 0, "incidence_percent": None}),
        ("VL01", {"collective__income": 0}),
        ("VL02", {"facilities__doctors": None}),
        ("VL03", {"roads__hardened": False}),
        ("VL04", {"households_dilapidated": 96}),
        ("VL06", {"poor_households": 101, "poor_households_by_attribute": None}),
        ("VL06", {"poor_households_by_attribute__general": 8}),
        ("VL07", {"incidence_percent": 2.76}),
    ],
)
def test_a_village_rule_finds_its_fault(rule, changes):
    assert village_faults(**changes) == [rule]


def test_a_village_that_has_not_exited_may_leave_its_facilities_blank():
    assert village_faults(exited_in=None, facilities=None, roads=None) == []


# The rules themselves


def test_every_rule_of_the_book_is_run_and_every_rule_run_is_in_the_book():
    run = {
        code
        for rules in (PERSON_RULES, HOME_RULES, VILLAGE_RULES)
        for code, _, _ in rules
    }
    between = {"ID04", "HH09", "IN09", "VL05", "VL06", "ST05", "ST08"}
    held = {c for c, rule in measures.cleaning_rules().items() if rule.held_by_reader}

    assert run | between | held == set(measures.cleaning_rules())


def test_every_rule_has_one_of_the_four_classes_and_a_severity():
    rules = measures.cleaning_rules().values()

    assert {rule.fault_class for rule in rules} == set(measures.codes("fault_class"))
    assert {rule.severity for rule in rules} == {"error", "doubt"}


def test_every_field_a_rule_points_to_has_a_name():
    for rules, prefix in (
        (PERSON_RULES, "member."),
        (HOME_RULES, ""),
        (VILLAGE_RULES, ""),
    ):
        for _, field, _ in rules:
            assert measures.name_of(prefix + field, "zh", "field")


def test_only_errors_block_an_exit():
    doubt = measures.find_faults(measures.read_household(family(helper=None)))
    error = measures.find_faults(measures.read_household(family(member_count=3)))

    assert [fault.severity for fault in doubt] == ["doubt"]
    assert measures.blocks_exit(doubt) is False
    assert measures.blocks_exit(error) is True


def test_facts_without_a_day_say_nothing_of_ages():
    undated = family(on=None)
    undated["members"][2]["labour"] = "ordinary"

    assert "LB01" not in [
        fault.code for fault in measures.find_faults(measures.read_household(undated))
    ]
    assert "LB03" in [
        fault.code for fault in measures.find_faults(measures.read_household(undated))
    ]


def test_a_fault_names_person_field_and_reason():
    (fault,) = measures.find_faults(
        measures.read_household(family(**{"members.0.phone": "1"}))
    )

    assert (fault.code, fault.member, fault.field) == ("HH08", 0, "phone")
    assert fault.rule.fault_class == "abnormal_value"
    assert fault.because["zh"] == "不是11位手机号码"
