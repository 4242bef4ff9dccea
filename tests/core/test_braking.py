"""One brake, wherever it is counted: in a file of one machine, or in Redis."""

import multiprocessing
import os
import random
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from core.braking import SPANS, Brake, brakes, shared
from core.braking.served import ServedTally
from core.braking.shared import SharedTally

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BRAKE = Brake("guesses", allowed=5, seconds=60)


@pytest.fixture(params=["shared", "served"])
def counted(request, tmp_path, monkeypatch):
    if request.param == "shared":
        made = SharedTally(tmp_path / "tally")
    elif os.environ.get("CACHE_URL"):
        made = ServedTally(settings.TALLY["LOCATION"])  # this worker's, no other's
    else:
        pytest.skip("needs CACHE_URL")
    monkeypatch.setattr(brakes, "tally", lambda: made)
    yield made
    made.clear()


def taken(brake, key, *, at, times):
    return [brake.take(key, at=at) for _each in range(times)]


def test_so_many_pass_and_who_waits_as_told_is_let_through(counted):
    passed = taken(BRAKE, "a", at=NOON, times=5)
    wait = BRAKE.take("a", at=NOON)

    assert passed == [0.0] * 5
    assert 60 <= wait <= 60 + 60 / SPANS
    assert BRAKE.take("a", at=NOON + (wait - 0.1) * SECOND) > 0
    assert BRAKE.take("a", at=NOON + wait * SECOND) == 0.0


def test_every_key_and_every_brake_counts_by_itself(counted):
    taken(BRAKE, "a", at=NOON, times=6)

    assert BRAKE.take("b", at=NOON) == 0.0
    assert Brake("others", allowed=5, seconds=60).take("a", at=NOON) == 0.0
    assert BRAKE.take("a", at=NOON) > 0


def test_what_is_given_back_may_be_taken_again(counted):
    taken(BRAKE, "a", at=NOON, times=5)
    BRAKE.give_back("a", at=NOON)
    BRAKE.give_back("a", at=NOON - 3600 * SECOND)
    BRAKE.give_back("unknown", at=NOON)

    assert BRAKE.take("a", at=NOON) == 0.0
    assert BRAKE.take("a", at=NOON) > 0


def test_what_is_given_back_whole_makes_room_first(tmp_path):
    tally = SharedTally(tmp_path / "tally")
    group = [bytes(8) + bytes([way]) * 8 for way in range(1, shared.WAYS + 2)]
    for number, key in enumerate(group[:-1], start=1):
        tally.take(key, number, allowed=1, span=60)

    tally.give_back(group[3], 4)
    tally.take(group[-1], 1, allowed=1, span=60)

    held = [tally.take(key, 1, allowed=1, span=60) for key in (group[0], group[-1])]
    assert None not in held


@pytest.mark.parametrize("seed", range(5))
def test_never_more_pass_within_the_time_wherever_it_is_said_to_begin(counted, seed):
    draw = random.Random(seed)
    at, passed = NOON, []
    for _each in range(400):
        at += draw.choice([0, 0, 0.2, 1, 3, 30]) * SECOND
        if BRAKE.take("a", at=at) == 0.0:
            passed.append(at)

    fullest = max(
        sum(begin <= other < begin + 60 * SECOND for other in passed)
        for begin in passed
    )
    assert fullest == 5


def test_at_the_edge_of_a_minute_no_more_pass_than_elsewhere(counted):
    edge = taken(BRAKE, "a", at=NOON - SECOND / 10, times=5)
    beyond = taken(BRAKE, "a", at=NOON + SECOND / 10, times=5)

    assert edge == [0.0] * 5
    assert all(beyond)


def test_who_asked_a_moment_earlier_is_counted_with_the_others(counted):
    taken(BRAKE, "a", at=NOON, times=5)

    assert BRAKE.take("a", at=NOON - 6 * SECOND) > 0


def test_a_clock_set_back_holds_nobody(counted):
    taken(BRAKE, "a", at=NOON + timedelta(days=300), times=6)

    assert taken(BRAKE, "a", at=NOON, times=5) == [0.0] * 5
    assert BRAKE.take("a", at=NOON) > 0


def in_threads(tries: int, threads: int) -> int:
    """How many of all tries at once passed, however often the threads change turns."""
    sys.setswitchinterval(1e-6)
    passed, start = Counter(), threading.Barrier(threads)

    def attempt():
        start.wait()
        for _each in range(tries):
            wait = Brake("race", allowed=1000, seconds=3600).take("a", at=NOON)
            passed[threading.get_ident()] += not wait

    running = [threading.Thread(target=attempt) for _each in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    sys.setswitchinterval(0.005)
    return sum(passed.values())


def test_threads_at_once_lose_no_count(counted):
    assert in_threads(400, 8) == 1000


def test_processes_at_once_lose_no_count(counted):
    """Each opens the tally anew or has inherited it; both count in the same place."""
    with multiprocessing.get_context("fork").Pool(4) as pool:
        passed = pool.starmap(in_threads, [(800, 2)] * 4)

    assert sum(passed) == 1000


def test_a_restart_loses_nothing(tmp_path):
    at = {"allowed": 1, "span": 5.0}
    SharedTally(tmp_path / "tally").take(b"k" * 16, 7, **at)

    assert SharedTally(tmp_path / "tally").take(b"k" * 16, 8, **at) == 7


def test_a_full_group_lets_the_key_go_that_is_soonest_out_of_use(tmp_path):
    tally = SharedTally(tmp_path / "tally")
    keys = [bytes(8) + bytes([n]) * 8 for n in range(1, shared.WAYS + 2)]
    for n, key in enumerate(keys):
        assert tally.take(key, n, allowed=1, span=5.0) is None

    kept = [tally.take(key, shared.WAYS, allowed=1, span=5.0) for key in keys[1:]]

    assert kept == list(range(1, shared.WAYS + 1))
    assert tally.take(keys[0], shared.WAYS, allowed=1, span=5.0) is None


def test_without_its_file_a_process_brakes_by_itself(tmp_path, caplog):
    (tmp_path / "tally").mkdir()

    tally = SharedTally(tmp_path / "tally")

    assert "brakes by itself" in caplog.text
    assert tally.take(b"k" * 16, 7, allowed=1, span=5.0) is None
    assert tally.take(b"k" * 16, 7, allowed=1, span=5.0) == 7
