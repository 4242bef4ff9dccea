"""Processor time of a server and its children, and what the database promises."""

import os
import sqlite3
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
URL = os.environ.get("DATABASE_URL", "")


class Cost:
    """Of a process and all below it, from now on; nothing for no process."""

    def __init__(self, pid: int | None):
        self.pid = pid
        self.before = spent(pid)

    def seconds(self) -> float:
        return spent(self.pid) - self.before


def spent(pid: int | None) -> float:
    """With the children that have ended, whose time the parent keeps."""
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / TICKS
    return own + sum(map(spent, children(pid)))


def children(pid: int) -> list[int]:
    found = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        found += map(int, (thread / "children").read_text().split())
    return found


def asked(*questions: str) -> list[str]:
    import psycopg  # noqa: PLC0415  (SQLite needs none)

    with psycopg.connect(URL) as connection:
        return [connection.execute(each).fetchone()[0] for each in questions]


def database_tree() -> int | None:
    """The database server's first process, if it is on this machine."""
    if not URL:
        return None
    (folder,) = asked("SHOW data_directory")
    return int((Path(folder) / "postmaster.pid").read_text().split()[0])


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
