"""Ordering what a batch is fetched as; it is made in the background, piece by piece,
so that a worker may die at any moment and another one goes on."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.models import User
from certificates.domain.bundling import make_piece, pieces_of
from certificates.domain.recalling import kept
from certificates.enums import Bundle
from certificates.errors import BatchOpen, NotMade, NotTheSittingsOffice
from certificates.models import Batch, BundleOrder
from certificates.permissions import can_order_batch
from certificates.signals import bundle_ordered
from core.audit import record
from core.errors import Refused

# A worker that has had a piece for so long has died; binding the whole takes longest.
STALE = timedelta(minutes=30)
log = logging.getLogger(__name__)


@transaction.atomic
def order_bundle(
    batch: Batch, bundle: Bundle, *, by: User, at: datetime
) -> BundleOrder:
    """Have the files made, if they are not there; while they are being made, another
    order is the same. Raises ``NotTheSittingsOffice`` or ``BatchOpen``."""
    batch = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)
    if not can_order_batch(by, batch.sitting):
        raise NotTheSittingsOffice
    if batch.is_open:
        raise BatchOpen
    if order := batch.bundle_orders.open().filter(bundle=bundle).first():
        return order
    total = pieces_of(batch, bundle)
    order = BundleOrder.objects.create(
        batch=batch, bundle=bundle, ordered_by=by, ordered_at=at, total=total
    )
    record("bundle.ordered", batch, by=by, bundle=bundle)
    transaction.on_commit(lambda: announce(order), robust=True)
    return order


def announce(order: BundleOrder) -> None:
    bundle_ordered.send(BundleOrder, order=order)


def work_on_bundle(order_id: int, *, at: datetime) -> bool:
    """Make the next piece; return whether there is another one."""
    order = claim_order(order_id, at=at)
    if order is None:
        return False
    try:
        total = pieces_of(order.batch, Bundle(order.bundle))
        if order.made < total:
            make_piece(order.batch, Bundle(order.bundle), order.made + 1, at=at)
    except Refused as refusal:
        return put_down(order, refusal=refusal, at=at)
    except Exception:
        log.exception("A piece of bundle %s failed", order.pk)
        return put_down(order, refusal=NotMade(), at=at)
    made = min(order.made + 1, total)
    return put_down(order, made=made, total=total, at=at)


@transaction.atomic
def claim_order(order_id: int, *, at: datetime) -> BundleOrder | None:
    """Take the order in hand, unless it is over or another worker has it."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - STALE)
    order = (
        BundleOrder.objects.open()
        .filter(free, pk=order_id)
        .select_for_update(of=["self"])
        .select_related("batch__sitting")
        .first()
    )
    if order:
        order.claimed_at = at
        order.save(update_fields=["claimed_at"])
    return order


def put_down(
    order: BundleOrder,
    *,
    at: datetime,
    made: int | None = None,
    total: int | None = None,
    refusal: Refused | None = None,
) -> bool:
    """Note how far the order is, and that it is over if it is; return whether it goes
    on. Whoever took it up meanwhile, because this worker seemed dead, keeps it."""
    is_over = refusal is not None or made == total
    BundleOrder.objects.filter(pk=order.pk, claimed_at=order.claimed_at).update(
        made=F("made") if made is None else made,
        total=F("total") if total is None else total,
        finished_at=at if is_over else None,
        refusal=refusal and kept(refusal),
        claimed_at=None,
    )
    return not is_over


def bundles_at_rest(*, at: datetime) -> QuerySet[BundleOrder]:
    """Open ones that nobody has in hand, some time after they were ordered."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - STALE)
    return BundleOrder.objects.open().filter(free, ordered_at__lt=at - STALE)
