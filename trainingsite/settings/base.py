"""What every way of running shares. Reads no environment."""

from celery.schedules import crontab
from csp.constants import NONE, SELF

from .people import *  # noqa: F403
from .rooms import *  # noqa: F403

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 31_536_000
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["trainingsite.formats"]

STATIC_URL = "/static/"
MEDIA_URL = "/media/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
# Read with every answer of an exam: from the cache, kept in the database.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail previews a page in a frame of its own
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "trainingsite.views.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
# Wagtail's and Django's own admin carry inline scripts; our pages do not.
ADMIN_PREFIXES = ("/admin/", "/django-admin/")

WAGTAIL_SITE_NAME = "扶贫信息员培训平台"
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database"},
}

CELERY_RESULT_BACKEND = "django-db"
CELERY_TASK_TRACK_STARTED = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "finish due attempts": {"task": "exams.tasks.finish_due_attempts", "schedule": 60},
    "publish due results": {
        "task": "exams.tasks.publish_due_results",
        "schedule": 300,
    },
    # Both catch up when a process died between a commit and its signal.
    "settle short answers that nobody marks": {
        "task": "exams.tasks.settle_credited_scripts",
        "schedule": 600,
    },
    "issue earned certificates": {
        "task": "certificates.tasks.issue_earned_certificates",
        "schedule": 3600,
    },
    "recount the statistics": {
        "task": "exams.tasks.recount_statistics",
        "schedule": crontab(hour=2, minute=30),
    },
    "clean the registers": {
        "task": "households.tasks.clean_registers",
        "schedule": crontab(hour=3, minute=10),
    },
    "remind holders of certificates": {
        "task": "certificates.tasks.remind_of_expiry",
        "schedule": crontab(hour=6, minute=10),
    },
    "tell offices of seats that opened": {
        "task": "rosters.tasks.tell_of_openings",
        "schedule": crontab(hour=6, minute=20),
    },
    "resume batches of certificates": {
        "task": "certificates.tasks.resume_batches",
        "schedule": 300,
    },
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# How often one address may verify certificates before it is asked to wait.
LOOKUPS_A_MINUTE = 60

# Shown wherever people and households are made up (embedded and test).
DEMONSTRATION = False

VERSION = "0.1.0"

# Django tells faults only to administrators by mail; an operator looks at the lines.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
