"""Each site of the journeys has servers of its own where several walk at once."""

import pytest

from tests.journeys.lending import elsewhere, lent_services

SERVERS = {
    "DATABASE_URL": "postgres://training@127.0.0.1:5432/postgres",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "CACHE_URL": "redis://127.0.0.1:6379/1",
}


@pytest.fixture
def asked(monkeypatch):
    """What the server was asked to do, without one."""
    statements = []

    class Connection:
        def __enter__(self):
            return self

        def __exit__(self, *fault):
            return None

        def execute(self, statement):
            statements.append(statement)

    monkeypatch.setattr("psycopg.connect", lambda *args, **kwargs: Connection())
    return statements


@pytest.mark.parametrize(("environment", "worker"), [({}, "gw0"), (SERVERS, "")])
def test_a_site_alone_or_embedded_is_lent_nothing(environment, worker, asked):
    assert lent_services(environment, worker) == {}
    assert asked == []


def test_no_two_sites_share_a_database_a_queue_or_a_cache(asked):
    lent = [lent_services(SERVERS, worker) for worker in ("gw0", "gw1")]
    used = [*SERVERS.values(), *(each[name] for each in lent for name in SERVERS)]
    assert len(set(used)) == 9
    assert asked == ["CREATE DATABASE journeys_gw0", "CREATE DATABASE journeys_gw1"]


def test_a_site_like_another_begins_from_a_copy_of_its_database(asked):
    lent_services(SERVERS, "gw0", like="journeys_gw6")

    assert asked == ["CREATE DATABASE journeys_gw0 TEMPLATE journeys_gw6"]


def test_the_server_stays_the_same():
    assert elsewhere(SERVERS["CACHE_URL"], "5") == "redis://127.0.0.1:6379/5"
