"""A start and a closing at the same moment."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from exams.domain.starting import start_attempt
from exams.domain.timing import close_sitting
from exams.models import Attempt
from tests.factories.exams import NOON, SittingFactory

MINUTE = timedelta(minutes=1)


def close(sitting, by):
    at = NOON + 10 * MINUTE
    return close_sitting(sitting, notice=5, by=by, at=at, reason="山洪预警")


def wait_until(is_so):
    ends = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.02)


def a_lock_is_waited_for():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_a_start_ends_with_the_sitting_as_it_stands_and_not_as_it_was_read(
    informant, county_officer
):
    as_read = SittingFactory()
    close(as_read, county_officer)

    attempt = start_attempt(as_read, by=informant, at=NOON + 11 * MINUTE)

    assert attempt.deadline_at == NOON + 15 * MINUTE


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
)
@pytest.mark.django_db(transaction=True)
def test_a_start_waits_for_a_closing_that_is_under_way(informant, county_officer):
    sitting = SittingFactory()
    begun = threading.Event()

    def closing():
        try:
            with transaction.atomic():
                close(sitting, county_officer)
                begun.set()
                wait_until(a_lock_is_waited_for)
        finally:
            connection.close()

    thread = threading.Thread(target=closing)
    thread.start()
    begun.wait(10)
    start_attempt(sitting, by=informant, at=NOON + 11 * MINUTE)
    thread.join()

    assert Attempt.objects.get().deadline_at == NOON + 15 * MINUTE


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
)
@pytest.mark.django_db(transaction=True)
def test_a_closing_waits_for_a_start_and_ends_it_too(informant, county_officer):
    sitting = SittingFactory()
    begun = threading.Event()

    def starting():
        try:
            with transaction.atomic():
                start_attempt(sitting, by=informant, at=NOON + 9 * MINUTE)
                begun.set()
                wait_until(a_lock_is_waited_for)
        finally:
            connection.close()

    thread = threading.Thread(target=starting)
    thread.start()
    begun.wait(10)
    closing = close(sitting, county_officer)
    thread.join()

    assert closing.touched == 1
    assert Attempt.objects.get().deadline_at == NOON + 15 * MINUTE
