from django.dispatch import receiver

from ledger.signals import entry_written

from .domain.following import follow_entry


@receiver(entry_written, dispatch_uid="households-follow-entry")
def on_entry_written(sender, entry, **_more):
    follow_entry(entry)
