"""A kept connection is looked at before it is used again."""

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.postgresql import base

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


def test_one_that_was_lost_within_a_request_is_made_anew_by_the_next(kept):
    before = number_asked_of(kept)
    end_from_elsewhere(before)
    with pytest.raises(OperationalError):
        number_asked_of(kept)

    kept.close_if_unusable_or_obsolete()

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


def test_the_planner_is_told_that_no_disc_turns():
    with connection.cursor() as cursor:
        cursor.execute("SHOW random_page_cost")
        assert cursor.fetchone() == ("1.1",)
