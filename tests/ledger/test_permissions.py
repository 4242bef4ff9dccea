import pytest

from accounts.enums import Role
from ledger.models import Case, register_codes
from ledger.permissions import acts_for, own_level
from tests.factories.accounts import UserFactory
from tests.factories.ledger import make_subject, open_exit

VILLAGE = "451026100201"


@pytest.mark.parametrize("level", ["cross_province", "third_party"])
def test_what_a_check_team_found_is_entered_by_the_region(
    informant, city_officer, region_officer, level
):
    assert acts_for(region_officer, level, VILLAGE)
    assert not acts_for(city_officer, level, VILLAGE)
    assert not acts_for(informant, level, VILLAGE)


def test_the_nearest_office_speaks_for_a_person(napo, county_officer):
    UserFactory(role=Role.TOWNSHIP_OFFICE, at=napo.township).grants.update(
        user=county_officer
    )

    assert own_level(county_officer, VILLAGE) == "township"


def test_who_holds_no_office_speaks_as_a_household(trainer):
    assert own_level(trainer, VILLAGE) == "household"


def test_an_informant_who_also_teaches_sees_the_own_village_only(napo, informant):
    UserFactory(role=Role.TRAINER, at=napo.region).grants.update(user=informant)
    mine = open_exit(make_subject(napo.village))
    open_exit(make_subject(napo.other_village))

    seen = Case.objects.visible_to(informant).by_procedure()

    assert register_codes(informant) == (VILLAGE,)
    assert list(seen) == [mine]
