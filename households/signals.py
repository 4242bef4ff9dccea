"""What ``households`` has done in the background.

``cleaning_ordered``: sent after commit with ``division``.
"""

from django.dispatch import Signal

cleaning_ordered = Signal()
