"""The embedded site with faults that a drill can switch on while it runs.

Tables come from the models and not from the migrations, which takes a third of the
time; the hasher is cheap.
"""

from trainingsite.settings.embedded import *  # noqa: F403
from trainingsite.settings.embedded import MIDDLEWARE, STORAGES


class NoMigrations(dict):
    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


MIGRATION_MODULES = NoMigrations()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = ["tests.exams.drills.faults.Faults", *MIDDLEWARE]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY_TASK_ALWAYS_EAGER = True
