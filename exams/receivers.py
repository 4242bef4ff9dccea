"""A finished attempt enters the statistics."""

from django.dispatch import receiver

from .signals import attempt_finished
from .tasks import count_attempts


@receiver(attempt_finished, dispatch_uid="exams.count")
def count_when_finished(sender, *, attempt, **kwargs):
    count_attempts.delay(attempt.sitting_id)
