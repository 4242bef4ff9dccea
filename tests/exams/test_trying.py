from itertools import combinations

from exams.domain.drawing import Pool
from exams.domain.trying import run_trial, trial_of
from exams.models import Cell

CELL = Cell("policy", "single", 2, 1)


def pool_of(count):
    return Pool(range(count), {CELL: frozenset(range(count))})


def test_a_trial_tells_how_often_two_papers_share_how_much():
    trial = run_trial([CELL], pool_of(4), papers=400)

    assert sum(trial.pairs.values()) == len(list(combinations(range(400), 2)))
    # Of four questions two are drawn: the same with 1/6, one in common with 4/6.
    shares = [trial.pairs[shared] / sum(trial.pairs.values()) for shared in range(3)]
    assert [round(share, 1) for share in shares] == [0.2, 0.7, 0.2]
    assert round(trial.shared_on_average, 1) == 1.0
    assert trial.shared_at_most == trial.in_a_room == 2
    assert round(trial.percent_over_half) == 17
    assert 45 < trial.most_asked_percent < 60


def test_where_there_are_many_questions_a_room_shares_little():
    trial = run_trial([CELL], pool_of(2000), papers=200)

    assert trial.in_a_room == 1
    assert trial.percent_over_half == 0


def test_a_trial_is_the_same_each_time():
    assert run_trial([CELL], pool_of(9), papers=60) == run_trial(
        [CELL], pool_of(9), papers=60
    )


def test_a_trial_is_reckoned_once():
    first = trial_of([CELL], pool_of(6), exposure_percent=100)

    assert trial_of([CELL], pool_of(6), exposure_percent=100) == first


def test_a_trial_keeps_the_limit_of_the_same_question_or_says_how_often_it_cannot():
    kept = run_trial([CELL], pool_of(8), papers=400, exposure_percent=30)
    broken = run_trial([CELL], pool_of(4), papers=400, exposure_percent=30)

    assert (kept.overused, kept.most_asked_percent < 31) == (0, True)
    assert broken.overused_percent > 50


def levelled(count):
    """So many questions of every difficulty in turn."""
    fitting = {CELL: frozenset(range(count))}
    return Pool(range(count), fitting, difficulty=[1 + n % 5 for n in range(count)])


def test_a_trial_tells_how_difficult_papers_are_and_evening_draws_them_together():
    plain = run_trial([CELL], levelled(50), papers=400)
    even = run_trial([CELL], levelled(50), papers=400, evens=True)

    assert 1 <= plain.easy < even.easy <= even.hard < plain.hard <= 5
    assert round((even.easy + even.hard) / 2) == 3
    assert run_trial([CELL], pool_of(9), papers=60).easy is None


def test_a_trial_of_other_difficulties_or_evened_is_another():
    plain = trial_of([CELL], levelled(20), exposure_percent=100)

    assert trial_of([CELL], levelled(20), exposure_percent=100, evens=True) != plain
    assert trial_of([CELL], pool_of(20), exposure_percent=100).easy is None
