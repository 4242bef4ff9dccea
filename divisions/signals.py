"""What this app tells those above it, after the commit."""

from django.dispatch import Signal

# With ``before`` and ``after``, the codes of the division that was given another one.
division_recoded = Signal()
