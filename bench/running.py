"""Commands of the site and parts of the bench, each in a process of its own."""

import json
import subprocess
import sys


def manage(*command: str) -> None:
    print("preparing:", *command, file=sys.stderr)
    # Standard output is for the table.
    subprocess.run(
        [sys.executable, "manage.py", *command], stdout=sys.stderr, check=True
    )


def part(module: str, *words: str, told: object = None):
    """What the part says, which is JSON; none inherits another's memory."""
    print("running:", module, file=sys.stderr)
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        input=json.dumps(told),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
