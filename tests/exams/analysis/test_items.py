import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from exams.domain.analysis.items import (
    Flag,
    Standing,
    discrimination_index,
    efficiency,
    figures_of,
    median_of,
    rest_correlation,
    series_of,
    wilson,
)
from exams.domain.analysis.sums import ItemSums, merged, sums_of

from .sheets import sheet


def item(*papers, number=1, **options):
    sums = sums_of([sheet(marks, **options) for marks in papers])
    return merged(cohort.items[number] for cohort in sums.cohorts.values())


def test_four_people_by_hand():
    # Question 1: 1, 1, 0, 0. Rest of the paper: 2/2, 1/2, 1/2, 0/2.
    sums = item("rrr", "rrw", "wrw", "www")

    figures = figures_of(sums)

    assert (figures.count, figures.right, figures.facility) == (4, 2, 0.5)
    # Means 1/2 and 1/2; covariance (.5·.5 + 0 + 0 + .5·.5)/4 = 1/8; spreads 1/4, 1/8.
    assert figures.correlation == pytest.approx((1 / 8) / (1 / 32) ** 0.5)
    # Sorted, the same pairs: it could not have shown more.
    assert figures.efficiency == pytest.approx(1)
    # 27 per cent of four is 1.08 people: the best and 0.08 of the next, who was right
    # too; the weakest and 0.08 of the next, who was wrong.
    assert figures.index == pytest.approx(1)
    assert figures.omission == 0


def test_people_of_equal_score_share_the_edge_of_the_best_group():
    # 10 people; 2.7 on each side. Two with 2 of 2, eight with 1 of 2: four of them had
    # question 1 right. Upper: (2 + 0.7 · 4/8) / 2.7; lower: 2.7 · 4/8 / 2.7.
    sums = item("rr", "rr", *["rw"] * 4, *["wr"] * 4)

    assert discrimination_index(series_of(sums)) == pytest.approx(2.35 / 2.7 - 0.5)


def test_an_efficiency_below_one_says_how_much_more_there_was_to_show():
    # Shares 1, 0, 0, 1 beside rests 1, 1, 0, 0: covariance 0 of 1/4.
    sums = item("rr", "wr", "ww", "rw")

    assert efficiency(series_of(sums)) == pytest.approx(0)


@given(st.lists(st.text("rhw-", min_size=4, max_size=4), min_size=3, max_size=40))
def test_the_correlation_is_pearsons_with_the_rest(papers):
    share = np.array([{"r": 1, "h": 0.5}.get(p[0], 0) for p in papers])
    rest = np.array([p[1:].count("r") + p[1:].count("h") / 2 for p in papers])
    assume(np.ptp(share) and np.ptp(rest))

    found = rest_correlation(series_of(item(*papers)))

    assert found == pytest.approx(stats.pearsonr(share, rest).statistic)


def test_a_question_everybody_answers_alike_has_no_correlation():
    figures = figures_of(item("rr", "rw", "rw"))

    assert (figures.correlation, figures.efficiency) == (None, None)


def test_a_paper_of_one_question_has_no_rest():
    assert figures_of(item("r", "w")).correlation is None


@pytest.mark.parametrize(
    ("right", "count"), [(0, 5), (1, 5), (49, 50), (7, 7), (30, 91)]
)
def test_the_interval_is_wilsons(right, count):
    known = stats.binomtest(right, count).proportion_ci(method="wilson")

    assert wilson(right / count, count) == pytest.approx((known.low, known.high))


def test_nobody_no_figures():
    assert figures_of(ItemSums()) is None


@pytest.mark.parametrize(
    ("seconds", "median"),
    [({}, None), ({4: 1}, 4), ({4: 1, 9: 1}, 4), ({1: 2, 5: 3}, 5)],
)
def test_the_median_is_the_lower_one(seconds, median):
    assert median_of(seconds) == median


@pytest.mark.parametrize(
    ("count", "standing"),
    [(29, Standing.FEW), (30, Standing.SOME), (99, Standing.SOME), (100, "enough")],
)
def test_figures_bear_more_with_more_people(count, standing):
    assert figures_of(item(*["rw"] * count)).standing == standing


def test_flags_need_thirty_people():
    assert figures_of(item(*["-r", "-w"] * 14)).flags == []
    assert figures_of(item(*["-r", "-w"] * 15)).flags == [Flag.HARD, Flag.OMITTED]


def test_an_easy_hasty_and_a_weak_question_are_flagged():
    easy = figures_of(item(*["rr", "rw"] * 20, seconds=(9, 30)))
    weak = figures_of(item(*["rw", "wr", "rr", "ww"] * 20, seconds=(10, 30)))

    assert easy.flags == [Flag.EASY, Flag.HASTY]
    assert weak.flags == [Flag.WEAK]
