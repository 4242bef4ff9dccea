"""The machine a figure was measured on; without it a figure says little."""

import os
import platform
import re
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("django", "wagtail", "granian", "weasyprint", "celery")


def describe_machine() -> dict:
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory_kib() / 1024**2),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: version(name) for name in PACKAGES},
        "commit": commit(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def processor() -> str:
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.machine()


def memory_kib() -> int:
    return int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1])


def commit() -> str:
    """The commit that was measured, marked when files differ from it."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],
        capture_output=True,
        text=True,
    )
    return described.stdout.strip()


def warn_if_busy(machine: dict) -> None:
    if machine["load_before"] > 0.25 * machine["cores"]:
        print(
            f"This machine is busy (load {machine['load_before']}): "
            "the figures will be worse than they should be.",
            file=sys.stderr,
        )
