"""What ``certificates`` tells the apps above it.

``certificate_issued``: sent after commit with ``certificate``.
``person_selected``: sent after commit with ``selection``.
``certificate_revoked``: sent after commit with ``certificate``.
"""

from django.dispatch import Signal

person_selected = Signal()
certificate_issued = Signal()
certificate_revoked = Signal()
