from datetime import date

import pytest

import measures
from core.models import LogEntry
from households.domain.registering import register_household
from households.errors import FactsRefused
from households.facts import facts_of
from households.models import Household, Member
from ledger.models import Entry
from tests.factories.households import (
    REGISTERED_ON,
    good_facts,
    make_household,
    person,
)

ON = date(2017, 11, 15)


def register(facts, division):
    return register_household(facts, division=division, by=None, on=REGISTERED_ON)


def test_a_household_comes_into_the_register_with_its_members(napo, informant):
    household = make_household(napo.village, by=informant)

    assert household.code == "4510261002010001"
    assert household.head_name == "演示韦大山"
    assert [member.relation for member in household.present_members()] == [
        "head",
        "spouse",
        "son",
    ]
    log = LogEntry.objects.get(action="household.registered")
    assert (log.by, log.subject_id) == (informant, str(household.pk))


def test_the_second_household_of_a_village_takes_the_next_code(napo):
    make_household(napo.village)

    assert make_household(napo.village).code == "4510261002010002"


def test_its_status_follows_from_the_entries_of_its_enrolment(napo):
    household = make_household(napo.village, exited_in=2016)

    events = list(Entry.objects.values_list("event", "on"))
    assert events == [
        ("identified", date(2015, 12, 20)),
        ("exited", date(2016, 12, 31)),
    ]
    assert (household.status, household.exited_in) == ("exited", 2016)
    assert household.status_on == date(2016, 12, 31)


def test_without_a_year_of_identification_it_is_an_applicant(napo):
    household = make_household(napo.village, identified_in=None, identified_on=None)

    assert household.status == "applicant"


def test_facts_survive_the_round_trip(napo):
    first = make_household(
        napo.village,
        exited_in=2016,
        returned_in=2017,
        out_of_school=[
            {"member": 2, "reason": "weary", "visits": 2, "three_party_signed": True}
        ],
        vetoes=[{"code": "VETO_VEHICLE", "since": "2014-03-01", "value": 30000}],
        dwelling={
            "structure": "brick_concrete",
            "area_m2": 80,
            "resettlement": {"kind": "concentrated", "keys_handed_over": True},
        },
    )
    facts = facts_of(first, ON)
    Entry.objects.all()._raw_delete("default")
    Member.objects.all().delete()
    Household.objects.all().delete()

    second = register(facts, napo.village)

    assert facts_of(second, ON) == facts
    assert measures.read_household(facts).members[2].schooling == "primary"


def test_what_is_not_known_is_left_out(napo):
    household = register(
        {"members": [{"name": "演示甲", "relation": "head"}]}, napo.village
    )

    assert facts_of(household, ON) == {
        "code": "4510261002010001",
        "division": "451026100201",
        "on": "2017-11-15",
        "members": [{"name": "演示甲", "relation": "head"}],
        "member_count": 1,
    }


def test_the_same_code_and_head_again_return_the_first(napo):
    facts = good_facts(code="H1")
    first = register(facts, napo.village)

    assert register(facts, napo.village) == first
    assert Household.objects.count() == 1


REFUSED = [
    ({"members": []}, "no-head", "每户须有户主"),
    ({"members": [person("son", name="演示乙")]}, "no-head", "每户须有户主"),
    ({"members": [person(), person()]}, "two-heads", "每户只能有一名户主"),
    (
        {"members": [person(id_number="450102197002031231")]},
        "bad-id-number",
        "演示韦大山的公民身份号码：校验码不正确",
    ),
    (
        {"members": [person(id_number="4501021970")]},
        "bad-id-number",
        "演示韦大山的公民身份号码：公民身份号码应为18位",
    ),
    (
        {"members": [person(born="2017-06-02", id_number=None)]},
        "date-in-future",
        "演示韦大山的出生日期尚未到来",
    ),
    ({"members": [person(labour="strong")]}, "unreadable", "劳动能力：应为下列之一"),
    ({"land": {"paddy_mu": -1}}, "unreadable", "水田面积：超出范围"),
    ({"lands": {}}, "unreadable", "lands：没有这个字段"),
]


@pytest.mark.parametrize(("changes", "code", "message"), REFUSED)
def test_facts_that_cannot_stand_are_refused_and_nothing_is_written(
    napo, changes, code, message
):
    with pytest.raises(FactsRefused) as refusal:
        make_household(napo.village, **changes)

    assert refusal.value.code == code
    assert message in str(refusal.value)
    assert not Household.objects.exists()
    assert not Entry.objects.exists()


def test_an_id_number_already_in_the_register_is_refused(napo):
    head = person()
    make_household(napo.village, members=[head])

    with pytest.raises(FactsRefused) as refusal:
        make_household(napo.other_village, members=[head])

    assert refusal.value.code == "id-number-taken"
    assert str(refusal.value) == "演示韦大山的公民身份号码已在册，不能重复登记。"
    assert Household.objects.count() == 1


def test_one_id_number_for_two_people_of_a_household_is_refused(napo):
    head = person()
    twin = person("son", id_number=head["id_number"], name="演示丙")

    with pytest.raises(FactsRefused) as refusal:
        make_household(napo.village, members=[head, twin])

    assert refusal.value.code == "id-number-taken"
    assert not Household.objects.exists()


def test_a_code_of_another_household_is_refused(napo):
    make_household(napo.village, code="H1")

    with pytest.raises(FactsRefused) as refusal:
        make_household(napo.village, code="H1", members=[person(name="演示丁")])

    assert refusal.value.code == "code-taken"
    assert "H1" in str(refusal.value)
    assert Household.objects.count() == 1


def test_a_household_stands_in_a_village(napo):
    with pytest.raises(FactsRefused) as refusal:
        make_household(napo.township)

    assert refusal.value.code == "not-a-village"
    assert "城厢镇" in str(refusal.value)
    assert not Household.objects.exists()


def test_id_numbers_are_sealed_and_shown_masked(napo):
    number = person()["id_number"]
    household = make_household(napo.village, members=[person(id_number=number)])

    [member] = household.present_members()
    assert number not in member.id_number_sealed
    assert member.id_number == number
    assert member.masked_id_number == f"{number[:6]}********{number[14:]}"
