"""What the work queue does for exams."""

from celery import shared_task
from django.utils import timezone

from .domain.analysis.counting import count_finished, is_busy
from .domain.analysis.recounting import recount_all
from .domain.finishing import finish_due
from .domain.marking_by_hand import settle_credited
from .domain.publishing import publish_due
from .models import Sitting


@shared_task
def finish_due_attempts() -> int:
    """Finish the attempts whose time is over; safe to run as often as one likes."""
    return finish_due(at=timezone.now())


@shared_task
def settle_credited_scripts() -> int:
    """Settle short answers that nobody needs to mark any more; safe to repeat."""
    return settle_credited(at=timezone.now())


@shared_task
def publish_due_results() -> int:
    """Let out the results that wait for their sitting to be over; safe to repeat."""
    return publish_due(at=timezone.now())


@shared_task(ignore_result=True)
def count_attempts(sitting_id: int) -> int:
    """Count what is finished and not counted yet: one call catches up with all the
    calls before it. While many are answering it waits for the last of them."""
    sitting = Sitting.objects.get(pk=sitting_id)
    if is_busy(sitting):
        return 0
    return count_finished(sitting, at=timezone.now())


@shared_task
def recount_statistics() -> dict[str, int]:
    """Hold the sums of all sittings that moved since they were last recounted; meant
    for the night. Returns how many rows were wrong, by sitting."""
    return recount_all(at=timezone.now())
