from django.dispatch import receiver

from ledger.signals import entry_written

from .domain.following import follow_entry
from .signals import cleaning_ordered
from .tasks import BULK_QUEUE, clean_division


@receiver(entry_written, dispatch_uid="households-follow-entry")
def on_entry_written(sender, entry, **_more):
    follow_entry(entry)


@receiver(cleaning_ordered, dispatch_uid="households-clean")
def on_cleaning_ordered(sender, division, **_more):
    clean_division.apply_async([division.code], queue=BULK_QUEUE)
