"""What the tests of certificates share."""

from time import time

import pytest


@pytest.fixture(autouse=True)
def no_minute_ends(monkeypatch):
    """However slow the machine, requests of one test count within one window."""
    now = time()
    monkeypatch.setattr("certificates.limiting.time", lambda: now)
