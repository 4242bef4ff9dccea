"""A migrated database kept between runs, so that only changed migrations run.

Migrating takes half a minute, and nothing in it changes from run to run. Whoever comes
first keeps the result under a fingerprint of every migration file: beside pytest's
cache, or on the PostgreSQL that the run was given. Those who come later (another
worker, the drills, the sites that the browser walks, the next run) begin from a copy,
and still run ``migrate`` over it.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader

FOLDER = Path(__file__).parents[1] / ".pytest_cache" / "migrated"
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"


@contextmanager
def laid_out_from_kept() -> Iterator[bool]:
    """Fill the tests' database from one that is kept, and say whether there was one."""
    if connection.vendor != "sqlite":
        yield copied_on_server()
    elif (copy := kept_copy()).exists():
        holder = lay_out(copy)
        yield True
        holder.close()
    else:
        yield False


def keep_database() -> None:
    """Keep the tests' database as it stands now."""
    if connection.vendor != "sqlite":
        keep_on_server()
    else:
        keep(kept_copy())


def kept_copy() -> Path:
    """Where the database of just these migrations is kept."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    migrations = loader.disk_migrations
    fingerprint = sha256()
    for key in sorted(migrations):
        source = Path(sys.modules[migrations[key].__module__].__file__)
        fingerprint.update(repr(key).encode() + source.read_bytes())
    return FOLDER / f"{fingerprint.hexdigest()[:32]}.sqlite3"


def lay_out(copy: Path) -> sqlite3.Connection:
    """Fill the database in memory from the copy; it lives while the answer is open."""
    holder = sqlite3.connect(IN_MEMORY, uri=True, check_same_thread=False)
    with sqlite3.connect(copy) as kept:
        kept.backup(holder)
    kept.close()
    return holder


def keep(copy: Path) -> None:
    """Keep the database as it stands now, and no older one."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    connection.ensure_connection()
    draft = copy.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(draft) as target:
        connection.connection.backup(target)
    target.close()
    for older in FOLDER.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    draft.replace(copy)


def kept_database() -> str:
    """The name of the database of just these migrations on the server that the
    environment names; empty where there is none."""
    if not (server := os.environ.get("DATABASE_URL")):
        return ""
    name = f"migrated_{kept_copy().stem}"
    with psycopg.connect(server) as asking:
        asked = "SELECT 1 FROM pg_database WHERE datname = %s"
        return name if asking.execute(asked, [name]).fetchone() else ""


def copied_on_server() -> bool:
    """Whether the tests' database is now a copy of one that the server keeps."""
    if not (kept := kept_database()):
        return False
    ours = connection.creation._get_test_db_name()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {ours}")
        server.execute(f"CREATE DATABASE {ours} TEMPLATE {kept}")
    return True


def keep_on_server() -> None:
    """Keep the first worker's; another's, migrated at the same time, is no other."""
    if os.environ.get("PYTEST_XDIST_WORKER") != "gw0" or kept_database():
        return
    ours = connection.settings_dict["NAME"]
    connection.close()  # A database that somebody uses is not copied.
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE migrated_{kept_copy().stem} TEMPLATE {ours}")
