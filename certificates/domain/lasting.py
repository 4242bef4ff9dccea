"""For how many years certificates are good: ours to set, for the Measures name none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

import measures
from accounts.models import User
from certificates.errors import NotTheRegion, ReasonForValidityMissing
from certificates.models import Validity
from certificates.permissions import can_set_validity
from core.audit import record
from core.models import LogEntry
from divisions.enums import Level

# Ours: the Measures name no period (facts.md 8, attested "assumed").
VALID_MONTHS = 36
SET, LIFTED = "validity.set", "validity.lifted"
EVERY = ""


@transaction.atomic
def set_validity(
    post_level: str,
    edition_code: str,
    *,
    years: int | None,
    reason: str,
    by: User,
) -> Validity | None:
    """Say for how many years certificates of a level, examined under an edition, are
    good from now on; "" is every one, ``years`` None leaves it to what holds for more.

    What is issued already keeps its end. The same again changes nothing. Raises
    ``NotTheRegion`` or ``ReasonForValidityMissing``.
    """
    if not can_set_validity(by):
        raise NotTheRegion
    if not reason.strip():
        raise ReasonForValidityMissing
    held = (
        Validity.objects.select_for_update()
        .filter(post_level=post_level, edition_code=edition_code)
        .first()
    )
    before = held.months if held else None
    after = None if years is None else years * 12
    if before == after:
        return held
    told = {
        "level": post_level,
        "edition": edition_code,
        "before": before,
        "after": after,
        "reason": reason.strip(),
    }
    if after is None:
        record(LIFTED, held, by=by, **told)
        held.delete()
        return None
    held, _made = Validity.objects.update_or_create(
        post_level=post_level, edition_code=edition_code, defaults={"months": after}
    )
    record(SET, held, by=by, **told)
    return held


def closest(rows: Iterable[Validity], post_level: str, edition_code: str) -> int:
    """The months set for this level and edition, for either, or for all: the closest
    one, and ours if none is set."""
    fits = (
        each
        for each in rows
        if each.post_level in (EVERY, post_level)
        and each.edition_code in (EVERY, edition_code)
    )
    found = max(
        fits, key=lambda each: (each.post_level, each.edition_code), default=None
    )
    return found.months if found else VALID_MONTHS


def months_for(post_level: str, edition_code: str) -> int:
    rows = Validity.objects.filter(
        post_level__in=(EVERY, post_level), edition_code__in=(EVERY, edition_code)
    )
    return closest(rows, post_level, edition_code)


@dataclass(frozen=True)
class Cell:
    """What holds for one level and edition, and whether it is said of exactly these."""

    months: int
    is_set: bool


def table_of_validity() -> list[tuple[str, list[Cell]]]:
    """Each level, "" first, with a cell for every edition, "" first; one query."""
    rows = list(Validity.objects.all())
    said = {(each.post_level, each.edition_code) for each in rows}
    editions = [EVERY, *(each.code for each in measures.editions())]
    return [
        (
            level,
            [
                Cell(closest(rows, level, code), (level, code) in said)
                for code in editions
            ],
        )
        for level in (EVERY, *Level.values)
    ]


def changes_of_validity() -> QuerySet[LogEntry]:
    """Who changed what and why, the latest first."""
    return LogEntry.objects.filter(action__in=(SET, LIFTED)).select_related("by")
