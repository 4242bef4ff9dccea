"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trainingsite.settings.embedded")
application = get_wsgi_application()
# The first visitor does not wait for the views' modules.
get_resolver().url_patterns  # noqa: B018
