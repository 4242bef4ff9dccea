"""What the work queue does for rosters."""

from celery import shared_task
from django.utils import timezone

from .domain.notifying import gather_digests, send_digests
from .domain.noting import note_openings


@shared_task(ignore_result=True)
def tell_of_openings() -> None:
    """Daily: note what opened, then send each office its one mail. Safe to repeat."""
    on, at = timezone.localdate(), timezone.now()
    note_openings(on=on, at=at)
    gather_digests(on=on, at=at)
    send_digests(on=on, at=at)
