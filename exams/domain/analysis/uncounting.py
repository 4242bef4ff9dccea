"""Taking attempts out of the sums again, exactly as they were put in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.db.models import Model

from exams.models import CohortItem, CohortPaper, CountedAttempt, Sitting

from .counting import locked_tally
from .keeping import CohortRows, rows_of, stored_among, write_rows
from .sheets import sheets_of
from .sums import Place, sums_of


@transaction.atomic
def uncount_attempts(sitting: Sitting, keys: Collection[int], *, at: datetime) -> int:
    """Take these attempts out of the sums; return how many were in them.

    Called before an attempt is marked otherwise: what it adds is read from its answers
    as they still are. ``count_finished`` puts it in again.
    """
    tally = locked_tally(sitting)
    counted = CountedAttempt.objects.filter(attempt__in=keys)
    keys = list(counted.values_list("attempt", flat=True))
    if not keys:
        return 0
    sums = sums_of(sheets_of(keys))
    rows = {place: rows_of(sitting, place, each) for place, each in sums.rolled_up()}
    take_out(rows, stored_among(sitting, rows))
    counted.delete()
    tally.revision += 1
    tally.counted_at = at
    tally.save()
    return len(keys)


def take_out(rows: dict[Place, CohortRows], stored: list[Model]) -> None:
    """Write what is kept without ``rows``; what comes to nothing is deleted."""
    kept: dict[Place, CohortRows] = {}
    for row in stored:
        place = (row.month, row.cohort)
        if not (gone := rows.get(place)):
            continue
        left = kept.setdefault(place, CohortRows(paper=None, items={}))
        if isinstance(row, CohortPaper):
            left.paper = paper_without(row, gone.paper)
        elif row.version_id in gone.items and (
            other := item_without(row, gone.items[row.version_id])
        ):
            left.items[row.version_id] = other
    write_rows(kept.values())


def paper_without(row: CohortPaper, gone: CohortPaper) -> CohortPaper | None:
    row.scores = counts_without(row.scores, gone.scores)
    if not row.scores:
        row.delete()
        return None
    row.passed -= gone.passed
    row.errors = str(Fraction(row.errors) - Fraction(gone.errors))
    return row


def item_without(row: CohortItem, gone: CohortItem) -> CohortItem | None:
    row.count -= gone.count
    row.right -= gone.right
    if not row.count:
        row.delete()
        return None
    for name in ("joint", "chosen", "seconds"):
        setattr(row, name, counts_without(getattr(row, name), getattr(gone, name)))
    # Points may add up to nothing while somebody has still chosen the option.
    row.rest = {key: row.rest[key] - gone.rest.get(key, 0) for key in row.chosen}
    return row


def counts_without(counts: dict[str, int], gone: dict[str, int]) -> dict[str, int]:
    left = {key: count - gone.get(key, 0) for key, count in counts.items()}
    return {key: count for key, count in left.items() if count}
