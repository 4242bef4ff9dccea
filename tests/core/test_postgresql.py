"""A kept connection is looked at before it is used again, and many words go at once."""

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.postgresql import base

from core.prepared import in_one_breath, preparing_cursor

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="what is told is PostgreSQL's"
    ),
]


@pytest.fixture
def kept():
    """A connection like one from an earlier request, of which nobody has asked yet
    whether it still works."""
    fresh = connections.create_connection("default")
    fresh.settings_dict["CONN_HEALTH_CHECKS"] = True
    fresh.connect()
    fresh.health_check_done = False
    yield fresh
    fresh.close()


def number_asked_of(kept) -> int:
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end_from_elsewhere(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
        assert cursor.fetchone() == (True,)


def test_a_connection_that_the_server_ended_is_made_anew(kept):
    before = number_asked_of(kept)
    end_from_elsewhere(before)
    kept.health_check_done = False

    assert number_asked_of(kept) != before


@pytest.fixture
def asked(monkeypatch) -> list:
    """The connections whose server Django asked; it logs no such statement."""
    django, asked = base.DatabaseWrapper.is_usable, []

    def is_usable(self):
        asked.append(self)
        return django(self)

    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", is_usable)
    return asked


def test_one_that_was_not_ended_stays_and_is_not_asked(kept, asked):
    before = number_asked_of(kept)
    kept.health_check_done = False

    assert number_asked_of(kept) == before

    assert kept.health_check_done
    assert asked == []


def test_one_on_which_something_came_is_asked(kept, asked):
    with kept.cursor() as cursor:
        cursor.execute("LISTEN news")
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY news")
        cursor.execute("SELECT pg_sleep(0.2)")

    assert kept.is_usable()
    assert asked == [kept]


def test_without_a_connection_there_is_none_to_use():
    assert not connections.create_connection("default").is_usable()


def test_what_is_said_in_one_breath_is_heard_in_order():
    with (
        transaction.atomic(),
        in_one_breath(),
        preparing_cursor() as first,
        preparing_cursor() as second,
    ):
        first.execute("SELECT %s::int", [1])
        second.execute("SELECT %s::int", [2])
        assert first.fetchone() == (1,)
        assert second.fetchone() == (2,)


def say_twice() -> None:
    with transaction.atomic(), in_one_breath(), preparing_cursor() as cursor:
        for _each in range(2):
            cursor.execute("INSERT INTO said VALUES (%s) RETURNING word", [1])
            assert cursor.fetchone() == (1,)


def test_a_fault_within_one_breath_is_djangos_and_undoes_all():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE said (word int PRIMARY KEY)")

    with pytest.raises(IntegrityError):
        say_twice()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM said")
        assert cursor.fetchone() == (0,)
        cursor.execute("DROP TABLE said")
