from decimal import Decimal

import pytest

from exams.domain.marking import points_for, score_of
from exams.models import ItemVersion, Question


def question(kind, options=4, points=5, no=1, version=1):
    return Question(no, version, kind, points, list(range(options)))


def version(answer, **changes):
    return ItemVersion(answer=answer, **changes)


@pytest.mark.parametrize(
    ("value", "points"),
    [([1], 5), ([0], 0), ([3], 0), (None, 0)],
)
def test_a_single_choice_is_right_or_nothing(value, points):
    assert points_for(question("single"), version([1]), value) == points


@pytest.mark.parametrize(("value", "points"), [([0], 5), ([1], 0), (None, 0)])
def test_a_judgement_is_right_or_nothing(value, points):
    assert points_for(question("judge", 2), version([0]), value) == points


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ([0, 2, 3], "5"),
        ([0, 2], "2.5"),
        ([3], "2.5"),
        ([0, 1], "0"),
        ([0, 1, 2, 3], "0"),
        ([1], "0"),
        (None, "0"),
    ],
)
def test_a_multiple_choice_earns_half_for_some_right_and_none_wrong(value, points):
    earned = points_for(question("multiple"), version([0, 2, 3]), value)

    assert earned == Decimal(points)


def test_a_choice_is_marked_by_what_was_shown():
    shuffled = Question(1, 1, "single", 5, [3, 1, 0, 2])

    assert points_for(shuffled, version([2]), [3]) == 5
    assert points_for(shuffled, version([2]), [2]) == 0


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("2.97", 5),
        ("2.965", 5),
        ("2.975", 5),
        ("2.964", 0),
        ("2.976", 0),
        ("２．９７％", 5),
        ("二", 0),
        ("about 3", 0),
        (None, 0),
    ],
)
def test_a_number_counts_within_its_tolerance_ends_included(text, points):
    key = version("2.97", tolerance=Decimal("0.005"), unit="%")

    assert points_for(question("numeric", 0), key, text) == points


def test_without_tolerance_only_the_number_itself_counts():
    key = version("13", tolerance=Decimal(0), unit="平方米")

    assert points_for(question("numeric", 0), key, "13.0平方米") == 5
    assert points_for(question("numeric", 0), key, "13.01") == 0


def test_a_paper_unanswered_scores_nothing():
    paper = [question("single"), question("numeric", 0, no=2, version=2)]
    keys = {1: version([0]), 2: version("1", tolerance=Decimal(0))}

    assert score_of(paper, keys, {}) == 0
    assert score_of(paper, keys, {1: [0], 2: None}) == 5
