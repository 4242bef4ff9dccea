"""Workers at work, seen from outside: how far they are and what they hold."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

EVERY = 2  # seconds
HELD = re.compile(r"^VmRSS:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True)
class Sample:
    """Since the start, what was done and what the largest worker held then."""

    seconds: float
    done: int
    mebibytes: float


class Crew:
    def __init__(self, work: str, key: int, size: int):
        self.work, self.key = work, key
        self.workers = [self.hire() for _each in range(size)]

    def hire(self) -> subprocess.Popen:
        asked = ("bench.batch.worker", self.work, str(self.key))
        # Should one crash, it says where.
        return subprocess.Popen([sys.executable, "-X", "faulthandler", "-m", *asked])

    def lose_one(self) -> None:
        """Kill one where it stands, and take on another."""
        lost = self.workers.pop()
        lost.kill()
        lost.wait()
        self.workers.append(self.hire())

    def watch(self, done: Callable[[], int]) -> Iterator[Sample]:
        """Until all have gone home."""
        started = time.monotonic()
        while any(worker.poll() is None for worker in self.workers):
            time.sleep(EVERY)
            held = max(map(memory_of, self.workers))
            yield Sample(time.monotonic() - started, done(), held)

    def crashed(self) -> int:
        """How many did not end well, those left out that were killed on purpose."""
        return sum(worker.returncode != 0 for worker in self.workers)


def memory_of(worker: subprocess.Popen) -> float:
    """MiB; nothing of one that has ended."""
    try:
        found = HELD.search(Path(f"/proc/{worker.pid}/status").read_text())
    except FileNotFoundError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
