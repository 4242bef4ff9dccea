"""The database that is measured, and what it promises."""

import os
import sqlite3

URL = os.environ.get("DATABASE_URL", "")


def asked(*questions: str) -> list[str]:
    import psycopg  # noqa: PLC0415  (SQLite needs none)

    with psycopg.connect(URL) as connection:
        return [connection.execute(each).fetchone()[0] for each in questions]


def database_name() -> str:
    if not URL:
        return f"SQLite {sqlite3.sqlite_version}"
    (version,) = asked("SHOW server_version")
    return f"PostgreSQL {version.split()[0]}"


def durability() -> str:
    """What a power cut would cost; a figure without it says little."""
    if not URL:
        return "WAL, synchronous=NORMAL"
    fsync, commit = asked("SHOW fsync", "SHOW synchronous_commit")
    return f"fsync={fsync}, synchronous_commit={commit}"
