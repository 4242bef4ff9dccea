"""Events that other apps listen to."""

from django.dispatch import Signal

# The person has completed every lesson of the required courses. Sent with
# ``person`` and ``at``, after the transaction.
path_completed = Signal()
