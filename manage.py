#!/usr/bin/env python
"""Run the site's commands; without DJANGO_SETTINGS_MODULE they run embedded."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trainingsite.settings.embedded")
    execute_from_command_line(sys.argv)
