"""A tally for the processes of one machine, without a server."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_UN, lockf
from mmap import mmap
from pathlib import Path
from struct import Struct
from threading import Lock

from .brakes import SPANS

KEPT = SPANS + 1
# A key, the number of its newest span, the end of its use, and the counts from the
# newest span backwards.
PLACE = Struct(f"<16sqd{KEPT}I")
# A key has eight places to lie in; the one soonest out of use makes room for a new key.
WAYS = 8
GROUPS = 1024
SIZE = PLACE.size * WAYS * GROUPS

logger = logging.getLogger(__name__)


class SharedTally:
    """Counts in a file mapped into every process: microseconds a try, no system call
    but the lock. Restarting a process loses nothing, and a process that dies lets the
    lock go. Where the file cannot be made, each process counts by itself, so that so
    many times as much passes as there are processes; the log says so.
    """

    def __init__(self, path: Path | str) -> None:
        self.lock = Lock()
        try:
            self.file = opened(Path(path))
            self.memory = mmap(self.file, SIZE)
        except OSError as error:
            logger.warning("Every process brakes by itself: %s", error)
            self.file, self.memory = None, mmap(-1, SIZE)

    def take(self, key: bytes, number: int, *, allowed: int, span: float) -> int | None:
        with self.alone():
            place = self.place_of(key)
            newest, counts = self.counted(place, key, number)
            if sum(counts) >= allowed:
                ages = [age for age, count in enumerate(counts) if count]
                return newest - max(ages, default=0)
            counts[newest - number] += 1
            until = (newest + KEPT) * span
            PLACE.pack_into(self.memory, place, key, newest, until, *counts)
            return None

    def give_back(self, key: bytes, number: int) -> None:
        with self.alone():
            place = self.place_of(key)
            held, newest, until, *counts = PLACE.unpack_from(self.memory, place)
            age = newest - number
            if held == key and 0 <= age < KEPT and counts[age]:
                counts[age] -= 1
                # A place without counts is the first that makes room.
                until = until if any(counts) else 0
                PLACE.pack_into(self.memory, place, key, newest, until, *counts)

    def clear(self) -> None:
        with self.alone():
            self.memory[:] = bytes(SIZE)

    def place_of(self, key: bytes) -> int:
        first = int.from_bytes(key[:8]) % GROUPS * WAYS
        places = [PLACE.size * (first + way) for way in range(WAYS)]
        for place in places:
            if self.memory[place : place + len(key)] == key:
                return place
        return min(places, key=lambda place: PLACE.unpack_from(self.memory, place)[2])

    def counted(self, place: int, key: bytes, number: int) -> tuple[int, list[int]]:
        """The counts of the last spans. Who asked a moment before another is counted
        with it; where the clock was set back, the counting begins anew."""
        held, newest, _until, *counts = PLACE.unpack_from(self.memory, place)
        if held != key or newest - number >= KEPT:
            return number, [0] * KEPT
        passed = max(0, number - newest)
        return max(number, newest), ([0] * passed + counts)[:KEPT]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The file's lock is between processes, ours between the threads of one."""
        with self.lock:
            if self.file is None:
                yield
                return
            lockf(self.file, LOCK_EX)
            try:
                yield
            finally:
                lockf(self.file, LOCK_UN)


def opened(path: Path) -> int:
    """The file with its whole room on the disk: a hole in it that a full disk cannot
    fill would end the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.posix_fallocate(file, 0, SIZE)
    except OSError:
        os.close(file)
        raise
    return file
