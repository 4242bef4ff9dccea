"""One machine, no server but ourselves: SQLite, a queue in a folder, files on disk.

``DATABASE_URL``, ``CELERY_BROKER_URL`` and ``CACHE_URL`` may still name real servers,
which is how the suite runs on them.
"""

import os
from pathlib import Path

from .base import *  # noqa: F403
from .base import BASE_DIR
from .secrets import lasting_secret
from .services import broker, caches, databases, site_url, tally

DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "data"))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
DEMONSTRATION = True
SECRET_KEY = lasting_secret(DATA_DIR / "secret-key")
ID_NUMBER_KEY = lasting_secret(DATA_DIR / "id-number-key")
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
SITE_URL = os.environ.get("SITE_URL") or site_url(HOST, PORT)
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

DATABASES = databases(os.environ.get("DATABASE_URL"), DATA_DIR)
CACHES = caches(os.environ.get("CACHE_URL"), DATA_DIR)
TALLY = tally(os.environ.get("CACHE_URL"), DATA_DIR)
globals().update(broker(os.environ.get("CELERY_BROKER_URL"), DATA_DIR))

MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"  # certificates and the like: served by views only
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
    "staticfiles": {"BACKEND": "trainingsite.files.StaticFilesStorage"},
}
# The development authority's keys; manage.py make_authority makes them.
AUTHORITY_TOKEN = AUTHORITY_CERTIFICATES = ""
AUTHORITY_PKCS12 = DATA_DIR / "authority" / "signing.p12"
AUTHORITY_PASSWORD = lasting_secret(DATA_DIR / "authority-password")
AUTHORITY_ED25519_KEY = DATA_DIR / "authority" / "codes.pem"
AUTHORITY_RETIRED = DATA_DIR / "authority" / "retired"
TIMESTAMP_URL = os.environ.get("TIMESTAMP_URL", "")
LOOKUPS_A_MINUTE = int(os.environ.get("LOOKUPS_A_MINUTE", "60"))
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
TEXT_MESSAGE_FOLDER = DATA_DIR / "text-messages"
