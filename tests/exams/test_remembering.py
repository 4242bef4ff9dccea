"""What those who try again may meet, held against every paper before."""

from itertools import combinations, combinations_with_replacement
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exams.domain.drawing import Pool, apart_in, choose_questions
from exams.domain.excluding import exclude_items
from exams.domain.feasibility import prove
from exams.domain.grouping import Group, groups_of
from exams.domain.planning import draw_up_blueprint
from exams.domain.remembering import met_again, met_among, tries_again, warnings_of
from exams.domain.seating import Seating, clashes_in
from exams.models import Cell, Item
from tests.factories.exams import HOUR, NOON, make_release, make_version

QUESTIONS = range(8)
# Every paper is held against every other, which takes a busy machine a while.
IN_ITS_TIME = settings(deadline=None)


def bank_of(seed):
    chance = Random(seed)
    cells = [
        Cell("policy", "single", chance.choice([1, 2]), n + 1)
        for n in range(chance.choice([1, 2, 3]))
    ]
    pools = [frozenset(chance.sample(QUESTIONS, chance.randrange(2, 8))) for _ in cells]
    pairs = chance.sample(list(combinations(QUESTIONS, 2)), 2)
    return cells, pools, apart_in(pairs)


def papers_by_hand(cells, pools, apart):
    places = [cell for cell in cells for _ in range(cell.count)]
    found = []
    for chosen in combinations(QUESTIONS, len(places)):
        fits = {
            cell: [index for index in chosen if index in pool]
            for cell, pool in zip(cells, pools, strict=True)
        }
        if not clashes_in(chosen, apart) and not Seating(places, fits).fill():
            found.append(frozenset(chosen))
    return found


def worst_by_hand(papers, before):
    """The most questions that the best paper shares with so many others."""
    return max(
        min(len(paper & frozenset().union(*seen)) for paper in papers)
        for seen in combinations_with_replacement(papers, before)
    )


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("before", [1, 2])
def test_the_worst_case_is_that_found_by_hand(seed, before):
    cells, pools, _apart = bank_of(seed)
    papers = papers_by_hand(cells, pools, {})

    if papers:
        met = met_among(list(groups_of(cells, pools)), before)
        assert met == worst_by_hand(papers, before)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_proven_beside_questions_kept_apart_is_so(seed):
    cells, pools, apart = bank_of(seed)
    papers = papers_by_hand(cells, pools, apart)
    groups = list(groups_of(cells, pools, apart))

    met = met_among(groups, 1)

    if papers and met is not None:
        assert worst_by_hand(papers, 1) <= met


@st.composite
def banks_with_pairs(draw):
    counts = draw(st.lists(st.sampled_from([1, 2]), min_size=1, max_size=3))
    cells = [
        Cell("policy", "single", count, points)
        for points, count in enumerate(counts, start=1)
    ]
    pool = st.frozensets(st.sampled_from(QUESTIONS), min_size=2)
    pools = [draw(pool) for _cell in cells]
    pair = st.sampled_from(list(combinations(QUESTIONS, 2)))
    return cells, pools, apart_in(draw(st.lists(pair, unique=True, max_size=6)))


@IN_ITS_TIME
@given(banks_with_pairs(), st.sampled_from([1, 2]))
def test_nobody_meets_more_than_is_proven_whatever_is_kept_apart(bank, before):
    cells, pools, apart = bank
    papers = papers_by_hand(cells, pools, apart)
    assume(papers)

    met = met_among(list(groups_of(cells, pools, apart)), before)

    assume(met is not None)
    assert worst_by_hand(papers, before) <= met <= sum(cell.count for cell in cells)


@IN_ITS_TIME
@given(banks_with_pairs(), st.sampled_from([1, 2]), st.randoms(use_true_random=False))
def test_what_is_drawn_keeps_to_the_proof_even_when_the_search_is_given_up(
    bank, before, chance
):
    cells, pools, apart = bank
    met = met_among(list(groups_of(cells, pools, apart)), before)
    papers = papers_by_hand(cells, pools, apart)
    assume(papers and met is not None)
    seen = frozenset().union(*(chance.choice(papers) for _each in range(before)))
    ranks = dict.fromkeys(seen, 2) | {chance.choice(QUESTIONS): 3}
    ranks = {index: rank - (index not in seen) * 2 for index, rank in ranks.items()}
    pool = Pool(QUESTIONS, dict(zip(cells, pools, strict=True)), apart)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("exams.domain.seating.MOST_STEPS", 0)
        drawn = {index for _cell, index in choose_questions(cells, pool, chance, ranks)}

    assert len(drawn & seen) <= met
    assert drawn in papers


