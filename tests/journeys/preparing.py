"""A site is prepared once in a run; each worker of the suite walks a copy of it."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from redis import Redis

from tests.migrated import kept_copy, kept_database

from .lending import addresses, lent_services

ROOT = Path(__file__).resolve().parents[2]
MANAGE = (sys.executable, str(ROOT / "manage.py"))
COLLECTED = ROOT / ".pytest_cache" / "collected"
MARK = ".collected"  # collect_changed writes it: what the files were made from
# The seventh worker's services: nobody walks seven at once on Redis' 16 databases.
PATTERN = "gw6"


def site_environment(folder: Path, lent: dict[str, str], **more: str) -> dict[str, str]:
    return {
        **os.environ,
        **lent,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "trainingsite.settings.embedded",
        **more,
    }


def lay_out_site(folder: Path, shared: Path, worker: str) -> dict[str, str]:
    """Fill the folder, and the services that the answer names, with a prepared site.

    ``shared`` is the folder that all workers of this run know; alone, a site is
    prepared in its own.
    """
    if not worker:
        prepare(folder, {})
        return {}
    pattern = prepared_once(shared)
    shutil.copytree(pattern, folder, dirs_exist_ok=True)
    lent = lent_services(os.environ, worker, like=f"journeys_{PATTERN}")
    if lent:
        copy_queue(
            addresses(os.environ, PATTERN)["CELERY_BROKER_URL"],
            lent["CELERY_BROKER_URL"],
        )
    return lent


def prepared_once(shared: Path) -> Path:
    """The site to copy, prepared by whichever worker comes first."""
    pattern = shared / "prepared-site"
    done = shared / "prepared-site.done"
    with (shared / "prepared-site.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not done.exists():
            prepare(pattern, lent_services(os.environ, PATTERN, like=kept_database()))
            done.touch()
    return pattern


def prepare(folder: Path, lent: dict[str, str]) -> None:
    """Begin from what earlier runs left: tables and compressed files stay the same."""
    folder.mkdir(exist_ok=True)
    environment = site_environment(folder, lent)
    if "DATABASE_URL" not in environment and (migrated := kept_copy()).exists():
        shutil.copy(migrated, folder / "training.sqlite3")
    static = folder / "static"
    before = None
    if (COLLECTED / MARK).exists():
        shutil.copytree(COLLECTED, static)
        before = (static / MARK).read_text()
    subprocess.run([*MANAGE, "prepare"], env=environment, cwd=ROOT, check=True)
    if before != (static / MARK).read_text():
        # What was collected over older files holds some that are no more.
        shutil.rmtree(COLLECTED, ignore_errors=True)
        if before is None:
            shutil.copytree(static, COLLECTED)


def copy_queue(source: str, target: str) -> None:
    """The work that a prepared site still has to do."""
    with Redis.from_url(source) as of, Redis.from_url(target) as to:
        for key in of.scan_iter():
            to.restore(key, 0, of.dump(key), replace=True)
