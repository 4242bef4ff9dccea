import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

# Beside the collected files, so that it goes when they go.
MARK = ".collected"


class Command(BaseCommand):
    help = "Collect the static files if one of them changed since the last time."

    def handle(self, *args, **options):
        mark = Path(settings.STATIC_ROOT) / MARK
        found = fingerprint()
        if mark.exists() and mark.read_text() == found:
            return
        # Nothing is cleared away: a running site still serves what it began with.
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(found)
        self.stdout.write("  static files collected and compressed")


def fingerprint() -> str:
    """Names, sizes and times of all static files: collecting them takes a thousand
    times as long."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
