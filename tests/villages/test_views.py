import re
from itertools import pairwise

import pytest

from accounts.enums import Role
from divisions.enums import Kind
from divisions.models import Designation
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.households import make_household
from tests.factories.villages import make_profile
from villages.models import VillageProfile

INDEX = "/villages/"


def page_of(division):
    return f"/villages/{division.code}/"


def shown(response):
    return response.content.decode()


def test_the_index_leads_to_the_own_division(client, napo, county_officer):
    client.force_login(county_officer)

    assert client.get(INDEX)["Location"] == page_of(napo.county)


def test_several_divisions_are_a_choice(client, napo):
    user = UserFactory(role=Role.INFORMANT, at=napo.village)
    other = UserFactory(role=Role.INFORMANT, at=napo.other_village)
    other.grants.update(user=user)
    client.force_login(user)

    page = shown(client.get(INDEX))

    assert page_of(napo.village) in page
    assert page_of(napo.other_village) in page


def test_a_trainer_has_no_register(client, napo, trainer):
    client.force_login(trainer)

    assert "您没有可查看的登记册" in shown(client.get(INDEX))
    assert client.get(page_of(napo.county)).status_code == 404


def test_one_goes_down_from_the_region_to_the_village(client, napo, region_officer):
    client.force_login(region_officer)
    way = [napo.region, napo.city, napo.county, napo.township, napo.village]

    for above, below in pairwise(way):
        assert page_of(below) in shown(client.get(page_of(above)))


def test_one_goes_up_as_far_as_the_own_divisions_reach(client, napo, county_officer):
    client.force_login(county_officer)

    page = shown(client.get(page_of(napo.village)))

    assert page_of(napo.county) in page
    assert page_of(napo.city) not in page


def test_a_stranger_finds_no_page(client, napo, county_officer):
    client.force_login(county_officer)

    assert client.get(page_of(napo.other_county)).status_code == 404
    assert client.get(page_of(napo.city)).status_code == 404


def test_a_village_shows_its_incidence_with_the_finding(client, napo, informant):
    make_household(napo.village)
    make_profile(napo.village, population=123)
    client.force_login(informant)

    page = shown(client.get(page_of(napo.village)))

    assert "2.44 %" in page
    assert "全部人口123人，其中未脱贫3人" in page
    assert "解读 四(二)" in page


def test_without_a_population_the_page_says_what_is_missing(client, napo, informant):
    make_household(napo.village)
    client.force_login(informant)

    assert "缺1个村的人口数" in shown(client.get(page_of(napo.village)))


def test_flags_that_are_demonstration_say_so(client, napo, county_officer):
    client.force_login(county_officer)
    note = "贫困村标注是演示数据"
    before = shown(client.get(page_of(napo.township)))

    Designation.objects.filter(kind=Kind.POOR_VILLAGE).update(is_demonstration=True)

    assert note not in before
    assert note in shown(client.get(page_of(napo.township)))


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_whatever_lies_below(
    client, napo, county_officer, count, django_assert_num_queries
):
    for number in range(count):
        village = DivisionFactory(
            code=f"4510261003{number:02d}", name=f"演示{number}村"
        )
        make_household(village)
    client.force_login(county_officer)

    # user, grants, division; figures (4), standings, children, ancestors
    with django_assert_num_queries(10):
        client.get(page_of(napo.county))


def form(**changes):
    return {"on": "2017-01-01", "households": "100", "population": "400", **changes}


def test_the_township_enters_the_figures_of_a_village(client, napo, township_officer):
    client.force_login(township_officer)

    response = client.post(f"{page_of(napo.village)}profile/", form(), follow=True)

    profile = VillageProfile.objects.get()
    assert (profile.population, profile.entered_by) == (400, township_officer)
    assert "村情数据已填报。" in shown(response)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"on": "2999-01-01"}, "日期不能晚于今天。"),
        ({"population": ""}, "必需字段"),
        ({"population": "0"}, "1"),
        ({"population": "2", "households": "1"}, "已有1户3人登记在册"),
        ({"population": "50"}, "全村户数不能多于人口数。"),
    ],
)
def test_bad_figures_are_refused_and_nothing_is_written(
    client, napo, township_officer, changes, message
):
    make_household(napo.village)
    client.force_login(township_officer)

    response = client.post(f"{page_of(napo.village)}profile/", form(**changes))

    errors = [
        error for each in response.context["form"].errors.values() for error in each
    ]
    assert [error for error in errors if message in error]
    assert not VillageProfile.objects.exists()


def test_an_informant_does_not_enter_figures(client, napo, informant):
    client.force_login(informant)

    response = client.post(f"{page_of(napo.village)}profile/", form())

    assert response.status_code == 403
    assert not VillageProfile.objects.exists()


def test_a_township_has_no_figures_of_its_own(client, napo, township_officer):
    client.force_login(township_officer)

    assert client.get(f"{page_of(napo.township)}profile/").status_code == 403


def test_no_page_speaks_english(client, napo, township_officer):
    make_household(napo.village, exited_in=2016)
    make_profile(napo.village, population=123)
    client.force_login(township_officer)

    for path in (
        page_of(napo.township),
        page_of(napo.village),
        f"{page_of(napo.village)}profile/",
    ):
        [main] = re.findall(r"<main.*</main>", shown(client.get(path)), re.DOTALL)
        words = re.sub(r"<[^>]+>", " ", main)
        assert re.findall(r"[A-Za-z]{4,}", words) == [], path
