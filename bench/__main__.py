"""Prepares the bench's site, measures, prints, writes.

On SQLite in a folder of its own (`make bench`); on the server that DATABASE_URL names
(an empty database) when there is one, and then only what a database has a share in.
"""

import os
import tempfile

from .database import URL, database_name, durability
from .figures import Figure, as_table
from .machine import describe_machine, warn_if_busy
from .running import manage, part
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
        for name in PARTS:
            figures += measured(name)
    print(as_table(figures))
    if URL:
        facts = {"database": database_name(), "durability": durability()}
        path = RESULTS / "postgresql.json"
        write_results(machine, figures, path, **facts)
        write_table(figures, path)
    else:
        refresh(README, write_results(machine, figures, RESULTS / LATEST))


def measured(name: str) -> list[Figure]:
    return [Figure(**figure) for figure in part(f"bench.{name}")]


if __name__ == "__main__":
    main()
