from datetime import date

import pytest

import measures
from accounts.domain.granting import create_person, end_grant, grant_role
from accounts.enums import Role
from accounts.errors import IdNumberTaken, PhoneTaken, WrongLevelForRole
from accounts.models import Grant, User
from core.models import LogEntry

ON = date(2017, 5, 1)
NUMBER = measures.make_id_number("459999", date(1990, 1, 1), "male", 1)
OTHER = measures.make_id_number("459999", date(1991, 1, 1), "female", 2)


def person(napo, **changes):
    fields = {
        "phone": "14012345678",
        "real_name": "演示甲",
        "id_number": NUMBER,
        "home": napo.village,
        "by": None,
    } | changes
    return create_person(fields.pop("phone"), **fields)


def test_a_person_is_kept_with_a_sealed_number(napo):
    made = person(napo)

    made.refresh_from_db()
    assert NUMBER not in made.id_number_sealed
    assert made.id_number == NUMBER
    assert made.masked_id_number == f"459999********{NUMBER[14:]}"
    assert User.objects.with_id_number(NUMBER).get() == made


def test_the_same_person_twice_is_one_account_and_one_log_line(napo):
    assert person(napo) == person(napo)
    assert LogEntry.objects.filter(action="person.created").count() == 1


def test_no_log_entry_holds_the_number(napo):
    person(napo)

    entry = LogEntry.objects.get(action="person.created")
    assert NUMBER not in f"{entry.subject_text} {entry.detail}"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"id_number": OTHER}, PhoneTaken), ({"phone": "14099999999"}, IdNumberTaken)],
)
def test_a_phone_or_number_of_somebody_else_is_refused(napo, changes, refusal):
    person(napo)

    with pytest.raises(refusal):
        person(napo, **changes)

    assert User.objects.count() == 1


def test_granting_twice_is_once(napo, informant, administrator):
    first, second = (
        grant_role(
            informant,
            Role.COUNTY_OFFICE,
            division=napo.county,
            by=administrator,
            on=ON,
        )
        for _ in range(2)
    )

    assert first == second
    assert informant.holds(Role.COUNTY_OFFICE, at=napo.village.code)


def test_an_office_belongs_to_its_own_level(napo, informant):
    with pytest.raises(WrongLevelForRole) as refusal:
        grant_role(informant, Role.COUNTY_OFFICE, division=napo.village, by=None, on=ON)

    assert refusal.value.code == "wrong-level-for-role"
    assert Grant.objects.filter(user=informant).count() == 1


def test_an_ended_grant_opens_nothing_and_stays_on_record(napo, informant):
    grant = informant.grants.get()

    end_grant(grant, by=None, on=ON)

    fresh = User.objects.get(pk=informant.pk)
    assert fresh.scope_codes() == ()
    assert fresh.grants.get().until == ON


def test_a_trainer_gets_the_trainers_group_and_loses_it(napo):
    user = person(napo)

    grant = grant_role(user, Role.TRAINER, division=napo.region, by=None, on=ON)
    assert [group.name for group in user.groups.all()] == ["Trainers"]

    end_grant(grant, by=None, on=ON)
    assert not user.groups.exists()
