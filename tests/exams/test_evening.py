from fractions import Fraction
from random import Random

import pytest

from exams.domain.drawing import Pool, choose_paper, draw_paper, redraw_paper
from exams.domain.evening import difficulty_of, usual_difficulty
from exams.domain.planning import draw_up_blueprint
from exams.models import Blueprint, Cell
from tests.factories.exams import (
    AttemptFactory,
    SittingFactory,
    make_release,
    make_version,
)

ONE, OTHER = Cell("policy", "single", 2, 1), Cell("policy", "judge", 1, 4)


def test_a_paper_is_as_difficult_as_its_questions_by_their_points():
    assert difficulty_of([(ONE, 0), (ONE, 1), (OTHER, 2)], [1, 5, 3]) == 3
    assert difficulty_of([(ONE, 0), (OTHER, 1)], [1, 5]) == Fraction(21, 5)


def test_what_is_usual_is_what_fits_on_average():
    fitting = {ONE: frozenset({0, 1}), OTHER: frozenset({2})}

    assert usual_difficulty([ONE, OTHER], fitting, [1, 2, 5]) == Fraction(23, 6)


def test_an_even_paper_is_nearer_to_what_is_usual_and_spares_as_many():
    """What was seen is as difficult as the average, and is used last all the same."""
    levels = [1, 5] * 10 + [3] * 10
    pool = Pool(range(30), {ONE: frozenset(range(30))}, difficulty=levels)
    ranks = dict.fromkeys(range(20, 30), 2)

    def mean_oddness(*, evens):
        drawn = [
            choose_paper([ONE], pool, Random(n), ranks, evens=evens) for n in range(200)
        ]
        assert all(index < 20 for paper in drawn for _cell, index in paper)
        return sum(abs(difficulty_of(paper, levels) - 3) for paper in drawn)

    assert mean_oddness(evens=True) < mean_oddness(evens=False) / 2


@pytest.mark.django_db
def test_an_even_paper_is_drawn_again_from_its_seed(informant):
    for number in range(20):
        make_version(stem=f"第{number}题？", difficulty=1 + number % 5)
    facts = {"title": "卷", "cells": [ONE], "by": None}
    even = draw_up_blueprint("even", evens_difficulty=True, **facts)
    release = make_release()

    attempt = AttemptFactory(
        sitting=SittingFactory(blueprint=even, release=release), candidate=informant
    )

    assert redraw_paper(attempt) == attempt.paper
    assert not Blueprint(code="plain").evens_difficulty
    papers = [draw_paper(even, release, seed=str(seed)) for seed in range(30)]
    assert len({str(paper) for paper in papers}) > 10
