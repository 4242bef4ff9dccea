"""A worker's database is a copy of the one that the first worker migrated."""

import os

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.migrated import copied_on_server, kept_database

APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's is copied by SQLite itself"
)
def test_what_the_server_keeps_is_copied_with_its_migrations(db, monkeypatch):
    if not kept_database():
        pytest.skip("kept by the first worker of several")
    with connection.cursor() as cursor:
        cursor.execute(APPLIED)
        applied = cursor.fetchall()
    tests = settings.DATABASES["default"]["TEST"]
    monkeypatch.setitem(tests, "NAME", "test_of_copying")

    assert copied_on_server()

    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    with psycopg.connect(f"{server}/test_of_copying") as copy:
        assert copy.execute(APPLIED).fetchall() == applied
