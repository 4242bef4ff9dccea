from collections import Counter
from datetime import date

import pytest
from django.db import transaction

from divisions.domain.designating import standing_of, standings
from divisions.domain.loading import largest_remainder, load_divisions
from divisions.domain.recoding import recode_division
from divisions.enums import Kind, Level
from divisions.models import Designation, Division, DivisionCode

ON = date(2017, 11, 15)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """All of Guangxi, loaded once for these tests and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_divisions()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def guangxi(loaded, db):
    """What a test does to it is undone after the test."""


def test_the_whole_of_guangxi_is_there(guangxi):
    levels = Counter(Division.objects.values_list("level", flat=True))

    assert levels == {
        Level.REGION: 1,
        Level.CITY: 14,
        Level.COUNTY: 111,
        Level.TOWNSHIP: 1293,
        Level.VILLAGE: 16449,
    }
    assert Division.objects.filter(is_committee=True).count() == 14269


def test_54_counties_are_poor_and_5000_villages_are_flagged(guangxi):
    kinds = Counter(Designation.objects.in_force(ON).values_list("kind", flat=True))

    assert kinds[Kind.POOR_COUNTY] == 54
    assert kinds[Kind.POOR_VILLAGE] == 5000
    flags = Designation.objects.filter(kind=Kind.POOR_VILLAGE)
    assert set(flags.values_list("is_demonstration", flat=True)) == {True}
    assert all(flags.values_list("division__is_committee", flat=True))


def test_loading_again_adds_nothing_and_undoes_nothing(guangxi):
    tianyang = Division.objects.get(code="451021")
    recode_division(tianyang, "451003", by=None, on=date(2019, 8, 1), name="田阳区")

    again = load_divisions()

    assert (again.divisions, again.designations) == (0, 0)
    tianyang.refresh_from_db()
    assert (tianyang.code, tianyang.full_name) == ("451003", "百色市田阳区")
    assert not Division.objects.within("451021").exists()
    assert Designation.objects.get(division=tianyang).division_code == "451003"


def test_wuming_still_answers_to_its_former_code(guangxi):
    former = DivisionCode.objects.get(code="450122")

    assert former.division.code == "450110"
    assert former.until == former.division.codes.get(until=None).since


def test_standings_of_a_county_cost_one_query(guangxi, django_assert_num_queries):
    napo = Division.objects.get(code="451026")

    with django_assert_num_queries(1):
        found = standings(napo, on=ON)

    assert found[napo.pk].poor_county
    assert found[napo.pk].county_class == "national-key"


def test_before_the_period_nothing_is_designated(guangxi):
    napo = Division.objects.get(code="451026")

    assert not standing_of(napo, on=date(2015, 12, 31)).poor_county


def test_largest_remainder_divides_exactly():
    assert largest_remainder({"a": 1, "b": 1, "c": 1}, 10) == {"a": 4, "b": 3, "c": 3}
