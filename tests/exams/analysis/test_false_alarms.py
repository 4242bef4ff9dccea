"""Alarms on simulated people: rare for good questions, raised for bad ones."""

import random
from math import exp

import pytest

from exams.domain.analysis.bias import Bias, against_the_rest, among_all
from exams.domain.analysis.distractors import has_wrong_key, option_figures
from exams.domain.analysis.reading import is_biased
from exams.domain.analysis.sums import CohortSums, Given, Sheet
from exams.models import ItemVersion

from .sheets import MARCH

QUESTIONS = 30
OPTIONS = ["甲", "乙", "丙", "丁"]
SINGLE = ItemVersion(kind="single", options=OPTIONS, answer=[0])


def simulated(luck, count, *, harder=(), by=1.5) -> CohortSums:
    """People whose skill varies, on questions from easy to hard; those numbered in
    ``harder`` are harder for just these people."""
    sums = CohortSums()
    for _person in range(count):
        skill = luck.gauss(0.6, 1)
        given = []
        for number in range(QUESTIONS):
            hard = (number % 5 - 2) / 2 + by * (number in harder)
            is_right = luck.random() < 1 / (1 + exp(hard - skill))
            option = 0 if is_right else luck.choice([1, 2, 3])
            given.append(Given(number, 200, 200 * is_right, True, (option,), None))
        score = sum(each.earned for each in given)
        out_of = 200 * QUESTIONS
        passed = score * 10 >= out_of * 6
        sums.add(Sheet(MARCH, "451026", passed, score, out_of, tuple(given)))
    return sums


def cities_of(cohorts, question):
    return {str(n): cohort.items[question] for n, cohort in enumerate(cohorts)}


def doubted(sums, version=SINGLE):
    return [
        number
        for number, item in sums.items.items()
        if has_wrong_key(option_figures(item, version), count=item.count)
    ]


@pytest.mark.parametrize("count", [40, 100, 300])
def test_good_keys_are_hardly_ever_doubted(count):
    luck = random.Random(9)

    found = [len(doubted(simulated(luck, count))) for _each in range(6)]

    assert sum(found) <= 0.03 * 6 * QUESTIONS


def test_a_wrong_key_is_doubted():
    """The key says B, and those who know take A."""
    sums = simulated(random.Random(9), 200)
    wrong = ItemVersion(kind="single", options=OPTIONS, answer=[1])

    found = doubted(sums, wrong)

    assert len(found) >= 0.9 * QUESTIONS


def test_fair_questions_are_hardly_ever_called_biased():
    luck = random.Random(9)
    found = 0
    for _round in range(2):
        cohorts = [simulated(luck, 60) for _city in range(14)]
        found += sum(is_biased(cities_of(cohorts, n)) for n in range(QUESTIONS))

    assert found <= 0.05 * 2 * QUESTIONS


def test_a_question_that_is_harder_in_one_city_is_found_there():
    luck = random.Random(9)
    cohorts = [simulated(luck, 150) for _city in range(13)]
    cohorts.append(simulated(luck, 150, harder={7}, by=2))

    told = against_the_rest(cities_of(cohorts, 7))

    assert [name for name, bias in told.items() if bias.effect != "A"] == ["13"]
    assert told["13"].delta < -1.5


def test_chances_are_corrected_by_holms_method():
    raw = {"a": 0.01, "b": 0.04, "c": 0.03, "d": None}
    told = {name: p and Bias(3, 9, p, -2.5, 0.1) for name, p in raw.items()}

    corrected = among_all(told)

    assert corrected["d"] is None
    assert corrected["a"].p_value == pytest.approx(0.03)
    assert corrected["c"].p_value == pytest.approx(0.06)
    assert corrected["b"].p_value == pytest.approx(0.06)
    assert [corrected[name].effect for name in "abc"] == ["C", "A", "A"]
