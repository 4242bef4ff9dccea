"""A batch at work: some pieces at a time, each on its own, so that a worker may die
at any moment and another one goes on."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from certificates.domain.issuing import issue_certificates
from certificates.domain.kits import PrintingKit, kit_of
from certificates.domain.printing import print_certificate
from certificates.domain.recalling import kept
from certificates.errors import Broken
from certificates.models import Batch, BatchItem, Certificate
from core.audit import record
from core.errors import Refused

AT_A_TIME = 20
# A worker that has had a piece for so long has died.
STALE = timedelta(minutes=10)
# Between two pieces nobody pauses for so long.
QUIET = timedelta(minutes=1)
log = logging.getLogger(__name__)


def work_on_batch(batch_id: int, *, at: datetime, count: int = AT_A_TIME) -> bool:
    """Treat up to ``count`` pieces; return whether to come again for more. Not for
    those that others have in hand: they go on themselves, and what the dead leave is
    taken up by whoever looks after ``batches_at_rest``."""
    batch = Batch.objects.open().select_related("sitting").filter(pk=batch_id).first()
    if batch is None:
        return False
    items = claim_items(batch, at=at, count=count)
    if not items:
        finish_batch(batch, at=timezone.now())
        return False
    kit = kit_of(batch)
    outcomes = issue_together(items, at=timezone.now())
    for item in items:
        treat(item, outcomes.get(item.attempt_id), kit, at=timezone.now())
    return True


@transaction.atomic
def claim_items(batch: Batch, *, at: datetime, count: int) -> list[BatchItem]:
    """Take pieces that nobody has in hand; two workers never take the same ones."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - STALE)
    # Without a way to skip what others have locked, SQLite lets one writer in at all.
    items = list(
        batch.items.waiting()
        .filter(free)
        .select_for_update(skip_locked=True, of=["self"])
        .select_related("attempt")
        .defer("attempt__paper", "attempt__keys")[:count]
    )
    BatchItem.objects.filter(pk__in=[item.pk for item in items]).update(claimed_at=at)
    return items


def issue_together(
    items: list[BatchItem], *, at: datetime
) -> dict[int, Certificate | Refused]:
    """By attempt, its certificate or why there is none, in one transaction. If one
    that nobody foresaw stops them all, nothing: then each is tried on its own."""
    try:
        return issue_now(items, at=at)
    except Exception:
        log.exception("Pieces of batch %s are issued one by one", items[0].batch_id)
        return {}


def issue_now(
    items: list[BatchItem], *, at: datetime
) -> dict[int, Certificate | Refused]:
    attempts, by = [item.attempt for item in items], items[0].batch.ordered_by
    on = timezone.localdate(at)
    return issue_certificates(attempts, by=by, on=on, is_printed=True)


def treat(
    item: BatchItem,
    outcome: Certificate | Refused | None,
    kit: PrintingKit | None,
    *,
    at: datetime,
) -> None:
    """Print one, issued now if it is not; what goes wrong is written down and stops
    nobody else."""
    try:
        outcome = outcome or issue_now([item], at=at)[item.attempt_id]
        if isinstance(outcome, Refused):
            raise outcome
        print_certificate(outcome, at=at, kit=kit)
    except Refused as refusal:
        note_failure(item, refusal, at=at)
    except Exception:
        # A full disk or a file server away concerns this piece, and the next try.
        log.exception("Piece %s of batch %s failed", item.pk, item.batch_id)
        note_failure(item, Broken(), at=at)
    else:
        BatchItem.objects.filter(pk=item.pk).update(
            certificate=outcome, done_at=at, failed_at=None, code="", refusal=None
        )


def note_failure(item: BatchItem, refusal: Refused, *, at: datetime) -> None:
    BatchItem.objects.filter(pk=item.pk, done_at=None).update(
        failed_at=at, code=refusal.code, refusal=kept(refusal)
    )


@transaction.atomic
def finish_batch(batch: Batch, *, at: datetime) -> None:
    """Close ``batch`` if nothing waits."""
    batch = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)
    if batch.is_open and not batch.items.waiting().exists():
        batch.finished_at = at
        batch.save(update_fields=["finished_at"])
        record("batch.finished", batch, by=None, **counts(batch))


def counts(batch: Batch) -> dict[str, int]:
    return {"done": batch.items.done().count(), "failed": batch.items.failed().count()}


def batches_at_rest(*, at: datetime) -> QuerySet[Batch]:
    """Open ones that nobody works on: their workers have died, or all have gone home
    but one that died. No piece was treated just now, and none is in anybody's hand."""
    treated = Q(done_at__gte=at - QUIET) | Q(failed_at__gte=at - QUIET)
    in_hand = Q(done_at=None, failed_at=None, claimed_at__gte=at - STALE)
    lately = BatchItem.objects.filter(treated | in_hand, batch=OuterRef("pk"))
    return Batch.objects.open().filter(~Exists(lately), ordered_at__lt=at - STALE)
