"""Blanks, orderings and pairs: written, shuffled, answered and marked."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.domain.kinds import NoAnswer, asking_for
from exams.domain.marking import points_for
from exams.domain.revising import faults_of
from exams.models import ItemVersion, Question
from tests.factories.exams import NEWER, content

STEPS = ["申请", "评议", "审核", "公示", "公告"]
PAIRS = {
    "parts": ["贫困户", "贫困村", "贫困县"],
    "options": ["八有一超", "十一有一低于", "九有一低于", "两不愁"],
    "answer": [0, 1, 2],
}


def ordering(steps=STEPS):
    return ItemVersion(kind="ordering", options=steps, answer=list(range(len(steps))))


def matching():
    return ItemVersion(kind="matching", **PAIRS)


def on_paper(version, seed="s", points=6):
    order = asking_for(version.kind).order(version, Random(seed))
    return Question(1, 1, version.kind, points, order)


# ---- blank --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ("三千元", 6),
        ("３０００元。", 6),
        ("3000", 6),
        ("三百元", 0),
        ("。", 0),
        (None, 0),
    ],
)
def test_a_blank_takes_every_accepted_answer_however_written(given, points):
    version = ItemVersion(kind="blank", answer=["三千元", "3000"])

    assert points_for(Question(1, 1, "blank", 6, []), version, given) == points


# ---- ordering -----------------------------------------------------------------------


def test_an_ordering_never_stands_in_its_right_order_on_a_paper():
    version = ordering(STEPS[:3])
    orders = [on_paper(version, seed).order for seed in range(60)]

    assert [0, 1, 2] not in orders
    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2)}


@pytest.mark.parametrize(
    ("positions", "points"),
    [
        ([0, 1, 2, 3, 4], "6"),
        ([1, 0, 2, 3, 4], "4.80"),
        ([4, 3, 2, 1, 0], "0"),
        ([0, 1, 2, 3, None], "1.20"),
        ([0, 0, 0, 0, 0], "0"),
        (None, "0"),
    ],
)
def test_an_ordering_earns_right_pairs_less_the_others(positions, points):
    question = Question(1, 1, "ordering", 6, [0, 1, 2, 3, 4])

    assert points_for(question, ordering(), positions) == Decimal(points)


@given(st.permutations(range(5)), st.integers(0, 3), st.permutations(range(5)))
def test_mending_two_neighbours_never_earns_less(sequence, at, order):
    """``sequence`` lists the steps as the candidate puts them."""
    question = Question(1, 1, "ordering", 6, order)
    mended = list(sequence)
    mended[at : at + 2] = sorted(mended[at : at + 2])

    def points(steps):
        positions = [steps.index(original) for original in order]
        return points_for(question, ordering(), positions)

    assert points(mended) >= points(list(sequence))


@given(st.lists(st.none() | st.integers(0, 4), min_size=5, max_size=5), st.data())
def test_giving_a_step_a_position_never_earns_less_than_leaving_it_out(value, data):
    question = Question(1, 1, "ordering", 6, [2, 0, 4, 1, 3])
    less = list(value)
    less[data.draw(st.integers(0, 4))] = None

    assert points_for(question, ordering(), value) >= points_for(
        question, ordering(), less
    )


def test_an_ordering_is_marked_by_its_key_whatever_the_order_of_its_steps():
    version = ItemVersion(kind="ordering", options=STEPS, answer=[1, 0, 2, 3, 4])
    question = on_paper(version)
    right = asking_for("ordering").right(question, version)

    assert points_for(question, version, right) == 6
    assert asking_for("ordering").key_words(version)[:9] == "1. 评议\n2. 申请"[:9]


# ---- matching -----------------------------------------------------------------------


def test_each_pair_is_scored_and_the_order_shown_makes_no_difference():
    version = matching()
    for seed in range(20):
        question = on_paper(version, seed)
        right = asking_for("matching").right(question, version)
        one_left_out = [None, *right[1:]]

        assert points_for(question, version, right) == 6
        assert points_for(question, version, one_left_out) == 4
        assert points_for(question, version, [None] * 3) == 0


@given(
    st.lists(st.none() | st.integers(0, 3), min_size=3, max_size=3),
    st.integers(0, 2),
    st.integers(),
)
def test_mending_a_pair_never_earns_less(value, at, seed):
    version = matching()
    question = on_paper(version, seed)
    mended = list(value)
    mended[at] = asking_for("matching").right(question, version)[at]

    assert points_for(question, version, mended) >= points_for(question, version, value)


# ---- case ---------------------------------------------------------------------------


def case():
    said = content("case")
    return ItemVersion(kind="case", parts=said.parts, answer=said.answer)


def test_the_questions_of_a_case_share_its_points_equally():
    version = case()
    question = on_paper(version, points=8)
    right = asking_for("case").right(question, version)

    assert points_for(question, version, right) == 8
    assert points_for(question, version, [right[0], None, None, None]) == 2
    assert points_for(question, version, [None, "7.5", "公示。", None]) == 4
    assert points_for(question, version, [None, "9", "公告", None]) == 0


@given(st.sets(st.integers(0, 3)), st.integers(0, 3), st.integers())
def test_answering_one_more_question_of_a_case_rightly_never_earns_less(
    known, more, seed
):
    version = case()
    question = on_paper(version, seed)
    right = asking_for("case").right(question, version)

    def points(places):
        value = [right[at] if at in places else None for at in range(4)]
        return points_for(question, version, value)

    assert points(known | {more}) >= points(known)


# ---- of every newer kind ------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(NEWER))
def test_what_an_author_types_is_what_is_kept(kind):
    said = content(kind)
    asking = asking_for(kind)
    shown = asking.retyped(said)

    typed = asking.typed(shown["options"], shown["answer"])

    assert {"parts": [], "options": []} | typed == {
        "options": said.options,
        "parts": said.parts,
        "answer": said.answer,
    }


@pytest.mark.parametrize("kind", sorted(NEWER))
def test_a_well_formed_question_has_no_faults(kind):
    assert list(faults_of(content(kind))) == []


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("blank", {"answer": []}),
        ("blank", {"answer": "三千"}),
        ("blank", {"answer": ["。"]}),
        ("blank", {"answer": ["三千", "3000"]}),
        ("blank", {"answer": ["长" * 41]}),
        ("ordering", {"options": ["甲", "乙"], "answer": [0, 1]}),
        ("ordering", {"answer": [1, 0, 2, 2]}),
        ("ordering", {"answer": "ABCD"}),
        ("ordering", {"options": ["甲", "甲", "乙"], "answer": [0, 1, 2]}),
        ("matching", {"answer": [0]}),
        ("matching", {"answer": [0, 3]}),
        ("matching", {"parts": ["甲", "甲"]}),
        ("matching", {"parts": ["甲 = 乙", "丙"]}),
        ("matching", {"options": ["", "乙"]}),
        ("case", {"parts": [], "answer": []}),
        ("case", {"answer": [[1], "7", ["公示"]]}),
        ("case", {"answer": [[3], "7", ["公示"], [0, 1, 2]]}),
        ("case", {"parts": [{"kind": "case", "stem": "？"}] * 2, "answer": [[], []]}),
        (
            "case",
            {"parts": [{"kind": "blank", "stem": ""}] * 2, "answer": [["a"]] * 2},
        ),
        ("case", {"parts": [{"kind": "blank"}] * 2, "answer": [["a"]] * 2}),
        ("short", {"answer": " "}),
    ],
)
def test_a_faulty_question_says_what_is_wrong(kind, changes):
    assert len(list(faults_of(content(kind, **changes)))) >= 1


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("blank", "  三千 ", "三千"),
        ("blank", " ", None),
        ("ordering", [1, None, 0, 2], [1, None, 0, 2]),
        ("ordering", [None] * 4, None),
        ("matching", [2, None], [2, None]),
        ("matching", [], None),
        ("case", [[2], " 7 ", "", [None] * 3], [[2], "7", None, None]),
        ("case", [None] * 4, None),
        ("short", "一\r\n二", "一\n二"),
    ],
)
def test_an_answer_is_kept_in_one_form(kind, value, kept):
    said = content(kind)
    question = on_paper(ItemVersion(kind=kind, options=said.options, parts=said.parts))

    assert asking_for(kind).checked(question, value) == kept


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("blank", "长" * 41),
        ("blank", 5),
        ("blank", "a\x00"),
        ("blank", "\ud83d"),
        ("short", "好\ude00"),
        ("ordering", [0, 1, 2]),
        ("ordering", [0, 1, 2, 4]),
        ("ordering", [0, 1, 2, True]),
        ("ordering", "0123"),
        ("matching", [0, 1, 2]),
        ("matching", [0, 3]),
        ("matching", [0, -1]),
        ("matching", {"0": 1}),
        ("case", [[0], None, None]),
        ("case", [[9], None, None, None]),
        ("case", [[0], 5, None, None]),
        ("case", "甲"),
    ],
)
def test_what_is_no_answer_is_refused(kind, value):
    said = content(kind)
    question = on_paper(ItemVersion(kind=kind, options=said.options, parts=said.parts))

    with pytest.raises(NoAnswer):
        asking_for(kind).checked(question, value)
