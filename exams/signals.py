"""What this app tells those above it, after the commit; all send ``attempt`` but for
the four at the end.

``dependents_asked`` asks: it sends ``attempts``, their keys, and each receiver answers
with what rests on them, by key: ``{"words": …, "url": …}``. So does ``roster_asked``:
it sends ``division`` and ``on``, and is answered with a query for the keys of those who
hold a post there on that day.
"""

from django.dispatch import Signal

attempt_finished = Signal()
attempt_passed = Signal()
# A finished attempt is worth something else by somebody's decision.
attempt_remarked = Signal()
# With ``regrade`` and ``sittings``, the keys of those whose sums are to be counted.
regrade_confirmed = Signal()
# With ``revision``: papers marked from now on are marked by it.
key_revised = Signal()
dependents_asked = Signal()
roster_asked = Signal()
