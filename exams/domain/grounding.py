"""Holding questions against what they cite, when that changes.

A version keeps a mark of the sections it cites and of its edition, as they read when
it was written or last confirmed. When they read otherwise, it is stale: it enters no
new release until an author has confirmed or rewritten it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from django.db import transaction

import measures
from accounts.models import User
from core.audit import record
from exams.models import Grounding, Item, ItemVersion


def mark_of(version: ItemVersion) -> str:
    return mark_for(version.edition, tuple(version.cites))


@lru_cache(maxsize=2048)
def mark_for(edition_code: str, cites: tuple[str, ...]) -> str:
    """A mark of what these citations say, in that edition."""
    said = [
        (clause.code, clause.text.zh, clause.attested)
        for clause in measures.clauses()
        if clause.citation in cites and clause.holds_in(edition_code)
    ]
    known = [each for each in measures.editions() if each.code == edition_code]
    terms = [
        [str(each.since), str(each.until), each.standards, changes_of(each)]
        for each in known
    ]
    text = json.dumps([terms, said], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def changes_of(edition: measures.Edition) -> list[str]:
    return [change.zh for change in edition.changes]


def stale_among(versions: Iterable[ItemVersion]) -> list[ItemVersion]:
    """Keep the versions whose sections or edition read otherwise than when they were
    last held against them."""
    versions = list(versions)
    marks = dict(
        Grounding.objects.filter(version__in=versions)
        .order_by("pk")
        .values_list("version", "mark")
    )
    return [each for each in versions if marks.get(each.pk) != mark_of(each)]


@transaction.atomic
def ground_version(
    version: ItemVersion, *, by: User | None, at: datetime
) -> Grounding | None:
    """Say that ``version`` is right by its sections as they read now; None if that
    was said already."""
    item = Item.objects.select_for_update().get(pk=version.item_id)
    if not stale_among([version]):
        return None
    is_first = not version.groundings.exists()
    made = Grounding.objects.create(
        version=version, mark=mark_of(version), by=by, at=at
    )
    if not is_first:
        record("item.confirmed", item, by=by, version=version.number)
    return made


def first_clause(citation: str) -> str:
    """Return the code of the first statement that stands there; none, nothing."""
    return first_clauses().get(citation, "")


@lru_cache(maxsize=1)
def first_clauses() -> dict[str, str]:
    return {each.citation: each.code for each in reversed(measures.clauses())}


def sections_of(version: ItemVersion) -> list[measures.Clause]:
    """What a question cites of the interpretation, as it reads now."""
    return [each for each in measures.clauses() if each.citation in version.cites]
