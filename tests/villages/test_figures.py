from datetime import date

import pytest

from households.domain.editing import let_member_leave
from tests.factories.households import make_household, person
from tests.factories.villages import make_profile
from villages.domain.figures import figures_of, figures_of_children, rate_of

ON = date(2017, 11, 15)


def test_households_and_people_are_counted_by_status(napo):
    make_household(napo.village)
    make_household(napo.village, exited_in=2016)
    make_household(napo.village, exited_in=2015, returned_in=2017)
    make_household(napo.village, identified_in=None, identified_on=None)

    figures = figures_of(napo.village, on=ON)

    assert (figures.households, figures.people) == (3, 9)
    assert (figures.poor_households, figures.poor_people) == (2, 6)
    assert (figures.exited_households, figures.applicants) == (1, 1)
    assert dict(figures.exits_by_year) == {2015: 1, 2016: 1}


def test_who_has_left_is_not_counted(napo, informant):
    household = make_household(napo.village)
    child = household.members.get(position=2)

    let_member_leave(child, because="moved_out", by=informant, on=ON)

    assert figures_of(napo.village, on=ON).people == 2


def test_a_county_is_the_sum_of_its_villages(napo):
    make_household(napo.village)
    make_household(napo.other_village, exited_in=2016)
    make_profile(napo.village, population=400)
    make_profile(napo.other_village, population=600)

    below = figures_of_children(napo.township, on=ON)
    county = figures_of(napo.county, on=ON)

    assert {code: part.households for code, part in below.items()} == {
        napo.village.code: 1,
        napo.other_village.code: 1,
    }
    assert (county.households, county.population, county.poor_people) == (2, 1000, 3)


def test_the_incidence_is_the_poor_in_a_hundred_people(napo):
    make_household(napo.village)
    make_profile(napo.village, population=123)

    assert figures_of(napo.village, on=ON).incidence == pytest.approx(2.4390, abs=1e-4)


def test_without_a_population_the_incidence_waits(napo):
    make_household(napo.village)
    make_profile(napo.village, population=123)

    county = figures_of(napo.county, on=ON)

    assert (county.incidence, county.without_profile) == (None, 1)


def test_the_newest_figures_of_the_day_count(napo):
    make_profile(napo.village, population=100, on=date(2016, 1, 1))
    make_profile(napo.village, population=200, on=date(2017, 1, 1))
    make_profile(napo.village, population=300, on=date(2018, 1, 1))

    assert figures_of(napo.village, on=ON).population == 200


@pytest.mark.parametrize(("population", "met"), [(101, True), (100, False)])
def test_measures_say_whether_a_village_is_below_the_limit(napo, population, met):
    make_household(napo.village)
    make_profile(napo.village, population=population)
    figures = figures_of(napo.village, on=ON)

    rate = rate_of(napo.village, figures, on=ON)

    assert rate.met is met
    assert rate.citation.startswith("解读 四(二)")


def test_a_rate_that_cannot_be_judged_says_what_is_missing(napo):
    make_household(napo.village)

    rate = rate_of(napo.village, figures_of(napo.village, on=ON), on=ON)

    assert (rate.met, rate.because) == (None, "缺少：总人口")


def test_a_township_has_no_limit_of_its_own(napo):
    figures = figures_of(napo.township, on=ON)

    assert rate_of(napo.township, figures, on=ON) is None


def test_before_the_first_rules_nothing_is_judged(napo):
    figures = figures_of(napo.village, on=ON)

    assert rate_of(napo.village, figures, on=date(2014, 1, 1)) is None


@pytest.mark.parametrize("count", [1, 3])
def test_figures_cost_four_queries_whatever_the_size(
    napo, count, django_assert_num_queries
):
    for _each in range(count):
        make_household(napo.village, members=[person()])

    with django_assert_num_queries(4):
        figures_of_children(napo.region, on=ON)
