"""Counting marked attempts into the sums, each once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from exams.enums import State
from exams.models import Attempt, CountedAttempt, Sitting, Tally

from .keeping import add_stored, rows_of, stored_among, write_rows
from .sheets import sheets_of
from .sums import SittingSums, sums_of

# So many attempts a transaction: sitting candidates wait for none longer than that.
BATCH = 100
BUSY = 20


def count_finished(sitting: Sitting, *, at: datetime) -> int:
    """Count what is marked and not counted yet; return how many attempts that was.

    Safe to call as often as one likes, and by several at once.
    """
    counted = 0
    while keys := outstanding(sitting):
        # Read and summed before the lock is taken; what another worker has counted
        # meanwhile is left to the next round.
        sums = sums_of(sheets_of(keys))
        if put_in(sitting, keys, sums, at=at):
            counted += len(keys)
    return counted


def is_busy(sitting: Sitting) -> bool:
    """So many are answering that the database is theirs: nobody can look at the
    statistics before the last of them has finished anyway."""
    running = Attempt.objects.filter(sitting=sitting).open()
    return running[:BUSY].count() == BUSY


def outstanding(sitting: Sitting) -> list[int]:
    marked = Attempt.objects.filter(sitting=sitting, state=State.MARKED, counted=None)
    return list(marked.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def put_in(
    sitting: Sitting, keys: list[int], sums: SittingSums, *, at: datetime
) -> bool:
    """Add the sums of just these attempts, unless one of them is counted already."""
    tally = locked_tally(sitting)
    if CountedAttempt.objects.filter(attempt__in=keys).exists():
        return False
    CountedAttempt.objects.bulk_create(CountedAttempt(attempt_id=key) for key in keys)
    rows = {place: rows_of(sitting, place, each) for place, each in sums.rolled_up()}
    add_stored(rows, stored_among(sitting, rows))
    write_rows(rows.values())
    tally.revision += 1
    tally.counted_at = at
    tally.save()
    return True


def locked_tally(sitting: Sitting) -> Tally:
    Tally.objects.get_or_create(sitting=sitting)
    return Tally.objects.select_for_update().get(sitting=sitting)
