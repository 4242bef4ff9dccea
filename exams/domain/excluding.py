"""Saying which questions never stand in one paper.

It is said of questions and frozen with the next release as pairs of versions: a sitting
that was announced, and proven, draws from what its release was signed with.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.errors import NoReason, NotTwoQuestions
from exams.models import Exclusion, Item, ItemVersion


@transaction.atomic
def exclude_items(
    one: Item, other: Item, *, reason: str, by: User, at: datetime
) -> Exclusion:
    """Keep two questions apart from the next release on; apart already, they keep their
    first reason. Raises ``NotTwoQuestions`` or ``NoReason``."""
    if one == other:
        raise NotTwoQuestions
    if not (reason := reason.strip()):
        raise NoReason
    first, second = sorted((one, other), key=lambda item: item.pk)
    exclusion, is_new = Exclusion.objects.get_or_create(
        one=first, other=second, defaults={"reason": reason, "by": by, "at": at}
    )
    if is_new:
        record("items.excluded", first, by=by, other=second.code, reason=reason)
    return exclusion


@transaction.atomic
def lift_exclusion(exclusion: Exclusion, *, by: User) -> None:
    """Let the two stand in one paper again, from the next release on; let so already,
    nothing is done."""
    deleted, _each = Exclusion.objects.filter(pk=exclusion.pk).delete()
    if deleted:
        facts = {"other": exclusion.other.code, "reason": exclusion.reason}
        record("items.exclusion-lifted", exclusion.one, by=by, **facts)


def exclusions_among(versions: Iterable[ItemVersion]) -> list[list[int]]:
    """Return the pairs of these versions that must be kept apart. One query."""
    held = {version.item_id: version.pk for version in versions}
    pairs = Exclusion.objects.order_by("one", "other").values_list("one", "other")
    return [
        [held[one], held[other]]
        for one, other in pairs
        if one in held and other in held
    ]
