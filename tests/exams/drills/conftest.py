"""A real site for the drills: its own folder, web server, workers and database. With
DATABASE_URL in the environment, as `make test-services` sets it, a PostgreSQL of the
drills' own, for they kill it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .server import Database, Postgres, Site, Sqlite

ROOT = Path(__file__).resolve().parents[3]
CANDIDATES = 8


@pytest.fixture(scope="session")
def database(tmp_path_factory) -> Database:
    folder = tmp_path_factory.mktemp("drill-database")
    kind = Postgres if "DATABASE_URL" in os.environ else Sqlite
    with kind(folder) as database:
        yield database


@pytest.fixture(scope="session")
def staged(database, tmp_path_factory) -> tuple[Site, list[dict]]:
    """The site, and attempts of which each drill takes its own."""
    site = Site(tmp_path_factory.mktemp("drill-site"), database)
    made = subprocess.run(
        [sys.executable, "-m", "tests.exams.drills.stage", str(CANDIDATES)],
        env=site.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    with site:
        yield site, json.loads(made.stdout)


@pytest.fixture
def site(staged) -> Site:
    return staged[0]


@pytest.fixture
def attempts(staged):
    """``attempts(2)`` gives two that no drill has had."""

    def take(count: int) -> list[dict]:
        return [staged[1].pop() for _number in range(count)]

    return take
