"""Cleaning while nobody waits: a village a task, so that a worker that stops loses
little."""

from celery import shared_task
from django.utils import timezone

from divisions.enums import Level
from divisions.models import Division

from .domain.cleaning import clean_village, villages_to_clean

BULK_QUEUE = "bulk"


@shared_task(ignore_result=True)
def clean_registers() -> None:
    """Nightly: every village with a register; safe to repeat."""
    regions = Division.objects.filter(level=Level.REGION)
    queue_up(*regions.values_list("code", flat=True))


@shared_task(ignore_result=True)
def clean_division(code: str) -> None:
    queue_up(code)


def queue_up(*codes: str) -> None:
    for village in villages_to_clean(*codes).values_list("pk", flat=True):
        clean_one.apply_async([village], queue=BULK_QUEUE)


@shared_task(ignore_result=True)
def clean_one(village_id: int) -> None:
    village = Division.objects.get(pk=village_id)
    clean_village(village, on=timezone.localdate())
