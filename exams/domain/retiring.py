"""Taking a question out of use, and back.

A retired question stays in the bank with its versions and figures, and in the releases
that hold it: what is announced does not change. It enters no new one.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.errors import NoReason
from exams.models import Item

RETIREMENT = ["retired_at", "retired_by", "retired_because"]


@transaction.atomic
def retire_item(item: Item, *, reason: str, by: User, at: datetime) -> Item:
    """Keep ``item`` out of every release from now on; retired already, it keeps its
    first reason. Raises ``NoReason``."""
    item = Item.objects.select_for_update().get(pk=item.pk)
    if item.is_retired:
        return item
    if not (reason := reason.strip()):
        raise NoReason
    item.retired_at, item.retired_by, item.retired_because = at, by, reason
    item.save(update_fields=RETIREMENT)
    record("item.retired", item, by=by, reason=reason)
    return item


@transaction.atomic
def restore_item(item: Item, *, by: User) -> Item:
    """Let ``item`` enter releases again; in use already, it stays so."""
    item = Item.objects.select_for_update().get(pk=item.pk)
    if not item.is_retired:
        return item
    former = item.retired_because
    item.retired_at, item.retired_by, item.retired_because = None, None, ""
    item.save(update_fields=RETIREMENT)
    record("item.restored", item, by=by, reason=former)
    return item
