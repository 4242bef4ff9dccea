"""How many informants each division must have."""

import pytest

import measures


@pytest.mark.parametrize(
    ("division", "minimum", "maximum"),
    [
        ({"level": "city"}, 2, None),
        ({"level": "county", "poor_county": False}, 2, None),
        ({"level": "county", "poor_county": True}, 3, 3),
        ({"level": "township", "has_tasks": True}, 1, None),
        ({"level": "village", "has_tasks": True}, 1, None),
        ({"level": "township", "has_tasks": False}, 0, None),
        ({"level": "village", "has_tasks": False}, 0, None),
        ({"level": "region"}, 0, None),
    ],
)
def test_the_quota_of_each_level(division, minimum, maximum):
    quota = measures.quota(**division)

    assert (quota.minimum, quota.maximum) == (minimum, maximum)
    assert (quota.gap, quota.over) == (None, None)
    assert quota.citation == "解读 六 · 第四章"
    assert quota.attested == "source"


@pytest.mark.parametrize(
    ("in_post", "gap", "over"), [(0, 3, 0), (2, 1, 0), (3, 0, 0), (4, 0, 1), (9, 0, 6)]
)
def test_a_poor_county_has_exactly_three(in_post, gap, over):
    quota = measures.quota(level="county", poor_county=True, in_post=in_post)

    assert (quota.gap, quota.over) == (gap, over)


@pytest.mark.parametrize(("in_post", "gap"), [(0, 2), (1, 1), (2, 0), (20, 0)])
def test_two_or_more_can_never_be_too_many(in_post, gap):
    quota = measures.quota(level="city", in_post=in_post)

    assert (quota.gap, quota.over) == (gap, 0)


@pytest.mark.parametrize(
    ("division", "path"),
    [
        ({"level": "county"}, "poor_county"),
        ({"level": "township"}, "has_tasks"),
        ({"level": "village"}, "has_tasks"),
    ],
)
def test_without_the_fact_it_depends_on_a_quota_is_not_guessed(division, path):
    with pytest.raises(measures.Unreadable) as refusal:
        measures.quota(**division)

    assert refusal.value.path == path
    assert path in refusal.value.message["en"]
    assert "需写明" in refusal.value.message["zh"]


def test_the_region_has_no_quota_of_its_own():
    assert measures.quota(level="region", in_post=3).gap == 0
    assert measures.quota(level="region", in_post=3).over == 0
