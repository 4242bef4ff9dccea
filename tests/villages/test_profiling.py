from datetime import date

import pytest

from core.errors import Refused
from core.models import LogEntry
from tests.factories.households import make_household
from tests.factories.villages import make_profile
from villages.models import VillageProfile

ON = date(2017, 1, 1)


def test_figures_are_entered_once_a_day_and_logged(napo, township_officer):
    first = make_profile(napo.village, population=400, by=township_officer)
    second = make_profile(napo.village, population=400, by=township_officer)

    assert second == first
    log = LogEntry.objects.get(action="village-profile.entered")
    assert (log.by, log.detail["population"]) == (township_officer, 400)


def test_the_same_day_again_corrects(napo):
    make_profile(napo.village, population=400)
    make_profile(napo.village, population=420)

    assert VillageProfile.objects.get().population == 420


def test_another_day_leaves_the_earlier_figures(napo):
    make_profile(napo.village, population=400)
    make_profile(napo.village, population=420, on=date(2018, 1, 1))

    assert list(VillageProfile.objects.values_list("population", flat=True)) == [
        420,
        400,
    ]


def test_only_a_village_has_figures(napo):
    with pytest.raises(Refused) as refusal:
        make_profile(napo.township, population=400)

    assert refusal.value.code == "not-a-village"
    assert str(refusal.value) == "只有行政村填报村情数据，城厢镇不是村级区划。"
    assert not VillageProfile.objects.exists()


def test_a_village_has_no_fewer_people_than_the_register(napo):
    make_household(napo.village)

    with pytest.raises(Refused) as refusal:
        make_profile(napo.village, population=2)

    assert refusal.value.code == "fewer-than-registered"
    assert "已有1户3人登记在册" in str(refusal.value)
    assert not VillageProfile.objects.exists()


def test_a_village_has_no_more_households_than_people(napo):
    with pytest.raises(Refused) as refusal:
        make_profile(napo.village, population=10, households=11)

    assert refusal.value.code == "more-households-than-people"
    assert str(refusal.value) == "全村户数不能多于人口数。"
    assert not VillageProfile.objects.exists()
