"""Papers in which some questions must not meet, held against every paper there is."""

from collections import Counter
from itertools import combinations
from random import Random

import pytest

from exams.domain.drawing import Pool, apart_in, choose_questions
from exams.domain.grouping import groups_of
from exams.domain.seating import Seating, bundles_of, clashes_in, seat_apart
from exams.errors import CellShort, Tangled, TooFewApart
from exams.models import Cell

QUESTIONS = range(9)


def bank_of(seed):
    """Two or three cells, nine questions, some of which must be kept apart."""
    chance = Random(seed)
    cells = [
        Cell("policy", "single", chance.choice([1, 2]), n + 1)
        for n in range(chance.choice([2, 3]))
    ]
    pools = [frozenset(chance.sample(QUESTIONS, chance.randrange(2, 7))) for _ in cells]
    pairs = chance.sample(list(combinations(QUESTIONS, 2)), chance.randrange(1, 9))
    return cells, pools, apart_in(pairs)


def places_of(cells):
    return [cell for cell in cells for _ in range(cell.count)]


def papers_by_hand(cells, pools, apart):
    """Every set of questions that fills the cells and in which none clash."""
    return [
        frozenset(chosen)
        for chosen in combinations(QUESTIONS, len(places_of(cells)))
        if not clashes_in(chosen, apart)
        and not Seating(places_of(cells), fits_of(cells, pools, chosen)).fill()
    ]


def fits_of(cells, pools, among=QUESTIONS):
    return {
        cell: [index for index in among if index in pool]
        for cell, pool in zip(cells, pools, strict=True)
    }


@pytest.mark.parametrize("seed", range(80))
def test_a_paper_is_found_whenever_there_is_one_and_never_clashes(seed):
    cells, pools, apart = bank_of(seed)
    papers = papers_by_hand(cells, pools, apart)
    pool = Pool(QUESTIONS, dict(zip(cells, pools, strict=True)), apart)

    for number in range(5):
        try:
            chosen = choose_questions(cells, pool, Random(number))
        except (CellShort, TooFewApart):
            assert papers == []
            continue
        assert frozenset(index for _cell, index in chosen) in papers
        assert Counter(cell for cell, _index in chosen) == Counter(places_of(cells))
        assert all(index in pool.fitting[cell] for cell, index in chosen)


@pytest.mark.parametrize("seed", range(80))
def test_no_more_is_taken_of_the_highest_rank_than_must_be(seed):
    cells, pools, apart = bank_of(seed)
    chance = Random(f"ranks-{seed}")
    ranks = {index: chance.randrange(4) for index in QUESTIONS}
    papers = papers_by_hand(cells, pools, apart)
    if not papers:
        return

    def told(paper):
        return sorted((ranks[index] for index in paper), reverse=True)

    found = seat_apart(places_of(cells), fits_of(cells, pools), ranks, apart)

    assert told(found) == min(map(told, papers))


@pytest.mark.parametrize("seed", range(80))
def test_sets_are_counted_and_the_least_overlap_is_bounded(seed):
    cells, pools, apart = bank_of(seed)
    papers = papers_by_hand(cells, pools, apart)

    sets, shared = 1, 0
    for group in groups_of(cells, pools, apart):
        assert group.is_counted
        sets, shared = sets * group.sets, shared + group.shared_at_least

    assert sets == len(papers)
    if papers:
        assert shared <= min(len(one & other) for one in papers for other in papers)


@pytest.mark.parametrize("seed", range(40))
def test_the_least_overlap_is_exact_where_each_is_kept_apart_from_each(seed):
    """In one cell; its bundles hold two or three questions, or one."""
    chance = Random(seed)
    cell = Cell("policy", "single", chance.choice([2, 3]), 1)
    trio, pair = [0, 1, 2], [3, 4]
    apart = apart_in([*combinations(trio, 2), *combinations(pair, 2)])
    pools = [frozenset(range(chance.randrange(6, 9)))]
    papers = papers_by_hand([cell], pools, apart)

    (group,) = groups_of([cell], pools, apart)

    assert group.sets == len(papers)
    assert group.shared_at_least == min(
        len(one & other) for one in papers for other in papers
    )


def test_cells_are_reckoned_together_when_their_questions_are_kept_apart():
    cells = [Cell("policy", "single", 1, points) for points in (1, 2, 3)]
    pools = [frozenset({0, 1}), frozenset({2, 3}), frozenset({4})]

    groups = list(groups_of(cells, pools, apart_in([(1, 2), (4, 8)])))

    assert [group.cells for group in groups] == [[cells[0], cells[1]], [cells[2]]]
    assert groups[0].sets == 3
    assert groups[1].apart == {}


def test_a_tangle_too_large_to_be_counted_is_bounded():
    cell = Cell("policy", "single", 2, 1)
    apart = apart_in((number, number + 1) for number in range(29))

    (group,) = groups_of([cell], [frozenset(range(30))], apart)

    assert not group.is_counted
    assert group.sets == 435  # 30 over 2; 29 of these pairs are kept apart


def test_a_search_too_long_is_given_up_and_never_breaks_the_rule(monkeypatch):
    """Five questions in a ring: no two bundles of them fill three places, but three
    bundles do, so that the search has to branch."""
    monkeypatch.setattr("exams.domain.seating.MOST_STEPS", 1)
    cell = Cell("policy", "single", 3, 1)
    apart = apart_in((number, (number + 1) % 5) for number in range(5))
    pool = Pool(range(5), {cell: frozenset(range(5))}, apart)

    with pytest.raises(Tangled) as refusal:
        choose_questions([cell], pool, Random(1))

    assert refusal.value.code == "tangled"


def test_what_was_proven_is_drawn_even_when_the_search_is_given_up(monkeypatch):
    """In the order of the bank the first three do not clash; shuffled they may, and
    then one step does not mend it."""
    monkeypatch.setattr("exams.domain.seating.MOST_STEPS", 0)
    cell = Cell("policy", "single", 3, 1)
    pool = Pool(range(6), {cell: frozenset(range(6))}, apart_in([(3, 4), (4, 5)]))

    for number in range(40):
        chosen = [i for _c, i in choose_questions([cell], pool, Random(number), {0: 1})]
        assert clashes_in(chosen, pool.apart) == []


def test_a_bundle_holds_what_is_kept_apart_each_from_each():
    apart = apart_in([(1, 2), (2, 3), (1, 3), (3, 4)])

    assert bundles_of(apart) == {1: 1, 2: 1, 3: 1, 4: 4}