def test_questions_kept_apart_can_still_be_enough():
    cell = Cell("policy", "single", 2, 1)
    pools = [frozenset(range(8))]

    (enough,) = groups_of([cell], pools, apart_in([(0, 1), (0, 2), (6, 7)]))
    (bound,) = groups_of([cell], [frozenset(range(5))], apart_in([(0, 1), (2, 3)]))
    (unknown,) = groups_of([cell], [frozenset(range(3))], apart_in([(0, 1), (1, 2)]))
    # Of these the first that may stand together does not fit where it is needed.
    wide, narrow = (Cell("policy", "single", 1, points) for points in (1, 2))
    pair = apart_in([(0, 1)])
    (unfilled,) = groups_of([wide, narrow], [frozenset({0, 2}), frozenset({1})], pair)

    assert met_again(enough, 2) == 0
    assert met_again(bound, 1) == 1
    assert met_again(unknown, 1) == 2
    assert met_again(unfilled, 1) is None


def test_a_bound_is_told_as_one():
    cell = Cell("policy", "single", 3, 1)
    pools = [frozenset(range(7))]
    plain = list(groups_of([cell], pools))
    with_a_pair = list(groups_of([cell], pools, apart_in([(0, 1)])))
    (surely,) = tries_again(plain, spares=2, allowed=3)
    (at_most,) = tries_again(with_a_pair, spares=2, allowed=3)
    (enough,) = tries_again(with_a_pair, spares=1, allowed=2)

    assert (surely.met, surely.is_bound) == (2, False)
    assert (at_most.met, at_most.is_bound) == (3, True)
    assert (enough.met, enough.is_bound) == (0, False)
    (words,) = warnings_of([at_most])
    assert warnings_of([surely]) != [words]
    assert "3" in words


def test_a_group_of_too_many_cells_is_not_reckoned():
    cells = [Cell("policy", "single", 1, points) for points in range(1, 8)]

    assert met_again(Group(cells, [frozenset(range(99))] * 7), 1) is None


@pytest.mark.parametrize(
    ("spares", "allowed", "told"),
    [
        (0, 3, []),
        (2, 0, [(2, 2, False)]),
        (2, 1, [(2, 2, False)]),
        (2, 2, [(1, 0, True), (2, 2, False)]),
        (2, 3, [(2, 2, True)]),
        (2, 9, [(2, 2, True)]),
    ],
)
def test_the_last_attempt_spares_those_before(spares, allowed, told):
    """Seven questions for papers of three."""
    groups = [Group([Cell("policy", "single", 3, 1)], [frozenset(range(7))])]

    again = tries_again(groups, spares=spares, allowed=allowed)

    assert [(each.papers, each.met, each.is_last) for each in again] == told


@pytest.mark.django_db
def test_the_proof_says_so_and_whoever_announces_is_warned():
    for number in range(7):
        make_version(stem=f"第{number}题？")
    cells = [Cell("policy", "single", 3, 1)]
    sparing = draw_up_blueprint(
        "a", title="甲", cells=cells, by=None, spares_attempts=2
    )
    careless = draw_up_blueprint("b", title="乙", cells=cells, by=None)
    release = make_release()

    proof = prove(sparing, release, attempts_allowed=3)

    assert [(each.papers, each.met) for each in proof.again] == [(2, 2)]
    assert not proof.asks_again
    assert len(warnings_of(proof.again)) == 1
    assert warnings_of(prove(sparing, release, attempts_allowed=2).again) == []
    assert prove(careless, release, attempts_allowed=2).asks_again
    assert not prove(careless, release, attempts_allowed=1).asks_again


@pytest.mark.django_db
def test_the_page_says_what_the_last_attempt_may_hold(client, county_officer, napo):
    for number in range(7):
        make_version(stem=f"第{number}题？")
    cells = [Cell("policy", "single", 3, 1)]
    blueprint = draw_up_blueprint("a", title="甲", cells=cells, by=None)
    sparing = draw_up_blueprint(
        "b", title="乙", cells=cells, by=None, spares_attempts=2
    )
    client.force_login(county_officer)
    opens = timezone.localtime() + HOUR
    typed = {
        "title": "冬季考试",
        "division": "451026",
        "blueprint": blueprint.pk,
        "release": make_release().pk,
        "opens_at": f"{opens:%Y-%m-%dT%H:%M}",
        "closes_at": f"{opens + 4 * HOUR:%Y-%m-%dT%H:%M}",
        "minutes": 45,
        "pass_percent": 60,
        "pass_mark_reasons": "领导小组办公室的决定",
        "attempts_allowed": 3,
    }
    schedule = reverse("exams:schedule")

    page = client.post(schedule, typed | {"prove": "1"}).content.decode()
    assert "蓝图不看以前的应考" in page
    typed["blueprint"] = sparing.pk
    page = client.post(schedule, typed | {"prove": "1"}).content.decode()
    assert "3题中有2题在前2份卷中考过" in page
    page = client.post(schedule, typed, follow=True).content.decode()
    assert "最后一次应考时，最多可能有2题" in page
    assert "经证明的上限" not in page

    one, other = Item.objects.order_by("pk")[:2]
    exclude_items(one, other, reason="相近。", by=county_officer, at=NOON)
    typed["release"] = make_release().pk
    page = client.post(schedule, typed | {"prove": "1"}).content.decode()
    assert (
        "3题中有3题在前2份卷中考过 （这是经证明的上限，互斥的试题未逐一计数）" in page
    )
