"""What ``rosters`` tells whoever listens.

``posts_changed``: sent after commit with ``assignments``, those of one transaction
together: somebody was put in a post, or the day on which they leave it was set.
"""

from django.dispatch import Signal

posts_changed = Signal()
