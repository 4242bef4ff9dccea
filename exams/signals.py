"""What this app tells those above it. Both send ``attempt``, after the commit."""

from django.dispatch import Signal

attempt_finished = Signal()
attempt_passed = Signal()
