"""What feasibility says of small banks, held against every paper there is."""

from itertools import combinations
from random import Random

import pytest

from exams.domain.grouping import Group, groups_of
from exams.domain.seating import Seating
from exams.models import Cell


def cells_and_pools(seed):
    """Two or three cells that take a question or two each, from eight questions."""
    chance = Random(seed)
    count = chance.choice([2, 3])
    cells = [
        Cell("policy", "single", chance.choice([1, 2]), n + 1) for n in range(count)
    ]
    pools = [
        frozenset(chance.sample(range(8), chance.randrange(cell.count, 6)))
        for cell in cells
    ]
    return cells, pools


def sets_by_hand(cells, pools):
    questions = sorted(frozenset().union(*pools))
    places = [cell for cell in cells for _ in range(cell.count)]
    found = []
    for chosen in combinations(questions, len(places)):
        fits = {
            cell: [index for index in chosen if index in pool]
            for cell, pool in zip(cells, pools, strict=True)
        }
        if not Seating(places, fits).fill():
            found.append(set(chosen))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_sets_and_the_least_overlap_are_those_found_by_hand(seed):
    cells, pools = cells_and_pools(seed)
    sets = sets_by_hand(cells, pools)
    groups = list(groups_of(cells, pools))

    papers, shared = 1, 0
    for group in groups:
        papers, shared = papers * group.sets, shared + group.shared_at_least

    assert all(group.is_counted for group in groups)
    assert papers == len(sets)
    if sets:
        assert shared == min(len(one & other) for one in sets for other in sets)


def test_groups_have_no_question_in_common():
    cells = [Cell("policy", "single", 1, points) for points in range(1, 5)]
    pools = [frozenset({1, 2}), frozenset({5}), frozenset({2, 3}), frozenset({3, 4})]

    groups = list(groups_of(cells, pools))

    assert [group.cells for group in groups] == [
        [cells[1]],
        [cells[0], cells[2], cells[3]],
    ]
    assert [group.available for group in groups] == [1, 4]


def test_a_group_of_too_many_cells_is_bounded():
    cells = [Cell("policy", "single", 1, points) for points in range(1, 8)]
    group = Group(cells, [frozenset(range(20))] * 7)

    assert not group.is_counted
    assert group.sets == 77520  # 20 over 7, less than 20 to the power of 7
