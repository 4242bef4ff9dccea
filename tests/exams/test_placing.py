"""Where right options stand on a paper: everywhere about as often, and as chance has
it."""

from collections import Counter, defaultdict
from copy import deepcopy
from itertools import permutations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.domain.drawing import draw_paper, question_from, redraw_paper
from exams.domain.keying import revise_key
from exams.domain.kinds import asking_for
from exams.domain.placing import places_for, spread_keys
from exams.models import Cell, ItemVersion
from tests.factories.exams import (
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_release,
    make_version,
)

CELL = Cell("policy", "single", 1, 1)
SEEDS = st.integers(0, 2**64).map(str)


OTHERS = {
    "judge": {"options": ["对", "错"], "answer": [0]},
    "multiple": {"options": ["甲", "乙", "丙", "丁"], "answer": [0]},
    "ordering": {"options": ["一", "二", "三"], "answer": [0, 1, 2]},
    "numeric": {"answer": "3"},
}
KINDS = ("single", "single", "case", *OTHERS)


def version_of(kind, count, right):
    """A single choice of so many options; a case with such a one and a judgement."""
    options = [f"选项{number}" for number in range(count)]
    asked = {"kind": "single", "stem": "？", "options": options}
    if kind == "single":
        return ItemVersion(**asked, answer=[right % count])
    if kind == "case":
        judged = {"kind": "judge", "stem": "。", **OTHERS["judge"]}
        key = [[right % count], judged.pop("answer")]
        return ItemVersion(kind=kind, parts=[asked, judged], answer=key)
    return ItemVersion(kind=kind, **OTHERS[kind])


ONE = st.builds(
    version_of, st.sampled_from(KINDS), st.integers(2, 6), st.integers(0, 5)
)
BANKS = st.lists(ONE, max_size=24)


def shuffled(versions, seed):
    """The questions of a paper, each shuffled by itself as papers were once."""
    chance = Random(seed)
    asked = [
        (question_from(no, version, CELL, chance), version)
        for no, version in enumerate(versions, start=1)
    ]
    return asked, chance


def spread(versions, seed):
    asked, chance = shuffled(versions, seed)
    spread_keys(asked, chance)
    return asked


def orders_of(asked):
    return [question.order for question, _version in asked]


def places_of_keys(asked):
    """By how many options there are, how often the right one stands at each place."""
    places = defaultdict(Counter)
    for question, version in asked:
        choices = asking_for(question.kind).single_choices(question.order, version)
        for order, right in choices:
            places[len(order)][order.index(right)] += 1
    return places


@given(BANKS, SEEDS)
def test_no_place_has_two_right_options_more_than_another(versions, seed):
    for count, places in places_of_keys(spread(versions, seed)).items():
        often = [places[place] for place in range(count)]
        assert max(often) - min(often) <= 1


@given(BANKS, SEEDS)
def test_one_seed_spreads_them_in_one_way(versions, seed):
    assert orders_of(spread(versions, seed)) == orders_of(spread(versions, seed))


@given(BANKS, SEEDS)
def test_nothing_but_single_choices_is_touched_and_of_these_no_option_lost(
    versions, seed
):
    before, _chance = shuffled(versions, seed)
    after = spread(versions, seed)

    for (was, version), (question, _same) in zip(before, after, strict=True):
        asking = asking_for(version.kind)
        choices = list(asking.single_choices(question.order, version))
        assert all(sorted(each) == list(range(len(each))) for each, _right in choices)
        if version.kind == "case":
            assert question.order[-1] == ["judge", [0, 1]]
        elif version.kind != "single":
            assert question.order == was.order


class Told(Random):
    """Chance that turns out as it is told to."""

    def __init__(self, *outcomes):
        super().__init__(0)
        self.outcomes = list(outcomes)

    def sample(self, population, k):
        return list(self.outcomes.pop(0))[:k]

    def shuffle(self, x):
        x[:] = [x[place] for place in self.outcomes.pop(0)]


