"""The cleaning rules run over the register: what is found, kept and gone."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.models import LogEntry
from households.domain.cleaning import (
    clean_village,
    order_cleaning,
    villages_to_clean,
)
from households.domain.editing import edit_member
from households.errors import NotTheRegistersOffice
from households.models import Fault, Household, Member
from tests.factories.accounts import UserFactory
from tests.factories.households import make_household, person

pytestmark = pytest.mark.django_db
TODAY = date(2017, 11, 20)


@pytest.fixture
def register(napo):
    """Households as registered ones; applicants are nobody's to clean yet."""

    def register(*, division=napo.village, status="registered", **facts):
        household = make_household(division, **facts)
        Household.objects.filter(pk=household.pk).update(status=status)
        return household

    return register


def faulty(**facts):
    """A head without an ethnicity."""
    return [person(ethnicity=None, **facts)]


def found(village):
    rows = Fault.objects.open().filter(division=village)
    return {
        (row.household, row.member.name if row.member else "", row.code) for row in rows
    }


def test_what_is_wrong_is_found_with_class_reason_and_field(napo, register):
    household = register(members=faulty())

    cleaned = clean_village(napo.village, on=TODAY)

    (fault,) = Fault.objects.filter(code="ID10")
    assert (fault.household, fault.member.is_head) == (household, True)
    assert fault.class_name == "关键指标缺项"
    assert fault.severity_name == "差错"
    assert fault.field_name == "民族"
    assert fault.reason == "未填写"
    assert (fault.found_on, fault.seen_on, fault.gone_on) == (TODAY, TODAY, None)
    assert cleaned.households == 1
    assert cleaned.found == cleaned.new == Fault.objects.count()


def test_a_sound_household_has_none(napo, register):
    register()

    clean_village(napo.village, on=TODAY)

    assert {row.severity_name for row in Fault.objects.all()} <= {"疑点"}


def test_cleaned_again_it_is_seen_again_and_mended_it_is_gone(
    napo, register, informant
):
    household = register(members=faulty())
    clean_village(napo.village, on=TODAY)
    before = Fault.objects.get(code="ID10")

    again = clean_village(napo.village, on=TODAY + timedelta(days=1))
    edit_member(household.members.get(), {"ethnicity": "壮族"}, by=informant, on=TODAY)
    last = clean_village(napo.village, on=TODAY + timedelta(days=2))

    fault = Fault.objects.get(code="ID10")
    assert (again.new, again.gone) == (0, 0)
    assert fault.pk == before.pk
    assert (fault.found_on, fault.seen_on) == (TODAY, TODAY + timedelta(days=1))
    assert fault.gone_on == TODAY + timedelta(days=2)
    assert last.gone == 1


def test_what_comes_back_is_a_fault_anew(napo, register, informant):
    household = register(members=faulty())
    for ethnicity in (None, "壮族", None):
        Member.objects.filter(household=household).update(ethnicity=ethnicity or "")
        clean_village(napo.village, on=TODAY)

    rows = Fault.objects.filter(code="ID10")
    assert [row.gone_on for row in rows.order_by("pk")] == [TODAY, None]


@pytest.mark.parametrize("status", ["applicant", "removed", "dissolved"])
def test_who_is_not_in_the_register_is_not_cleaned(napo, register, status):
    household = register(members=faulty())
    clean_village(napo.village, on=TODAY)

    Household.objects.filter(pk=household.pk).update(status=status)
    clean_village(napo.village, on=TODAY)

    assert found(napo.village) == set()
    assert Fault.objects.exists()


def test_households_of_a_village_are_compared(napo, register):
    first = register(members=[person(phone="13900000001")])
    second = register(members=[person(phone="13900000001")])

    clean_village(napo.village, on=TODAY)

    (fault,) = Fault.objects.filter(code="HH09")
    assert fault.household == max(first, second, key=lambda each: each.code)
    assert min(first, second, key=lambda each: each.code).code in fault.reason


def test_one_village_says_nothing_of_another(napo, register):
    register(members=faulty())
    register(division=napo.other_village, members=faulty())

    clean_village(napo.village, on=TODAY)

    assert {row.division for row in Fault.objects.all()} == {napo.village}


@pytest.mark.parametrize("count", [1, 3])
def test_a_village_costs_the_same_however_many_live_there(
    napo, register, count, django_assert_num_queries
):
    for _each in range(count):
        register(members=faulty())
    # The log's own kinds are known.
    clean_village(napo.other_village, on=TODAY)
    clean_village(napo.village, on=TODAY)
    Member.objects.update(ethnicity="壮族", education="")

    # a savepoint and its end, the lock, households, members, what is known; what was
    # known within a savepoint; the log
    with django_assert_num_queries(9):
        clean_village(napo.village, on=TODAY)


def test_only_an_office_above_has_the_rules_run(
    napo, register, informant, county_officer, django_capture_on_commit_callbacks
):
    register(members=faulty())
    stranger = UserFactory(role="county_office", at=napo.other_county)

    for by in (informant, stranger):
        with pytest.raises(NotTheRegistersOffice):
            order_cleaning(napo.county, by=by)
    with django_capture_on_commit_callbacks(execute=True):
        order_cleaning(napo.county, by=county_officer)

    assert LogEntry.objects.filter(action="cleaning.ordered").count() == 1
    assert Fault.objects.filter(code="ID10").exists()


def test_the_command_cleans_a_division(napo, register):
    register(members=faulty())
    register(division=napo.other_village, members=faulty())
    out = StringIO()

    call_command("clean_registers", napo.village.code, stdout=out)

    assert set(villages_to_clean(napo.county.code)) == {
        napo.village,
        napo.other_village,
    }
    assert f"{napo.village.full_name}: 1 households" in out.getvalue()
    assert {row.division for row in Fault.objects.all()} == {napo.village}
    with pytest.raises(CommandError):
        call_command("clean_registers", "99")
