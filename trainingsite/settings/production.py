"""Servers of their own; everything comes from the environment, nothing has a default
that could pass unnoticed."""

import os
from urllib.parse import urlsplit

from .base import *  # noqa: F403
from .services import broker, caches, postgresql, tally
from .storages import storages

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]
ID_NUMBER_KEY = os.environ["ID_NUMBER_KEY"]
SITE_URL = os.environ["SITE_URL"]
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

DATABASES = {"default": postgresql(os.environ["DATABASE_URL"])}
CACHES = caches(os.environ["CACHE_URL"], folder=None)
TALLY = tally(os.environ["CACHE_URL"], folder=None)
globals().update(broker(os.environ["CELERY_BROKER_URL"], folder=None))
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1

STORAGES = storages(os.environ["STORAGE_URL"])
STATIC_ROOT = os.environ["STATIC_ROOT"]

AUTHORITY_TOKEN = os.environ.get("AUTHORITY_TOKEN", "")
AUTHORITY_CERTIFICATES = os.environ["AUTHORITY_CERTIFICATES"] if AUTHORITY_TOKEN else ""
AUTHORITY_PKCS12 = "" if AUTHORITY_TOKEN else os.environ["AUTHORITY_PKCS12"]
AUTHORITY_PASSWORD = os.environ["AUTHORITY_PASSWORD"]
AUTHORITY_ED25519_KEY = os.environ["AUTHORITY_ED25519_KEY"]
AUTHORITY_RETIRED = os.environ.get("AUTHORITY_RETIRED", "")
TIMESTAMP_URL = os.environ.get("TIMESTAMP_URL", "")
LOOKUPS_A_MINUTE = int(os.environ.get("LOOKUPS_A_MINUTE", "60"))

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "1"))
# W019 asks for DENY; Wagtail previews pages in a frame of the same origin.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

EMAIL_HOST = os.environ["EMAIL_HOST"]
EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = os.environ["DEFAULT_FROM_EMAIL"]
TEXT_MESSAGE_FOLDER = os.environ["TEXT_MESSAGE_FOLDER"]
