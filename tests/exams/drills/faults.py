"""Faults in the server, switched by files in its data folder."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

CLOCK, DISK = "clock-offset", "disk-full"
NO_LIMIT = 1_073_741_823  # pages, SQLite's own default
true_now = timezone.now


def shifted_now():
    """The machine's clock, put forward or back by so many seconds."""
    switch = settings.DATA_DIR / CLOCK
    seconds = int(switch.read_text()) if switch.exists() else 0
    return true_now() + timedelta(seconds=seconds)


class Faults:
    def __init__(self, get_response):
        self.get_response = get_response
        timezone.now = shifted_now

    def __call__(self, request):
        if connection.vendor == "sqlite":
            set_limit(full=(settings.DATA_DIR / DISK).exists())
        return self.get_response(request)


def set_limit(*, full: bool) -> None:
    """A disk that is full: the database may not grow by a single page."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages if full else NO_LIMIT}")
