"""Finding questions of the bank by what they cite, their tags and how they stand.

Lists in a version are read here and not asked of the database, which each kind of
database does in its own way; a bank has some thousands of questions.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from exams.enums import WRITABLE_DRAFTS, DraftState, Standing
from exams.models import Item, ItemDraft
from exams.models.bank import ItemQuerySet

from .planning import STARTER
from .releasing import latest_release, stale_questions


@dataclass(frozen=True)
class Labels:
    """What the current versions cite and are tagged with, read once."""

    cites: dict[str, set[int]]
    tags: dict[str, set[int]]


def labels_in_use() -> Labels:
    """Return each citation and each tag with its questions. One query."""
    labels = Labels({}, {})
    rows = Item.objects.exclude(current=None).order_by()
    for pk, cites, tags in rows.values_list("pk", "current__cites", "current__tags"):
        for named, into in ((cites, labels.cites), (tags, labels.tags)):
            for name in named:
                into.setdefault(name, set()).add(pk)
    return labels


def standing_as(items: ItemQuerySet, standing: str) -> ItemQuerySet:
    """Keep the questions that stand so."""
    if standing == Standing.DRAFTED:
        return items.filter(code__in=codes_drafted(WRITABLE_DRAFTS))
    if standing == Standing.IN_REVIEW:
        return items.filter(code__in=codes_drafted((DraftState.IN_REVIEW,)))
    if standing == Standing.STALE:
        return items.filter(current__in=[each.pk for each in stale_questions()])
    if standing == Standing.RETIRED:
        return items.retired()
    release = latest_release(STARTER)
    held = release.entries.values("version") if release else []
    if standing == Standing.RELEASED:
        return items.filter(current__in=held)
    waiting = items.filter(retired_at=None).exclude(current=None)
    return waiting.exclude(current__in=held)


def codes_drafted(states: tuple[str, ...]) -> QuerySet:
    drafts = ItemDraft.objects.filter(state__in=states)
    return drafts.order_by().values("code")
