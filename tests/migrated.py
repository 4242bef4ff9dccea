"""A migrated SQLite database kept between runs, so that only changed migrations run.

Migrating takes half a minute, and nothing in it changes from run to run. The first run
keeps the result beside pytest's cache under a fingerprint of every migration file; the
next ones begin from a copy, and still run ``migrate`` over it.
"""

import os
import sqlite3
import sys
from hashlib import sha256
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

FOLDER = Path(__file__).parents[1] / ".pytest_cache" / "migrated"
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"


def keeps_copies() -> bool:
    return connection.vendor == "sqlite"


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
