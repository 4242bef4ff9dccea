"""The processes that drills kill, and the tables they look into."""

import json
import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg

HOST = "127.0.0.1"
# A killed worker is replaced at once: the drill does not test patience.
SERVE = (
    "from trainingsite.serving import run_web_server\n"
    "run_web_server(respawn_interval=0.2)"
)
ROOT = Path(__file__).resolve().parents[3]
LIMIT = 120
SECRETS = {
    "SECRET_KEY",
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "CACHE_URL",
    "STORAGE_URL",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_for(question, what: str) -> None:
    ends = time.monotonic() + LIMIT
    while not question():
        assert time.monotonic() < ends, f"{what}: not within {LIMIT} s"
        time.sleep(0.1)


class Database:
    url = ""

    def __init__(self, folder: Path):
        self.folder = folder

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        pass


class Sqlite(Database):
    def __enter__(self):
        # In the data folder of the site, where the settings look for it.
        return self

    def rows(self, sql: str) -> list[tuple]:
        connection = sqlite3.connect(self.folder / "training.sqlite3", timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


class Postgres(Database):
    """A cluster that keeps what it commits when its processes are killed: only the
    machine's own fall, which is not drilled, is not provided for."""

    def __enter__(self):
        newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:]
        self.bin = (
            newest[0] if newest else Path(shutil.which("initdb")).resolve().parent
        )
        self.port, self.process = free_port(), None
        self.url = f"postgres://training@{HOST}:{self.port}/postgres"
        self.data = self.folder / "data"
        if os.geteuid() == 0:
            self.give_away()
        options = (
            "--username=training",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
        )
        self.run("initdb", f"--pgdata={self.data}", "--locale=C", *options).wait(LIMIT)
        self.start()
        return self

    def __exit__(self, *fault):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=LIMIT)

    def give_away(self) -> None:
        """PostgreSQL does not run as root, and must reach its folder."""
        owner = pwd.getpwnam("postgres")
        os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        for folder in [self.folder, *self.folder.parents]:
            if (
                folder.owner() == pwd.getpwuid(os.geteuid()).pw_name
                or folder == self.folder
            ):
                folder.chmod(folder.stat().st_mode | 0o011)

    def run(self, program: str, *words: str) -> subprocess.Popen:
        user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        command = [str(self.bin / program), *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(
            command, cwd=self.folder, process_group=0, **quiet, **user
        )

    def start(self) -> None:
        wait_for(self.is_up, "PostgreSQL")

    def is_up(self) -> bool:
        """It refuses to start as long as a process of the killed one is still going."""
        if self.process is None or self.process.poll() is not None:
            self.process = self.run(
                "postgres",
                *("-D", str(self.data), "-p", str(self.port), "-c", "fsync=off"),
                *("-c", f"listen_addresses={HOST}", "-c", "unix_socket_directories="),
            )
        return self.answers()

    def answers(self) -> bool:
        try:
            return self.rows("SELECT 1") == [(1,)]
        except psycopg.OperationalError:
            return False

    def kill(self) -> None:
        """All of it at once, as the kernel does when memory runs out."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=LIMIT)

    def rows(self, sql: str) -> list[tuple]:
        with psycopg.connect(self.url, connect_timeout=5) as connection:
            return connection.execute(sql).fetchall()


class Site:
    """The web server as `manage.py serve` starts it."""

    def __init__(self, folder: Path, database: Database):
        self.folder, self.database = folder, database
        self.port = free_port()
        if isinstance(database, Sqlite):
            database.folder = folder
        inherited = {k: v for k, v in os.environ.items() if k not in SECRETS}
        self.environment = {
            **inherited,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.exams.drills.settings",
            "PORT": str(self.port),
            "SITE_URL": f"http://{HOST}:{self.port}",
        }
        if database.url:
            self.environment["DATABASE_URL"] = database.url

    def __enter__(self):
        command = [sys.executable, "-c", SERVE]
        with (self.folder / "web.log").open("w") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        wait_for(self.answers, "the web server")
        return self

    def __exit__(self, *fault):
        self.process.terminate()
        self.process.wait(timeout=LIMIT)

    def answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "web.log").read_text()
        try:
            urllib.request.urlopen(
                f"http://{HOST}:{self.port}/healthz", timeout=5
            ).close()
        except OSError:
            return False
        return True

    def workers(self) -> list[int]:
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        listed = [(task / "children").read_text().split() for task in tasks]
        return [int(pid) for pids in listed for pid in pids if is_worker(int(pid))]

    def switch(self, name: str, content: str = "") -> None:
        (self.folder / name).write_text(content)

    def mend(self, name: str) -> None:
        (self.folder / name).unlink()

    # ---- what the database holds -------------------------------------------------

    def events(self, attempt: dict) -> list[tuple]:
        rows = self.database.rows(
            "SELECT epoch, seq, item_no, CAST(value AS TEXT) FROM exams_answerevent "
            f"WHERE attempt_id = {attempt['id']} ORDER BY epoch, seq"
        )
        return [(epoch, seq, no, read(value)) for epoch, seq, no, value in rows]

    def standing(self, attempt: dict) -> dict[int, object]:
        rows = self.database.rows(
            "SELECT item_no, CAST(value AS TEXT) FROM exams_answernow "
            f"WHERE attempt_id = {attempt['id']}"
        )
        return {no: read(value) for no, value in rows}

    def attempt(self, attempt: dict) -> tuple:
        """State and deadline."""
        (row,) = self.database.rows(
            "SELECT state, CAST(deadline_at AS TEXT) FROM exams_attempt "
            f"WHERE id = {attempt['id']}"
        )
        return row


def read(value: str | None) -> object:
    return None if value is None else json.loads(value)


def is_worker(pid: int) -> bool:
    """Python's resource tracker is a child as well."""
    try:
        return "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False
