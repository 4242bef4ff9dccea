"""What ``manage.py serve`` promises about its two processes."""

import os
import signal
import subprocess
import sys

SLOW_TO_END = (
    "import signal, sys, time\n"
    "signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1), sys.exit(0)))\n"
    "print('ready', flush=True)\n"
    "time.sleep(60)\n"
)
STOPPED_TWICE = f"""
import signal, subprocess, sys
from trainingsite.management.commands.serve import leave, stop

signal.signal(signal.SIGTERM, leave)
child = subprocess.Popen(
    [sys.executable, "-c", {SLOW_TO_END!r}], stdout=subprocess.PIPE, process_group=0
)
child.stdout.readline()
try:
    print(child.pid, flush=True)
    signal.pause()
finally:
    print("stopping", flush=True)
    stop([child])
"""


def test_a_second_signal_leaves_no_process_behind():
    serving = subprocess.Popen(
        [sys.executable, "-c", STOPPED_TWICE], stdout=subprocess.PIPE, text=True
    )
    child = int(serving.stdout.readline())

    serving.send_signal(signal.SIGTERM)
    assert serving.stdout.readline() == "stopping\n"
    serving.send_signal(signal.SIGTERM)
    serving.communicate(timeout=20)

    assert not is_running(child)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
