"""services.sh lends its command two servers, and takes them away again."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = ("DATABASE_URL", "CACHE_URL", "CELERY_BROKER_URL")
SHOW = f"import json, os; print(json.dumps([os.environ[n] for n in {ADDRESSES}]))"

with_servers = pytest.mark.skipif(
    not shutil.which("redis-server") or not list(Path("/usr/lib").glob("postgresql/*")),
    reason="PostgreSQL and Redis are installed by make test-services",
)


def lend_servers_to(*command: str) -> subprocess.Popen:
    return subprocess.Popen(
        [ROOT / "deploy/setup/services.sh", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def assert_stopped(database_url: str) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(database_url, connect_timeout=2)


def test_suite_runs_on_the_servers_it_was_given(db):
    database, cached = (os.environ.get(name) for name in ADDRESSES[:2])

    assert connection.vendor == ("postgresql" if database else "sqlite")
    assert type(cache._connections[cache._alias]).__name__ == (
        "RedisCache" if cached else "LocMemCache"
    )


@with_servers
def test_servers_answer_and_are_stopped_with_the_command():
    with lend_servers_to(sys.executable, "-c", SHOW) as lent:
        database_url, *redis_urls = json.loads(lent.stdout.read())

    assert lent.returncode == 0
    assert [url[:8] for url in redis_urls] == ["redis://", "redis://"]
    assert_stopped(database_url)


@with_servers
def test_failing_command_fails_the_run_with_its_own_code():
    with lend_servers_to("bash", "-c", "exit 7") as lent:
        lent.wait(timeout=60)

    assert lent.returncode == 7


@with_servers
def test_interrupted_run_stops_its_servers():
    lasting = f"{SHOW}; import sys, time; sys.stdout.flush(); time.sleep(60)"
    with lend_servers_to(sys.executable, "-c", lasting) as lent:
        database_url, *_redis_urls = json.loads(lent.stdout.readline())
        lent.terminate()

    assert lent.returncode == 143
    assert_stopped(database_url)
