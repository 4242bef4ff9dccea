"""What ``manage.py serve`` promises about its two processes."""

import os
import signal
import subprocess
import sys

import pytest

from trainingsite.settings.services import site_url

STOPPED_TWICE = """
import os, signal, sys, time
from trainingsite.management.commands.serve import FORKING, in_own_group, leave, stop

ready, told = os.pipe()

def end_slowly():
    signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1), sys.exit(0)))
    os.write(told, b"!")
    time.sleep(60)

child = FORKING.Process(target=in_own_group, args=(end_slowly,))
child.start()
signal.signal(signal.SIGTERM, leave)
os.read(ready, 1)
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


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("office.example.org", "http://office.example.org:8000"),
    ],
)
def test_the_address_said_is_one_that_a_browser_opens(host, shown):
    assert site_url(host, 8000) == shown
