"""Processor time of a server and its children."""

import os
from pathlib import Path

from ..database import URL, asked

TICKS = os.sysconf("SC_CLK_TCK")


class Cost:
    """Of a process and all below it, from now on; nothing for no process."""

    def __init__(self, pid: int | None):
        self.pid = pid
        self.before = spent(pid)

    def seconds(self) -> float:
        return spent(self.pid) - self.before


def spent(pid: int | None) -> float:
    """With the children that have ended, whose time the parent keeps."""
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / TICKS
    return own + sum(map(spent, children(pid)))


def children(pid: int) -> list[int]:
    found = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        found += map(int, (thread / "children").read_text().split())
    return found


def database_tree() -> int | None:
    """The database server's first process, if it is on this machine."""
    if not URL:
        return None
    (folder,) = asked("SHOW data_directory")
    return int((Path(folder) / "postmaster.pid").read_text().split()[0])
