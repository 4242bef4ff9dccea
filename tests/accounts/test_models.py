from datetime import date

from accounts.enums import Role
from divisions.enums import Level
from tests.factories.accounts import UserFactory


def test_an_office_acts_for_exactly_its_level(napo, township_officer, county_officer):
    code = napo.village.code

    assert township_officer.acts_for(Level.TOWNSHIP, code)
    assert not township_officer.acts_for(Level.COUNTY, code)
    assert county_officer.acts_for(Level.COUNTY, code)
    assert not county_officer.acts_for(Level.TOWNSHIP, code)


def test_an_office_does_not_act_next_door(napo, county_officer):
    assert not county_officer.acts_for(Level.COUNTY, napo.other_county.code)


def test_an_informant_acts_for_village_and_household(napo, informant):
    assert informant.acts_for(Level.VILLAGE, napo.village.code)
    assert informant.acts_for("household", napo.village.code)
    assert not informant.acts_for(Level.VILLAGE, napo.other_village.code)


def test_who_holds_an_office_is_one_list(napo, county_officer):
    people = type(county_officer).objects

    found = people.holding(Role.COUNTY_OFFICE, at="451026", on=date(2017, 11, 15))

    assert list(found) == [county_officer]


def test_a_masked_phone_hides_four_digits(napo):
    assert UserFactory(phone="14012345678").masked_phone == "140****5678"
