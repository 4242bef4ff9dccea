from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .celery import app as queue


class TrainingSiteConfig(AppConfig):
    name = "trainingsite"
    verbose_name = _("Training site")
    # Shared tasks bind to this queue as soon as the apps are loaded.
    queue = queue
