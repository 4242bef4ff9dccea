import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from exams.domain.analysis.reliability import (
    beta_with,
    effective_length,
    livingston_lewis,
    reliability_of,
    two_papers,
)
from exams.domain.analysis.sums import PaperSums, sums_of

from .sheets import sheet


def whole(sheets):
    """The sums of sheets that stand in one place and month."""
    (cohort,) = sums_of(sheets).cohorts.values()
    return cohort.paper, cohort.items


def reliability(sheets, pass_percent=60):
    paper, items = whole(sheets)
    return reliability_of(paper, items, pass_percent=pass_percent)


def test_kr20_by_hand():
    # Scores 3, 2, 1, 0; p = 3/4, 2/4, 1/4, so Σpq = 3/16 + 4/16 + 3/16 = 10/16;
    # the variance of the scores is 20/16: 3/2 · (1 - 1/2).
    found = reliability(
        [sheet(p, points=(1,) * 3) for p in ("rrr", "rrw", "rww", "www")]
    )

    assert (found.method, found.count, found.mean) == ("kr-20", 4, 1.5)
    assert found.coefficient == pytest.approx(0.75)
    assert found.error == pytest.approx((1.25 * 0.25) ** 0.5)
    assert found.deviation == pytest.approx(np.std([3, 2, 1, 0], ddof=1))


@given(st.lists(st.text("rhw", min_size=4, max_size=4), min_size=3, max_size=30))
def test_alpha_of_weighed_questions_is_that_of_the_matrix(papers):
    points = (2, 3, 5, 4)
    matrix = np.array(
        [
            [w * {"r": 1, "h": 0.5, "w": 0}[m] for m, w in zip(p, points, strict=True)]
            for p in papers
        ]
    )
    assume(np.ptp(matrix.sum(axis=1)))

    found = reliability([sheet(p, points=points) for p in papers])

    alpha = (
        4 / 3 * (1 - matrix.var(axis=0, ddof=1).sum() / matrix.sum(axis=1).var(ddof=1))
    )
    assert found.method == "alpha"
    assert found.coefficient == pytest.approx(alpha, abs=1e-9)


def drawn(score: int, questions: int, first: int):
    """A paper of other questions than those of the next ``first``."""
    marks = "r" * score + "w" * (questions - score)
    each = sheet(marks, points=(1,) * questions)
    answers = tuple(
        type(a)(a.version + first, a.points, a.earned, a.answered, a.chosen, a.seconds)
        for a in each.answers
    )
    return type(each)(
        each.month, each.place, each.passed, each.score, each.out_of, answers
    )


def test_drawn_papers_get_kr21_and_no_alpha():
    scores = [3, 5, 6, 7, 8, 9, 9, 10]
    found = reliability([drawn(s, 10, first=n) for n, s in enumerate(scores)])

    mean, variance = np.mean(scores), np.var(scores)
    kr21 = 10 / 9 * (1 - mean * (10 - mean) / (10 * variance))
    assert found.method == "drawn"
    assert found.coefficient == pytest.approx(kr21)


def test_papers_that_differ_less_than_chance_lets_them_allow_no_estimate():
    found = reliability([drawn(s, 10, first=n) for n, s in enumerate([5, 5, 5, 6])])

    assert found.coefficient < 0
    assert (found.estimate, found.error, found.consistency) == (None, None, None)


@given(st.lists(st.integers(0, 12), min_size=3, max_size=40))
def test_with_equal_questions_the_effective_length_is_the_length(scores):
    assume(np.ptp(scores))
    found = reliability([drawn(s, 12, first=n) for n, s in enumerate(scores)])
    assume(found.coefficient is not None and 0.01 <= found.coefficient < 0.999)

    assert found.consistency.length == 12


def test_consistency_of_even_ability_by_hand():
    # Mean 1/2, reliable variance 1/12: every true share is as likely as any other.
    # One trial: both right 1/3, both wrong 1/3.
    both = two_papers(1, *beta_with(1 / 2, 1 / 12))

    assert both == pytest.approx(np.array([[1 / 3, 1 / 6], [1 / 6, 1 / 3]]))


def test_consistency_is_the_integral_over_all_abilities():
    # Mean 0.6, variance 0.04, reliability 1/2: 0.24 less 0.02, over 0.02.
    assert effective_length(0.6, 0.04, 0.5) == 11

    found = livingston_lewis(0.6, 0.04, 0.5, cut=0.6)

    true = stats.beta(*beta_with(0.6, 0.02))
    assert (true.mean(), true.var()) == pytest.approx((0.6, 0.02))
    passing = lambda share: stats.binom.sf(6, 11, share)  # noqa: E731
    marginal = true.expect(passing)
    agreement = true.expect(lambda t: passing(t) ** 2 + (1 - passing(t)) ** 2)
    chance = marginal**2 + (1 - marginal) ** 2
    assert found.agreement == pytest.approx(agreement)
    assert found.kappa == pytest.approx((agreement - chance) / (1 - chance))
    assert found.length == 11


@pytest.mark.parametrize("coefficient", [None, -0.2, 0.0, 0.009, 0.99999, 1.0])
def test_no_consistency_without_a_reliability_that_bears_it(coefficient):
    assert livingston_lewis(0.6, 0.04, coefficient, cut=0.6) is None


def test_a_cut_on_a_whole_number_of_questions_is_not_lifted():
    # 0.6 · 30 is 18.000000000000004 for some ways of writing it.
    low = livingston_lewis(0.5, 0.02, 0.62, cut=0.59999999)
    assert livingston_lewis(0.5, 0.02, 0.62, cut=0.6000000000000001) == low


def test_the_consistency_foretells_a_second_paper():
    """Simulated: each person sits two papers drawn from a bank; what one paper says
    of the share with the same verdict twice is near what happens."""
    chance = np.random.default_rng(45)
    able = chance.beta(8, 4, size=4000)
    first, second = chance.binomial(30, able), chance.binomial(30, able)
    same = np.mean((first >= 18) == (second >= 18))

    paper = PaperSums()
    for number, score in enumerate(first):
        paper.add(drawn(int(score), 30, first=number))
    found = reliability_of(paper, {}, pass_percent=60)

    true = np.corrcoef(first, second)[0, 1]
    assert found.coefficient == pytest.approx(true, abs=0.03)
    assert found.consistency.agreement == pytest.approx(same, abs=0.02)


def test_too_few_or_unlike_papers_have_no_reliability():
    assert reliability([sheet("rw")]) is None
    assert reliability([sheet("rw"), sheet("rw", points=(2, 5))]) is None


def test_equal_scores_have_no_coefficient_and_so_no_consistency():
    found = reliability([sheet("rw"), sheet("wr")])

    assert (found.coefficient, found.error, found.consistency) == (None, None, None)
