"""What ``certificates`` tells the apps above it.

``certificate_issued``: sent after commit with ``certificate``.
``certificate_revoked``: sent after commit with ``certificate``.
"""

from django.dispatch import Signal

certificate_issued = Signal()
certificate_revoked = Signal()
