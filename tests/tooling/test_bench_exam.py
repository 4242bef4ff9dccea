"""The exam day that is measured counts only what it should, and tells nothing when
anything went wrong."""

from argparse import Namespace
from time import perf_counter

import pytest

from bench.exam.__main__ import refuse_wrong
from bench.exam.costs import spent
from bench.exam.telling import saves_a_second
from bench.exam.wire import Ledger, Reply, Wrong, questions_in

ROOM = """
<section id="q-1" data-no="1" data-kind="judge">
  <input name="value"><input name="value"></section>
<section id="q-2" data-no="2" data-kind="numeric"><input name="value"></section>
"""
FOUND = {"lost": 0, "differing": 0, "open": 0, "attempts": 3, "acknowledged": 150}


def reply(run: str) -> Reply:
    return Reply(200, {
        "x-bench-run": run, "x-bench-queries": "4", "x-bench-cpu": "2.5",
    }, "")  # fmt: skip


def test_the_questions_of_a_room_are_found_with_their_options():
    assert questions_in(ROOM) == [(1, "judge", 2), (2, "numeric", 1)]


def test_a_reply_of_our_server_is_noted_with_its_cost():
    ledger = Ledger("ours", began=perf_counter())

    ledger.note("save", 0.01, reply("ours"))

    ((seconds, queries, cost, at),) = ledger.kinds["save"]
    assert (seconds, queries, cost) == (0.01, 4, 2.5)
    assert 0 < at < 60


def test_saves_are_counted_in_the_middle_half_of_answering():
    asked = Namespace(start=10, answering=20)
    saves = [(0.01, 4, 2.5, at) for at in (14.9, 15, 20, 24.9, 25, 29)]

    assert saves_a_second({"save": saves}, asked) == 0.3


def test_a_reply_of_another_server_is_refused():
    ledger = Ledger("ours", began=perf_counter())

    with pytest.raises(Wrong):
        ledger.note("save", 0.01, reply("another"))

    assert ledger.kinds == {}


def test_a_run_in_which_all_went_well_is_told():
    refuse_wrong({"failures": []}, FOUND, people=3)


@pytest.mark.parametrize(
    ("failures", "changes"),
    [
        (["Wrong: save: 500"], {}),
        ([], {"lost": 1}),
        ([], {"differing": 1}),
        ([], {"open": 1}),
        ([], {"attempts": 2}),
    ],
)
def test_a_run_in_which_anything_went_wrong_is_not(failures, changes):
    with pytest.raises(SystemExit):
        refuse_wrong({"failures": failures}, FOUND | changes, people=3)


def test_no_process_costs_nothing():
    assert spent(None) == 0
