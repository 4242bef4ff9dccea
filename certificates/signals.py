"""What ``certificates`` tells the apps above it.

``certificates_issued``: sent after commit with ``certificates``, those of one
transaction together, and ``is_printed``: whether whoever issued them prints them as
well.
``person_selected``: sent after commit with ``selection``.
``batch_ordered``: sent after commit with ``batch``; also when it is tried again.
``bundle_ordered``: sent after commit with ``order``.
``certificate_revoked``, ``certificate_suspended``: sent after commit with
``certificate``.
``certificate_reinstated``: likewise, when a suspension is lifted or an appeal against a
revocation granted.
"""

from django.dispatch import Signal

person_selected = Signal()
certificates_issued = Signal()
certificate_revoked = Signal()
certificate_suspended = Signal()
certificate_reinstated = Signal()
batch_ordered = Signal()
bundle_ordered = Signal()
