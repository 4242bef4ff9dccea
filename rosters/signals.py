"""What ``rosters`` tells whoever listens.

``post_changed``: sent after commit with ``assignment``: somebody was put in a post, or
the day on which they leave it was set.
"""

from django.dispatch import Signal

post_changed = Signal()
