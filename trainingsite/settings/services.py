"""Database, cache and queue: ours in files, or the server an address names."""

from pathlib import Path

import dj_database_url

# Writers queue instead of failing half-way through a transaction.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
        "PRAGMA foreign_keys=ON;"
    ),
}


# PostgreSQL prepares what asks for it (core.prepared), and nothing of itself: a plan
# that fits one county may not fit the region.
ONLY_WHEN_ASKED = 2**31
# Its planner reckons with a disc whose head has to travel, and so avoids indexes.
NO_DISC_TURNS = "-c random_page_cost=1.1"


def postgresql(url: str) -> dict:
    parsed = dj_database_url.parse(url)
    options = {
        "prepare_threshold": ONLY_WHEN_ASKED,
        "options": NO_DISC_TURNS,
        **parsed.get("OPTIONS", {}),
    }
    kept = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {**parsed, "ENGINE": "core.postgresql", "OPTIONS": options, **kept}


def databases(url: str | None, folder: Path) -> dict:
    if url:
        return {"default": postgresql(url)}
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "training.sqlite3",
            "OPTIONS": SQLITE,
            "CONN_MAX_AGE": None,
        }
    }


def caches(url: str | None, folder: Path) -> dict:
    """Sign-in limits are counted here, so every web worker must see one cache."""
    if url:
        backend = "core.caching.RedisCache"
        return {"default": {"BACKEND": backend, "LOCATION": url}}
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    # Sessions lie there too; what does not fit is read from the database.
    kept = {"MAX_ENTRIES": 5000}
    return {
        "default": {
            "BACKEND": backend,
            "LOCATION": folder / "cache",
            "OPTIONS": kept,
        }
    }


def tally(url: str | None, folder: Path) -> dict:
    """Where guesses are counted (core.braking), for every web worker at once."""
    if url:
        return {"BACKEND": "core.braking.served.ServedTally", "LOCATION": url}
    backend = "core.braking.shared.SharedTally"
    return {"BACKEND": backend, "LOCATION": folder / "tally"}


def broker(url: str | None, folder: Path) -> dict:
    """A queue of files needs its folders beforehand, the same for both ends."""
    if url:
        return {"CELERY_BROKER_URL": url}
    queue, control = folder / "queue", folder / "queue-control"
    queue.mkdir(parents=True, exist_ok=True)
    control.mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "filesystem://localhost",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(queue),
            "data_folder_out": str(queue),
            "control_folder": str(control),
            "polling_interval": 0.2,
        },
    }


def site_url(host: str, port: int) -> str:
    """Where a browser on this machine finds what listens there."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
