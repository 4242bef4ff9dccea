"""What cleaning finds between records, in villages, and in its own book of rules."""

from datetime import date

import pytest

import measures
from measures.cleaning.faults import HOME_RULES, PERSON_RULES, VILLAGE_RULES
from tests.measures.cases import changed
from tests.measures.families import FAMILY, NUMBER, family

# Between records


def records(*households, **more):
    return measures.read_records({"households": list(households), **more})


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


@pytest.mark.parametrize(
    ("on", "edition", "found"),
    [
        ("2016-06-30", None, False),
        ("2016-07-01", None, False),
        ("2017-05-01", None, True),
        ("2016-07-01", "gx-2017", True),
        ("2000-01-01", "gx-2017", True),
        ("2000-01-01", None, False),
    ],
)
def test_an_exited_household_is_held_to_the_standard_of_its_day(on, edition, found):
    # Only from 2017 does the standard ask how clear the water is.
    home = family(
        **{"exited_in": 1999, "on": on, "edition": edition, "water.clear": False}
    )
    codes = [
        fault.code for fault in measures.find_faults(measures.read_household(home))
    ]

    assert ("TG05" in codes) is found


def test_the_exited_are_held_to_the_income_line_of_the_year():
    # 4,000 a head is above the line of 2019 and equals that of 2020.
    facts = {"exited_in": 2018, "income.wage": 11500}
    codes = {
        year: [
            fault.code
            for fault in measures.find_faults(
                measures.read_household(family(on=f"{year}-06-01", **facts))
            )
        ]
        for year in (2019, 2020)
    }

    assert "IN04" not in codes[2019]
    assert "IN04" in codes[2020]
