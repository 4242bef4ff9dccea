from math import exp, log, sqrt

import pytest
from scipy import stats

from exams.domain.analysis.bias import Bias, against_the_rest, mantel_haenszel
from exams.domain.analysis.drift import drift_of, has_drifted
from exams.domain.analysis.sums import merged, sums_of

from .sheets import sheet


def test_two_bands_by_hand():
    # Others 30 right 10 wrong and 20, 20; the group 20, 20 and 10, 30.
    bias = mantel_haenszel([(30, 10, 20, 20), (20, 20, 10, 30)])

    # (30·20 + 20·30)/80 over (10·20 + 20·10)/80.
    assert bias.odds_ratio == pytest.approx(3)
    assert bias.delta == pytest.approx(-2.35 * log(3))
    # Expected 25 and 15, so the surplus is 10; variances 40·40·50·30/(80²·79) twice.
    variance = 2 * 40 * 40 * 50 * 30 / (80 * 80 * 79)
    assert bias.chi_square == pytest.approx((10 - 0.5) ** 2 / variance)
    assert bias.p_value == pytest.approx(stats.chi2.sf(bias.chi_square, 1))


def test_in_one_band_the_test_is_yatess_short_of_one_person():
    a, b, c, d = 40, 15, 22, 31
    n = a + b + c + d

    bias = mantel_haenszel([(a, b, c, d)])

    yates = stats.chi2_contingency([[a, b], [c, d]], correction=True).statistic
    assert bias.chi_square == pytest.approx(yates * (n - 1) / n)
    # And the error of the logarithm is Woolf's.
    assert bias.error / 2.35 == pytest.approx(sqrt(1 / a + 1 / b + 1 / c + 1 / d))


def test_bands_without_both_groups_or_both_answers_tell_nothing():
    silent = [(5, 5, 0, 0), (0, 9, 0, 3), (4, 0, 2, 0)]

    assert mantel_haenszel(silent) is None
    assert mantel_haenszel([]) is None
    assert mantel_haenszel([*silent, (30, 10, 20, 20)]) == mantel_haenszel(
        [(30, 10, 20, 20)]
    )


def test_a_band_where_only_one_group_ever_errs_has_no_ratio():
    assert mantel_haenszel([(10, 0, 5, 5)]) is None


@pytest.mark.parametrize(
    ("delta", "p", "error", "effect"),
    [
        (0.9, 0.001, 0.1, "A"),
        (-2.5, 0.06, 0.1, "A"),
        (1.2, 0.01, 0.1, "B"),
        (-1.6, 0.01, 0.4, "B"),
        (-1.6, 0.01, 0.3, "C"),
        (2.0, 0.001, 0.3, "C"),
    ],
)
def test_effects_are_classed_as_ets_does(delta, p, error, effect):
    assert Bias(exp(delta / -2.35), 9.0, p, delta, error).effect == effect


def group(papers: dict[str, int], **options):
    sums = sums_of([sheet(p, **options) for p, n in papers.items() for _ in range(n)])
    return merged(cohort.items[1] for cohort in sums.cohorts.values())


# Of the same score, 1 of 2: one group has question 1 right, the other question 2.
FAVOURED = {"rw": 40, "wr": 10, "rr": 10, "ww": 10}
HURT = {"rw": 10, "wr": 40, "rr": 10, "ww": 10}


def test_a_question_harder_at_equal_score_is_found_on_both_sides():
    told = against_the_rest({"4501": group(FAVOURED), "4510": group(HURT)})

    assert told["4510"].odds_ratio == pytest.approx(16)
    assert told["4510"].delta == pytest.approx(-2.35 * log(16))
    assert told["4501"].delta == pytest.approx(2.35 * log(16))
    assert {bias.effect for bias in told.values()} == {"C"}


def test_a_weaker_group_is_no_bias():
    strong = {"rr": 60, "rw": 20, "wr": 20, "ww": 10}
    weak = {"rr": 10, "rw": 30, "wr": 30, "ww": 40}

    told = against_the_rest({"4501": group(strong), "4510": group(weak)})

    assert told["4510"].odds_ratio == pytest.approx(1)
    assert told["4510"].effect == "A"


def test_few_people_are_not_compared():
    told = against_the_rest({"4501": group(FAVOURED), "4510": group({"wr": 29})})

    assert told == {"4501": None, "4510": None}


def test_a_single_group_has_nobody_to_be_compared_with():
    assert against_the_rest({"4501": group(FAVOURED)}) == {"4501": None}


def test_a_question_that_became_easier_at_equal_score_drifts():
    march, april = sheet("r").month, sheet("r").month.replace(month=4)

    months = drift_of({april: group(FAVOURED), march: group(HURT)})

    assert [each.month for each in months] == [march, april]
    assert [each.figures.right for each in months] == [20, 50]
    assert months[1].bias.delta == pytest.approx(2.35 * log(16))
    assert has_drifted(months)
    assert not has_drifted(drift_of({march: group(HURT)}))
