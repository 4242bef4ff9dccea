"""Prepares a site whose sitting has passed, and measures the batch.

    python -m bench.batch [--people 20000] [--lost-at 1000]

On SQLite in a folder of its own; on the server that DATABASE_URL names (an empty
database) when there is one.
"""

import argparse
import os
import tempfile

from ..database import database_name, durability
from ..figures import Figure, as_table
from ..machine import describe_machine, warn_if_busy
from ..running import manage, part
from ..writing import RESULTS, write_results, write_table

KEPT = 40  # points of the course


def main() -> None:
    asked = arguments()
    machine = describe_machine()
    warn_if_busy(machine)
    with tempfile.TemporaryDirectory(prefix="fupin-bench-") as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "trainingsite.settings.embedded"
        manage("migrate", "--verbosity", "0")
        manage("prepare")
        told = part("bench.batch.measuring", *map(str, vars(asked).values()))
    figures = [Figure(**figure) for figure in told["figures"]]
    print(as_table(figures))
    step = -(-len(told["course"]) // KEPT)
    database = database_name()
    path = RESULTS / f"batch-{database.split()[0].lower()}.json"
    facts = {"asked": vars(asked), "database": database, "durability": durability()}
    write_results(machine, figures, path, course=told["course"][::step], **facts)
    write_table(figures, path)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.batch", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument(
        "--lost-at",
        type=int,
        default=1000,
        help="certificates after which a worker is killed; ten minutes later its "
        "pieces are taken up (0: none is)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
