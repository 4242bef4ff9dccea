"""What ``certificates`` tells the apps above it.

``certificate_issued``: sent after commit with ``certificate`` and ``is_printed``:
whether whoever issued it is printing it as well.
``person_selected``: sent after commit with ``selection``.
``batch_ordered``: sent after commit with ``batch``; also when it is tried again.
``bundle_ordered``: sent after commit with ``order``.
``certificate_revoked``: sent after commit with ``certificate``.
"""

from django.dispatch import Signal

person_selected = Signal()
certificate_issued = Signal()
certificate_revoked = Signal()
batch_ordered = Signal()
bundle_ordered = Signal()
