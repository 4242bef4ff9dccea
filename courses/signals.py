"""Events that other apps listen to."""

from django.dispatch import Signal

# The person has completed every lesson of the required courses. Sent with
# ``person`` and ``at``, after the transaction.
path_completed = Signal()

# Asks: which lessons ``person`` has still to work through beside ``lesson``, ``since``
# an instant or None. Whoever asked for ``lesson`` answers with the words and addresses
# of the others, in their order; whoever did not, with None.
relearning_asked = Signal()
