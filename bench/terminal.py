"""``python -m measures`` on a million cases through a pipe: lines a second, memory."""

import json
import subprocess
import sys
from pathlib import Path
from threading import Thread
from time import perf_counter

from exercises.domain.drawing import draw_case

from .figures import Figure
from .part import hand_over

LINES = 1_000_000
HOUSEHOLDS = 200
COMMAND = [sys.executable, "-m", "measures", "standard"]


def run_through(lines: list[bytes], number: int) -> tuple[float, int]:
    """Seconds, and the most memory in KiB that the command held at any time."""
    started = perf_counter()
    command = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1 << 20
    )
    feeder = Thread(target=feed, args=(command.stdin, lines, number), daemon=True)
    feeder.start()
    answered, peak = 0, 0
    for _line in command.stdout:
        answered += 1
        if answered % 20_000 == 0:
            peak = max(peak, highest_memory(command.pid))
    command.wait()
    if answered != number or command.returncode:
        sys.exit(f"{answered} of {number} lines answered, exit {command.returncode}")
    return perf_counter() - started, peak


def feed(pipe, lines: list[bytes], number: int) -> None:
    for place in range(number):
        pipe.write(lines[place % len(lines)])
    pipe.close()


def highest_memory(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


if __name__ == "__main__":
    cases = [
        json.dumps(draw_case(seed).facts, ensure_ascii=False).encode() + b"\n"
        for seed in range(HOUSEHOLDS)
    ]
    seconds, kibibytes = run_through(cases, LINES)
    hand_over(
        [
            Figure(
                "Rules at a terminal", "a million households", LINES / seconds, "/s"
            ),
            Figure("Rules at a terminal", "memory at most", kibibytes / 1024, "MiB"),
        ]
    )
