"""Issuing and printing for a whole sitting: ordering it, stopping it, trying again.

Nothing here makes a certificate; ``working`` does, piece by piece, in the background.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min, Q

from accounts.models import User
from certificates.errors import BatchOver, NothingToPrint, NotTheSittingsOffice
from certificates.models import Batch, BatchItem
from certificates.permissions import can_order_batch
from certificates.signals import batch_ordered
from core.audit import record
from exams.models import Attempt, Sitting


@transaction.atomic
def order_batch(sitting: Sitting, *, by: User, at: datetime) -> Batch:
    """Order certificates and papers for whoever passed; while one order is open,
    another one is the same.

    Raises ``NotTheSittingsOffice`` or ``NothingToPrint``.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if not can_order_batch(by, sitting):
        raise NotTheSittingsOffice
    if batch := Batch.objects.open().filter(sitting=sitting).first():
        return batch
    passed = Attempt.objects.filter(sitting=sitting, passed=True).order_by("pk")
    attempts = list(passed.values_list("pk", flat=True))
    if not attempts:
        raise NothingToPrint

    batch = Batch.objects.create(
        sitting=sitting,
        ordered_by=by,
        ordered_at=at,
        division=sitting.division,
        division_code=sitting.division_code,
    )
    BatchItem.objects.bulk_create(
        [BatchItem(batch=batch, attempt_id=pk) for pk in attempts], batch_size=2000
    )
    record("batch.ordered", batch, by=by, count=len(attempts))
    transaction.on_commit(lambda: announce(batch), robust=True)
    return batch


def announce(batch: Batch) -> None:
    batch_ordered.send(Batch, batch=batch)


@transaction.atomic
def cancel_batch(batch: Batch, *, by: User, at: datetime) -> Batch:
    """Stop ``batch``; what is made already stays. Raises ``NotTheSittingsOffice``."""
    batch = locked(batch, by=by)
    if batch.is_open:
        batch.cancelled_at = at
        batch.save(update_fields=["cancelled_at"])
        record("batch.cancelled", batch, by=by)
    return batch


@transaction.atomic
def retry_failed(batch: Batch, *, by: User, at: datetime) -> Batch:
    """Try again what failed, and that alone. Raises ``NotTheSittingsOffice``, or
    ``BatchOver`` if it was cancelled or a newer one is open."""
    batch = locked(batch, by=by)
    newer = Batch.objects.open().filter(sitting=batch.sitting_id).exclude(pk=batch.pk)
    if batch.cancelled_at or newer.exists():
        raise BatchOver
    count = batch.items.failed().update(
        failed_at=None, claimed_at=None, code="", refusal=None
    )
    if count:
        batch.finished_at = None
        batch.save(update_fields=["finished_at"])
        record("batch.retried", batch, by=by, count=count)
        transaction.on_commit(lambda: announce(batch), robust=True)
    return batch


def locked(batch: Batch, *, by: User) -> Batch:
    batch = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)
    if not can_order_batch(by, batch.sitting):
        raise NotTheSittingsOffice
    return batch


@dataclass(frozen=True)
class Progress:
    total: int
    done: int
    failed: int
    left: timedelta | None

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.failed

    @property
    def treated(self) -> int:
        return self.done + self.failed

    @property
    def minutes_left(self) -> int | None:
        """Rounded up; None while there is nothing to reckon from."""
        if self.left is None:
            return None
        return -(-int(self.left.total_seconds()) // 60)


def progress_of(batch: Batch) -> Progress:
    """How far it is, and by the pace so far how long it takes: one statement."""
    treated = Q(done_at__isnull=False)
    sums = batch.items.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=treated),
        failed=Count("pk", filter=Q(failed_at__isnull=False)),
        first=Min("done_at"),
        last=Max("done_at"),
    )
    first, last = sums.pop("first"), sums.pop("last")
    waiting = sums["total"] - sums["done"] - sums["failed"]
    left = None
    if waiting and sums["done"] > 1:
        left = (last - first) / (sums["done"] - 1) * waiting
    return Progress(**sums, left=left)
