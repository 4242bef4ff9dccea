"""Prepares the bench's site, measures, prints, writes.

On SQLite in a folder of its own (`make bench`); on the server that DATABASE_URL names
(an empty database) when there is one, and then only what a database has a share in.
"""

import json
import os
import subprocess
import sys
import tempfile

from .database import URL, database_name, durability
from .figures import Figure, as_table
from .machine import describe_machine, warn_if_busy
from .writing import LATEST, README, RESULTS, refresh, write_results, write_table

OF_THE_DATABASE = ("gaps", "pages", "bulk", "imports")
PARTS = OF_THE_DATABASE if URL else (*OF_THE_DATABASE, "rules", "terminal")


def main() -> None:
    machine = describe_machine()
    warn_if_busy(machine)
    with tempfile.TemporaryDirectory(prefix="fupin-bench-") as folder:
        # Read by the settings of all that is started from here.
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "trainingsite.settings.embedded"
        manage("migrate", "--verbosity", "0")
        figures = measured("divisions")
        manage("prepare")
        for part in PARTS:
            figures += measured(part)
    print(as_table(figures))
    if URL:
        facts = {"database": database_name(), "durability": durability()}
        path = RESULTS / "postgresql.json"
        write_results(machine, figures, path, **facts)
        write_table(figures, path)
    else:
        refresh(README, write_results(machine, figures, RESULTS / LATEST))


def manage(*command: str) -> None:
    print("preparing:", *command, file=sys.stderr)
    # Standard output is for the table.
    subprocess.run(
        [sys.executable, "manage.py", *command], stdout=sys.stderr, check=True
    )


def measured(part: str) -> list[Figure]:
    """Runs one part in a process of its own, so that none inherits another's memory."""
    print("measuring:", part, file=sys.stderr)
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{part}"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Figure(**figure) for figure in json.loads(done.stdout)]


if __name__ == "__main__":
    main()
