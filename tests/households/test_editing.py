from datetime import date

import pytest

from core.models import LogEntry
from households.domain.editing import (
    add_member,
    edit_household,
    edit_member,
    let_member_leave,
)
from households.errors import FactsRefused
from households.facts import facts_of
from households.models import Household
from tests.factories.households import make_household, person

ON = date(2017, 11, 15)


def test_a_section_is_written_whole_and_logged(napo, informant):
    household = make_household(napo.village)

    edit_household(household, {"land": {"paddy_mu": 2}}, by=informant)

    household.refresh_from_db()
    assert household.land == {"paddy_mu": 2}
    log = LogEntry.objects.get(action="household.edited")
    assert (log.by, log.detail) == (informant, {"fields": ["land"]})


def test_nothing_changed_leaves_no_trace(napo, informant):
    household = make_household(napo.village)
    same = facts_of(household, None)

    edit_household(household, {"land": same["land"]}, by=informant)

    assert not LogEntry.objects.filter(action="household.edited").exists()


def test_what_measures_cannot_read_is_refused_with_its_place(napo, informant):
    household = make_household(napo.village)

    with pytest.raises(FactsRefused) as refusal:
        edit_household(household, {"land": {"paddy_mu": -2}}, by=informant)

    household.refresh_from_db()
    assert (refusal.value.path, household.land["paddy_mu"]) == ("land.paddy_mu", 1.5)
    assert "水田面积" in str(refusal.value)


def test_absences_stay_with_their_child(napo, informant):
    household = make_household(napo.village)
    absence = {"member": 2, "reason": "weary", "visits": 2, "three_party_signed": True}

    edit_household(household, {"out_of_school": [absence]}, by=informant)
    child = household.members.get(position=2)
    let_member_leave(
        household.members.get(position=1), because="moved_out", by=informant, on=ON
    )

    fresh = Household.objects.get(pk=household.pk)
    assert child.absence_reason == "weary"
    assert facts_of(fresh, None)["out_of_school"] == [{**absence, "member": 1}]


def test_a_member_is_added_at_the_end(napo, informant):
    household = make_household(napo.village)

    add_member(household, person("father", name="演示韦公"), by=informant, on=ON)

    names = household.members.values_list("name", flat=True)
    assert list(names)[-1] == "演示韦公"
    assert LogEntry.objects.filter(action="member.added").count() == 1


REFUSED = [
    (person("head"), "two-heads", "每户只能有一名户主。"),
    (person("son", id_number="45102"), "bad-id-number", "公民身份号码应为18位"),
    (
        person("son", born="2018-01-01", id_number=None),
        "date-in-future",
        "的出生日期尚未到来。",
    ),
    (person("cousin"), "unreadable", "与户主关系：应为下列之一"),
]


@pytest.mark.parametrize(("facts", "code", "message"), REFUSED)
def test_a_member_that_cannot_stand_is_refused(napo, informant, facts, code, message):
    household = make_household(napo.village)

    with pytest.raises(FactsRefused) as refusal:
        add_member(household, facts, by=informant, on=ON)

    assert refusal.value.code == code
    assert message in str(refusal.value)
    assert household.members.count() == 3


def test_a_member_with_a_taken_id_number_is_refused(napo, informant):
    household = make_household(napo.village)
    taken = household.members.get(position=1).id_number

    with pytest.raises(FactsRefused) as refusal:
        add_member(household, person("son", id_number=taken), by=informant, on=ON)

    assert refusal.value.code == "id-number-taken"
    assert household.members.count() == 3


def test_a_member_keeps_what_is_not_given(napo, informant):
    household = make_household(napo.village)
    member = household.members.get(position=1)
    number = member.id_number

    edit_member(member, {"name": "演示黄大妹", "labour": None}, by=informant, on=ON)

    member.refresh_from_db()
    assert (member.name, member.labour, member.id_number) == ("演示黄大妹", "", number)


def test_the_household_is_called_by_its_head(napo, informant):
    household = make_household(napo.village)
    head = household.members.get(relation="head")

    edit_member(head, {"name": "演示韦新名"}, by=informant, on=ON)

    household.refresh_from_db()
    assert household.head_name == "演示韦新名"


def test_the_head_does_not_become_something_else(napo, informant):
    household = make_household(napo.village)
    head = household.members.get(relation="head")

    with pytest.raises(FactsRefused) as refusal:
        edit_member(head, {"relation": "son"}, by=informant, on=ON)

    assert refusal.value.code == "head-leaves"
    assert "请先另定户主" in str(refusal.value)


def test_a_head_leaves_only_with_an_heir(napo, informant):
    household = make_household(napo.village)
    head, spouse = household.members.filter(position__lt=2).order_by("position")

    with pytest.raises(FactsRefused) as refusal:
        let_member_leave(head, because="death", by=informant, on=ON)
    assert refusal.value.code == "head-leaves"
    assert household.members.present().count() == 3

    let_member_leave(head, because="death", by=informant, on=ON, new_head=spouse)

    household.refresh_from_db()
    spouse.refresh_from_db()
    assert (spouse.relation, household.head_name) == ("head", spouse.name)


def test_leaving_twice_is_leaving_once(napo, informant):
    household = make_household(napo.village)
    child = household.members.get(position=2)

    first = let_member_leave(child, because="moved_out", by=informant, on=ON)
    second = let_member_leave(
        child, because="death", by=informant, on=date(2017, 12, 1)
    )

    assert (second.left_on, second.left_because) == (ON, "moved_out")
    assert first == second
    assert LogEntry.objects.filter(action="member.left").count() == 1


def test_who_has_left_may_be_entered_elsewhere(napo, informant):
    household = make_household(napo.village)
    bride = household.members.get(position=2)
    number = bride.id_number
    let_member_leave(bride, because="married_out", by=informant, on=ON)

    other = make_household(
        napo.other_village,
        members=[person(), person("daughter_in_law", id_number=number)],
    )

    assert other.members.count() == 2
