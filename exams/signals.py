"""What this app tells those above it. All send ``attempt``, after the commit."""

from django.dispatch import Signal

attempt_finished = Signal()
attempt_passed = Signal()
# A finished attempt is worth something else by somebody's decision.
attempt_remarked = Signal()
