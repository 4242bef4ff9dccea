"""What backup.sh writes, restore.sh puts back, and only into an empty place."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ROOT / "deploy/setup/services.sh"


def run(script: str, archive: Path, **environment) -> subprocess.CompletedProcess:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "STORAGE_URL"}
    }
    return subprocess.run(
        [ROOT / "deploy" / script, archive],
        env=inherited | {name: str(value) for name, value in environment.items()},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def site(tmp_path) -> Path:
    """The data folder of an embedded site with one row and one file."""
    folder = tmp_path / "site"
    (folder / "private").mkdir(parents=True)
    (folder / "private/certificate.pdf").write_text("a certificate")
    (folder / "secret-key").write_text("one secret")
    (folder / "id-number-key").write_text("another secret")
    (folder / "authority/retired").mkdir(parents=True)
    (folder / "authority/signing.p12").write_text("the keys")
    (folder / "authority-password").write_text("their password")
    database = sqlite3.connect(folder / "training.sqlite3")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE person (name TEXT)")
    database.execute("INSERT INTO person VALUES ('韦秀兰')")
    database.commit()
    database.close()
    return folder


def people(folder: Path) -> list[tuple[str]]:
    database = sqlite3.connect(folder / "training.sqlite3")
    found = database.execute("SELECT name FROM person").fetchall()
    database.close()
    return found


def test_embedded_site_comes_back_whole(site, tmp_path):
    archive, restored = tmp_path / "site.tar.gz", tmp_path / "restored"

    saved = run("backup.sh", archive, DATA_DIR=site)
    put_back = run("restore.sh", archive, DATA_DIR=restored)

    assert (saved.returncode, put_back.returncode) == (0, 0), put_back.stderr
    assert people(restored) == [("韦秀兰",)]
    assert (restored / "private/certificate.pdf").read_text() == "a certificate"
    assert (restored / "id-number-key").read_text() == "another secret"
    assert (restored / "authority/signing.p12").read_text() == "the keys"
    assert (restored / "authority-password").read_text() == "their password"


def test_archive_is_readable_by_its_owner_alone(site, tmp_path):
    archive = tmp_path / "site.tar.gz"

    run("backup.sh", archive, DATA_DIR=site)

    assert archive.stat().st_mode & 0o777 == 0o600


def test_backup_does_not_overwrite_an_archive(site, tmp_path):
    archive = tmp_path / "site.tar.gz"
    archive.write_text("yesterday's")

    refused = run("backup.sh", archive, DATA_DIR=site)

    assert refused.returncode == 1
    assert archive.read_text() == "yesterday's"


def test_restore_does_not_overwrite_a_site(site, tmp_path):
    archive = tmp_path / "site.tar.gz"
    run("backup.sh", archive, DATA_DIR=site)
    database = sqlite3.connect(site / "training.sqlite3")
    database.execute("INSERT INTO person VALUES ('after the backup')")
    database.commit()
    database.close()

    refused = run("restore.sh", archive, DATA_DIR=site)

    assert refused.returncode == 1
    assert people(site) == [("韦秀兰",), ("after the backup",)]


@pytest.mark.skipif(
    not (shutil.which("redis-server") and shutil.which("pg_dump")),
    reason="PostgreSQL and Redis are installed by make test-services",
)
def test_production_site_comes_back_into_an_empty_database_only(tmp_path):
    (tmp_path / "files/private").mkdir(parents=True)
    (tmp_path / "files/private/certificate.pdf").write_text("a certificate")
    steps = f"""
        set -e
        export STORAGE_URL=file://{tmp_path}/files
        psql -q -c "CREATE TABLE person (name text)" "$DATABASE_URL"
        psql -q -c "INSERT INTO person VALUES ('韦秀兰')" "$DATABASE_URL"
        deploy/backup.sh {tmp_path}/site.tar.gz
        ! deploy/restore.sh {tmp_path}/site.tar.gz
        psql -q -c "CREATE DATABASE empty" "$DATABASE_URL"
        export DATABASE_URL=${{DATABASE_URL%/*}}/empty STORAGE_URL=file://{tmp_path}/back
        deploy/restore.sh {tmp_path}/site.tar.gz
        psql -Atc "SELECT name FROM person" "$DATABASE_URL"
    """

    done = subprocess.run(
        [SERVICES, "bash", "-c", steps], cwd=ROOT, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (0, "韦秀兰\n"), done.stderr
    assert "The database holds 1 tables already." in done.stderr
    assert (tmp_path / "back/private/certificate.pdf").read_text() == "a certificate"
