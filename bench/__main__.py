"""Prepares the bench's site, measures, prints, writes. `make bench` calls this."""

import json
import os
import subprocess
import sys
import tempfile

from .figures import Figure, as_table
from .machine import describe_machine, warn_if_busy
from .writing import README, RESULTS, refresh, write_results


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
        for part in ("gaps", "pages", "bulk", "rules", "terminal", "imports"):
            figures += measured(part)
    print(as_table(figures))
    write_results(machine, figures, RESULTS)
    refresh(README, json.loads(RESULTS.read_text()))


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
