"""What breaks on an exam day is broken here, in real processes: whatever happens, no
answer that was acknowledged is lost, no attempt is stuck, and the person goes on."""

import os
import random
import signal
import threading
import time

import pytest

from .faults import CLOCK, DISK
from .phone import Phone
from .server import Sqlite

QUESTIONS = (1, 2, 3, 4)  # a judgement, two choices of one, one of several
ROUNDS = 30


def arrived(site, attempt) -> Phone:
    return Phone(site.port, attempt).sign_in().enter()


def answer_for_long(phone: Phone, rounds: int = ROUNDS) -> None:
    for number in range(rounds):
        no = QUESTIONS[number % len(QUESTIONS)]
        phone.deliver(phone.give(no, [number % 2]))
        time.sleep(0.05)


def while_answering(phones: list[Phone], fault) -> None:
    """Break something again and again while all of them answer."""
    threads = [
        threading.Thread(target=answer_for_long, args=(each,)) for each in phones
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        fault()
        time.sleep(0.7)
    for thread in threads:
        thread.join()


def assert_all_is_well(site, *phones: Phone) -> None:
    """Every answer given was acknowledged, is kept once and stands in its order; and
    the paper can still be handed in."""
    for phone in phones:
        given = {(m["epoch"], m["seq"]): (m["no"], m["value"]) for m in phone.given}
        acknowledged = set(phone.acknowledged)
        events = site.events(phone.attempt)
        kept = {(epoch, seq): (no, value) for epoch, seq, no, value in events}
        stands = {no: value for _epoch, _seq, no, value in events}

        assert (len(events), kept) == (len(given), given)
        assert acknowledged == set(given)
        assert site.standing(phone.attempt) == dict.fromkeys(range(1, 6)) | stands
        assert phone.hand_in() == f"{phone.path}result/"
        assert site.attempt(phone.attempt)[0] == "marked"


def test_web_workers_are_killed_while_answers_are_saved(site, attempts):
    phones = [arrived(site, each) for each in attempts(2)]
    killed = []

    def kill_a_worker():
        # One at a time, or nobody is left to answer.
        if len(killed) < 3 and len(workers := site.workers()) == 2:
            os.kill(workers[0], signal.SIGKILL)
            killed.append(workers[0])

    while_answering(phones, kill_a_worker)

    assert killed
    assert_all_is_well(site, *phones)


def test_the_reply_is_lost_after_the_commit(site, attempts):
    (attempt,) = attempts(1)
    phone = arrived(site, attempt)
    first = phone.give(1, [0])

    phone.send_and_vanish(first)
    ends = time.monotonic() + 10
    while not site.events(attempt) and time.monotonic() < ends:
        time.sleep(0.05)
    assert len(site.events(attempt)) == 1
    phone.deliver(first, phone.give(2, [1]))

    assert_all_is_well(site, phone)


def test_messages_of_two_devices_arrive_out_of_order_and_again(site, attempts):
    (attempt,) = attempts(1)
    first = arrived(site, attempt)
    early = [first.give(no, [0]) for no in QUESTIONS for _time in range(3)]
    first.enter()
    late = [first.give(no, [1]) for no in QUESTIONS[:3] for _time in range(3)]
    mixed = early + late + random.Random(4).choices(early + late, k=12)
    random.Random(5).shuffle(mixed)

    senders = [
        threading.Thread(target=first.deliver, args=mixed[start::3])
        for start in range(3)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert site.standing(attempt) == {1: [1], 2: [1], 3: [1], 4: [0], 5: None}
    assert_all_is_well(site, first)


def test_the_clock_is_set_back_and_forth_again(site, attempts):
    (attempt,) = attempts(1)
    phone = arrived(site, attempt)
    phone.deliver(phone.give(1, [0]), phone.give(2, [0]))
    deadline = site.attempt(attempt)[1]

    site.switch(CLOCK, "-5400")
    try:
        phone.deliver(phone.give(1, [1]))
        phone.enter()
        phone.deliver(phone.give(2, [1]))
    finally:
        site.mend(CLOCK)
    phone.deliver(phone.give(3, [1]))

    assert site.attempt(attempt) == ("open", deadline)
    assert site.standing(attempt) == {1: [1], 2: [1], 3: [1], 4: None, 5: None}
    assert_all_is_well(site, phone)


def test_the_disk_is_full(site, database, attempts):
    if not isinstance(database, Sqlite):
        pytest.skip("a limit of pages is SQLite's")
    (attempt,) = attempts(1)
    phone = arrived(site, attempt)
    waiting = []

    site.switch(DISK)
    try:
        for number in range(2000):
            message = phone.give(QUESTIONS[number % 4], [number % 2])
            if phone.try_to_send([message]) != 200:
                waiting.append(message)
            if len(waiting) == 3:
                break
        while_full = site.events(attempt)
    finally:
        site.mend(DISK)
    phone.deliver(*waiting)

    assert len(waiting) == 3
    assert len(while_full) == len(phone.given) - 3
    assert_all_is_well(site, phone)


def test_the_database_server_is_killed_while_answers_are_saved(
    site, database, attempts
):
    if isinstance(database, Sqlite):
        pytest.skip("SQLite has no server; run by make test-services")
    phones = [arrived(site, each) for each in attempts(2)]
    killed = []

    def kill_the_database():
        if len(killed) < 2:
            database.kill()
            killed.append(database.process.pid)
            database.start()

    while_answering(phones, kill_the_database)

    assert len(killed) == 2
    assert sum(phone.refused for phone in phones) > 0
    assert_all_is_well(site, *phones)
