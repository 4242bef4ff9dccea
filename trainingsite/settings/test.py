"""The suite: embedded, in memory, with a cheap hasher and tasks run in place.

``DATABASE_URL`` and its kin put the same suite on PostgreSQL and Redis.
"""

import atexit
import os
import shutil
import tempfile

# Never the folder of a site: one of our own, and in it one for each process of a
# parallel run, cleared away by the process that began it.
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker:
    os.environ["DATA_DIR"] += f"/{worker}"
else:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="fupin-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from .embedded import *  # noqa: E402, F403
from .embedded import DATA_DIR, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402
from .services import caches, tally  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SITE_URL = "http://testserver"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if url := os.environ.get("CACHE_URL"):
    # A Redis database for each process: what one clears, another may be counting.
    number = int(worker.removeprefix("gw") or 0) + 1
    own = f"{url.rpartition('/')[0]}/{number}"
    CACHES, TALLY = caches(own, DATA_DIR), tally(own, DATA_DIR)
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES["default"]["CONN_MAX_AGE"] = 0
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it
