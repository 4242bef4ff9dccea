"""A finished attempt enters the statistics, and one marked anew enters them again."""

from django.dispatch import receiver

from .signals import attempt_finished, attempt_remarked, regrade_confirmed
from .tasks import count_attempts


@receiver([attempt_finished, attempt_remarked], dispatch_uid="exams.count")
def count_when_finished(sender, *, attempt, **kwargs):
    count_attempts.delay(attempt.sitting_id)


@receiver(regrade_confirmed, dispatch_uid="exams.count_regraded")
def count_when_regraded(sender, *, sittings, **kwargs):
    for sitting in sittings:
        count_attempts.delay(sitting)
