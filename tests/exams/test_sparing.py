from itertools import combinations
from random import Random

import pytest
from django.db import connection

from exams.domain.drawing import redraw_paper
from exams.domain.planning import draw_up_blueprint
from exams.domain.seating import Seating
from exams.domain.sparing import worn_among
from exams.domain.starting import start_attempt
from exams.models import Attempt, Cell, ItemVersion
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_candidate,
    make_release,
    make_version,
)


def sitting_of(count, bank, *, code="spared", **rules):
    """A sitting whose papers ask ``count`` of ``bank`` questions."""
    for number in range(bank):
        make_version(stem=f"第{number}题？")
    blueprint = draw_up_blueprint(
        code,
        title="测试卷",
        cells=[Cell("policy", "single", count, 1)],
        by=None,
        **rules,
    )
    return SittingFactory(
        blueprint=blueprint, release=make_release(), attempts_allowed=5
    )


def versions_of(attempt):
    return {question.version for question in attempt.questions}


def fail(sitting, person, hours):
    at = NOON + hours * HOUR
    return AttemptFactory(sitting=sitting, candidate=person, right=False, started_at=at)


@pytest.mark.django_db
def test_another_attempt_asks_other_questions(informant):
    sitting = sitting_of(4, bank=8, spares_attempts=1)
    first = fail(sitting, informant, 0)

    second = fail(sitting, informant, 1)

    assert versions_of(first).isdisjoint(versions_of(second))
    assert second.spared == {
        "seen": sorted(versions_of(first)),
        "worn": [],
        "asked_again": [],
        "overused": [],
    }


@pytest.mark.django_db
def test_what_was_seen_is_asked_again_only_where_it_must_be(informant):
    sitting = sitting_of(4, bank=6, spares_attempts=1)
    first = fail(sitting, informant, 0)

    second = fail(sitting, informant, 1)

    again = versions_of(first) & versions_of(second)
    assert len(again) == 2
    assert second.spared["asked_again"] == sorted(again)


@pytest.mark.django_db
def test_what_was_seen_is_known_in_another_sitting_and_another_version(informant):
    earlier = sitting_of(2, bank=2, spares_attempts=1)
    fail(earlier, informant, 0)
    for version in list(ItemVersion.objects.select_related("item")):
        make_version(code=version.item.code, stem=f"改过：{version.stem}")
    later = sitting_of(2, bank=2, code="later", spares_attempts=1)

    attempt = start_attempt(later, by=informant, at=NOON + HOUR)

    assert len(attempt.spared["seen"]) == 2
    assert attempt.spared["asked_again"] == []


@pytest.mark.django_db
def test_only_the_last_attempts_are_looked_at(informant):
    sitting = sitting_of(2, bank=6, spares_attempts=1)
    fail(sitting, informant, 0)
    second = fail(sitting, informant, 1)

    third = fail(sitting, informant, 2)

    assert third.spared["seen"] == sorted(versions_of(second))


@pytest.mark.django_db
def test_a_blueprint_without_soft_rules_looks_at_nothing(informant):
    sitting = sitting_of(2, bank=2)
    fail(sitting, informant, 0)

    assert fail(sitting, informant, 1).spared == {}


@pytest.mark.django_db
def test_a_question_that_is_asked_too_often_rests():
    sitting = sitting_of(1, bank=4, exposure_percent=25)
    attempts = [start_attempt(sitting, by=make_candidate(), at=NOON) for _ in range(20)]

    asked = [attempt.paper[0]["version"] for attempt in attempts]

    assert sorted(asked.count(version) for version in set(asked)) == [5, 5, 5, 5]
    assert not any(attempt.spared.get("overused") for attempt in attempts)


@pytest.mark.django_db
def test_where_every_question_should_rest_papers_are_drawn_and_it_is_kept():
    sitting = sitting_of(1, bank=1, exposure_percent=25)
    attempts = [start_attempt(sitting, by=make_candidate(), at=NOON) for _ in range(6)]

    only = attempts[0].paper[0]["version"]

    assert attempts[4].spared == {}
    assert attempts[5].spared["overused"] == [only]


@pytest.mark.django_db
def test_a_paper_can_be_drawn_again_from_what_its_attempt_keeps(informant):
    sitting = sitting_of(4, bank=7, spares_attempts=2, exposure_percent=30)
    for _ in range(8):
        start_attempt(sitting, by=make_candidate(), at=NOON)
    fail(sitting, informant, 0)
    fail(sitting, informant, 1)

    for attempt in Attempt.objects.select_related("sitting"):
        assert redraw_paper(attempt) == attempt.paper


@pytest.mark.django_db
@pytest.mark.parametrize("before", [1, 12])
def test_a_start_costs_the_same_however_many_have_started(
    informant, before, django_assert_num_queries
):
    earlier = sitting_of(2, bank=9, code="earlier")
    sitting = sitting_of(2, bank=0, spares_attempts=2, exposure_percent=50)
    for _ in range(before):
        start_attempt(sitting, by=make_candidate(), at=NOON)
    start_attempt(earlier, by=informant, at=NOON)

    # Three for the soft rules: own papers, what they asked, the sitting's latest.
    # PostgreSQL asks for its lock on the sitting besides.
    with django_assert_num_queries(15 + (connection.vendor == "postgresql")):
        start_attempt(sitting, by=informant, at=NOON)


def test_a_question_rests_when_it_is_in_so_many_of_the_latest_papers():
    assert worn_among([[1, 2]] * 5, percent=25) == {1, 2}
    assert worn_among([[1, 2]] * 4, percent=25) == frozenset()
    assert worn_among([[1, 2]] * 10 + [[3, 4]] * 40, percent=25) == {3, 4}
    assert worn_among([[1]] * 50, percent=100) == frozenset()


@pytest.mark.parametrize("seed", range(40))
def test_no_more_questions_of_a_rank_are_used_than_must_be(seed):
    chance = Random(seed)
    cells = [Cell("policy", "single", 2, points) for points in (1, 2, 3)]
    fits = {cell: chance.sample(range(10), chance.randrange(4, 8)) for cell in cells}
    ranks = {index: chance.randrange(4) for index in range(10)}
    places = [cell for cell in cells for _ in range(2)]
    feasible = [
        sorted((ranks[index] for index in chosen), reverse=True)
        for chosen in combinations(range(10), 6)
        if not Seating(
            places, {c: [i for i in fits[c] if i in chosen] for c in cells}
        ).fill()
    ]
    seating = Seating(places, fits, ranks)

    empty = seating.fill()

    if feasible:
        used = sorted((ranks[index] for index in seating.taken), reverse=True)
        assert used == min(feasible)
    else:
        assert empty
