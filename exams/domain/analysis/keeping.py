"""Sums as rows: what is kept of them in the database, and read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Model

from exams.models import CohortItem, CohortPaper, Sitting

from .sums import NO_PAPER, CohortSums, ItemSums, PaperSums, Place, same_form

ITEM_COUNTS = ("joint", "chosen", "rest", "seconds")
ITEM_FIELDS = ("count", "right", *ITEM_COUNTS)
PAPER_FIELDS = ("scores", "passed", "errors", "form")
BATCH = 500


@dataclass
class CohortRows:
    """All rows of one place and month in a sitting."""

    paper: CohortPaper | None
    items: dict[int, CohortItem]

    def __len__(self) -> int:
        return len(self.items) + (self.paper is not None)


def rows_of(sitting: Sitting, place: Place, sums: CohortSums) -> CohortRows:
    month, cohort = place
    where = {"sitting": sitting, "cohort": cohort, "month": month}
    items = {
        version: CohortItem(
            version_id=version,
            count=each.count,
            right=each.right,
            **{name: as_counts(getattr(each, name)) for name in ITEM_COUNTS},
            **where,
        )
        for version, each in sums.items.items()
    }
    return CohortRows(
        paper=CohortPaper(
            scores=as_counts(sums.paper.scores),
            passed=sums.paper.passed,
            errors=str(sums.paper.errors),
            form=sums.paper.form or "",
            **where,
        ),
        items=items,
    )


def stored_rows(sitting: Sitting, place: Place) -> CohortRows:
    """Return all that is kept of one place and month."""
    month, cohort = place
    where = {"sitting": sitting, "cohort": cohort, "month": month}
    return CohortRows(
        paper=CohortPaper.objects.filter(**where).first(),
        items={row.version_id: row for row in CohortItem.objects.filter(**where)},
    )


def stored_among(sitting: Sitting, fresh: dict[Place, CohortRows]) -> list[Model]:
    """Return what is kept where ``fresh`` has rows, in two queries."""
    months = {month for month, _cohort in fresh}
    cohorts = {cohort for _month, cohort in fresh}
    versions = {version for rows in fresh.values() for version in rows.items}
    where = {"sitting": sitting, "cohort__in": cohorts, "month__in": months}
    items = CohortItem.objects.filter(version__in=versions, **where)
    return [*CohortPaper.objects.filter(**where), *items]


def add_stored(fresh: dict[Place, CohortRows], stored: Iterable[Model]) -> None:
    """Add what is kept to the fresh rows of the same place and month."""
    for row in stored:
        rows = fresh.get((row.month, row.cohort))
        if rows is None:
            continue
        if isinstance(row, CohortPaper):
            add_paper(rows.paper, row)
        elif row.version_id in rows.items:
            add_item(rows.items[row.version_id], row)


def write_rows(cohorts: Iterable[CohortRows]) -> None:
    """Write the rows, over what is kept of them."""
    cohorts = list(cohorts)
    CohortPaper.objects.bulk_create(
        [rows.paper for rows in cohorts if rows.paper is not None],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["sitting", "cohort", "month"],
        update_fields=PAPER_FIELDS,
    )
    CohortItem.objects.bulk_create(
        [row for rows in cohorts for row in rows.items.values()],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["sitting", "version", "cohort", "month"],
        update_fields=ITEM_FIELDS,
    )


def add_item(row: CohortItem, other: CohortItem) -> None:
    row.count += other.count
    row.right += other.right
    for name in ITEM_COUNTS:
        add_counts(getattr(row, name), getattr(other, name))


def add_paper(row: CohortPaper, other: CohortPaper) -> None:
    row.passed += other.passed
    add_counts(row.scores, other.scores)
    row.errors = str(Fraction(row.errors) + Fraction(other.errors))
    row.form = same_form(row.form, other.form) or ""


def add_counts(counts: dict[str, int], others: dict[str, int]) -> None:
    for key, count in others.items():
        counts[key] = counts.get(key, 0) + count


def as_counts(counter: Counter) -> dict[str, int]:
    """Write a count down as JSON can: ``(1, 2): 3`` as ``"1,2": 3``."""
    return {
        ",".join(map(str, key)) if isinstance(key, tuple) else str(key): count
        for key, count in counter.items()
    }


def from_counts(counts: dict[str, int]) -> Counter:
    return Counter(
        {tuple(map(int, key.split(","))): count for key, count in counts.items()}
    )


def item_sums(row: CohortItem) -> ItemSums:
    return ItemSums(
        joint=from_counts(row.joint),
        chosen=from_counts(row.chosen),
        rest=from_counts(row.rest),
        seconds=Counter({int(key): count for key, count in row.seconds.items()}),
    )


def paper_sums(row: CohortPaper) -> PaperSums:
    scores = from_counts(row.scores)
    return PaperSums(
        scores=scores,
        passed=row.passed,
        errors=Fraction(row.errors),
        form=row.form if scores else NO_PAPER,
    )


def differing(fresh: CohortRows, stored: CohortRows) -> CohortRows:
    """Return the fresh rows that are kept otherwise, or not at all."""
    items = {
        version: row
        for version, row in fresh.items.items()
        if not same(row, stored.items.get(version), ITEM_FIELDS)
    }
    is_same = same(fresh.paper, stored.paper, PAPER_FIELDS)
    return CohortRows(paper=None if is_same else fresh.paper, items=items)


def same(one: Model | None, other: Model | None, fields: Iterable[str]) -> bool:
    if one is None or other is None:
        return one is other
    return all(getattr(one, name) == getattr(other, name) for name in fields)
