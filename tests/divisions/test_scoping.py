import pytest

from accounts.enums import Role
from divisions.models import Division
from divisions.scoping import code_after
from tests.factories.accounts import UserFactory


@pytest.mark.parametrize(
    ("code", "expected"),
    [("45", "46"), ("4509", "4510"), ("450199", "450200"), ("451026100", "451026101")],
)
def test_the_code_after_ends_a_subtree(code, expected):
    assert code_after(code) == expected


def test_within_keeps_the_subtree_and_the_division_itself(napo):
    inside = Division.objects.within("451026").values_list("code", flat=True)

    assert list(inside) == [
        "451026",
        "451026100",
        "451026100201",
        "451026100202",
    ]


def test_within_nothing_is_nothing(napo):
    assert not Division.objects.within().exists()


def test_a_stranger_sees_no_division(napo):
    assert not Division.objects.visible_to(UserFactory()).exists()


def test_an_informant_sees_the_own_village_only(napo, informant):
    assert list(Division.objects.visible_to(informant)) == [napo.village]


def test_two_grants_are_seen_together_and_nested_ones_once(napo, county_officer):
    user = UserFactory(role=Role.INFORMANT, at=napo.village)
    assert user.scope_codes() == ("451026100201",)

    assert county_officer.scope_codes() == ("451026",)


def test_a_scope_is_one_query_whatever_its_size(
    napo, region_officer, django_assert_num_queries
):
    assert region_officer.scope_codes()  # grants are read once a request

    with django_assert_num_queries(1):
        assert len(Division.objects.visible_to(region_officer)) == 7
