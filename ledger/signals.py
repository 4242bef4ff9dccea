"""What the ledger tells the apps above.

``entry_written`` (``entry``) is sent inside the transaction, so a projection that
follows it is never out of step with the ledger. ``case_closed`` (``case``) is sent
after the commit.
"""

from django.dispatch import Signal

entry_written = Signal()
case_closed = Signal()