@pytest.mark.parametrize("questions", [1, 2, 3])
def test_every_order_of_the_options_stays_equally_likely(questions):
    """Over all that chance can do: the former orders, the places that have one right
    option more, and which question has which place."""
    version = ItemVersion(kind="single", options=["甲", "乙", "丙"], answer=[1])
    everything = product(
        product(permutations(range(3)), repeat=questions),
        permutations(range(3)),
        permutations(range(questions)),
    )
    seen = [Counter() for _question in range(questions)]

    for orders, more, dealt in everything:
        asked, _chance = shuffled([version] * questions, "a")
        for (question, _version), order in zip(asked, orders, strict=True):
            question.order[:] = order
        spread_keys(asked, Told(more, dealt))
        for counted, order in zip(seen, orders_of(asked), strict=True):
            counted[tuple(order)] += 1

    for counted in seen:
        assert len(counted) == 6
        assert len(set(counted.values())) == 1


def test_which_question_has_which_place_is_chance():
    """Of six questions of three options each pattern comes about as often."""
    drawn = Counter(tuple(places_for(6, 3, Random(str(seed)))) for seed in range(9000))

    assert len(drawn) == 90  # six questions, two at each of three places
    assert max(drawn.values()) < 2 * min(drawn.values())


@pytest.fixture
def bank(db):
    for number in range(9):
        make_version(stem=f"第{number}题？", answer=[number % 2])
    for number in range(3):
        make_version("case", stem=f"第{number}户。")
    return make_release()


CELLS = [Cell("policy", "single", 7, 1), Cell("policy", "case", 2, 1)]


def test_papers_are_drawn_so(bank):
    blueprint = make_blueprint(cells=CELLS)
    versions = ItemVersion.objects.in_bulk()

    patterns = set()
    for seed in range(20):
        paper = draw_paper(blueprint, bank, seed=str(seed))
        rows = [row for row in paper if row["kind"] == "single"]
        places = tuple(
            row["order"].index(versions[row["version"]].answer[0]) for row in rows
        )
        often = Counter(places)
        assert sorted(often[place] for place in range(4)) == [1, 2, 2, 2]
        patterns.add(places)
        in_cases = [
            row["order"][0][1].index(1) for row in paper if row["kind"] == "case"
        ]
        assert len(set(in_cases)) == 2

    assert len(patterns) == 20


def test_a_key_that_is_mended_moves_nothing(bank, trainer):
    sitting = SittingFactory(blueprint=make_blueprint(cells=CELLS), release=bank)
    attempt = AttemptFactory(sitting=sitting)
    frozen = deepcopy(attempt.paper)

    for question in attempt.questions[:3]:
        version = ItemVersion.objects.get(pk=question.version)
        revise_key(version, answer=[3], reason="答案有误。", by=trainer, at=NOON)
    attempt.refresh_from_db()

    assert attempt.spreads_keys
    assert attempt.paper == frozen
    assert redraw_paper(attempt) == frozen


def test_papers_of_before_are_drawn_again_as_they_were(db):
    """As they were drawn before right options were spread, to the letter."""
    for number in range(4):
        make_version(stem=f"第{number}题？")
    for kind in ("judge", "case", "multiple"):
        make_version(kind)
    kinds = {"single": 3, "judge": 1, "case": 1, "multiple": 1}
    cells = [Cell("policy", kind, count, 1) for kind, count in kinds.items()]
    sitting = SittingFactory(
        blueprint=make_blueprint(cells=cells), release=make_release()
    )
    attempt = AttemptFactory(sitting=sitting)
    attempt.seed, attempt.spreads_keys = "a", False

    paper = redraw_paper(attempt)

    first = ItemVersion.objects.order_by("pk")[0].pk
    case = [["single", [2, 0, 1]], ["numeric", []], ["blank", []]]
    assert [(row["version"] - first, row["order"]) for row in paper] == [
        (4, [0, 1]),
        (3, [1, 3, 0, 2]),
        (1, [2, 0, 1, 3]),
        (0, [2, 1, 0, 3]),
        (6, [1, 3, 2, 0]),
        (5, [*case, ["ordering", [0, 2, 1]]]),
    ]
