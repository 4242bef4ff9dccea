"""Recounting a sitting from nothing, to hold what was summed up on the way to it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from core.audit import record
from divisions.enums import CODE_LENGTH
from exams.enums import State
from exams.errors import StillCounting
from exams.models import (
    Attempt,
    CohortItem,
    CohortPaper,
    CountedAttempt,
    Sitting,
    Tally,
)

from .counting import count_finished, locked_tally
from .keeping import CohortRows, differing, rows_of, stored_rows, write_rows
from .sheets import sheets_of
from .sums import Place, SittingSums, sums_of

TRIES = 5
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recount:
    """How many attempts were recounted, and how many rows had to be put right; where
    nothing had been counted before, there is nothing to be wrong."""

    attempts: int
    differences: int


def recount_sitting(sitting: Sitting, *, at: datetime) -> Recount:
    """Sum every counted attempt up anew and put right what differs.

    The long part reads only: nobody waits for it. Raises ``StillCounting`` if
    attempts were being counted all the while.
    """
    for _attempt in range(TRIES):
        if is_begun(sitting):
            count_finished(sitting, at=at)
        revision = revision_of(sitting)
        keys = keys_to_recount(sitting)
        sums = sums_of(sheets_of(keys))
        if recount := settle(sitting, keys, sums, revision=revision, at=at):
            return recount
    raise StillCounting


def recount_all(*, at: datetime) -> dict[str, int]:
    """Recount the sittings that were counted since their last recount, or never were;
    return by sitting how many rows were wrong."""
    return {
        str(sitting.pk): recount_sitting(sitting, at=at).differences
        for sitting in sittings_to_recount()
    }


def doubt_sums(*, before: str, after: str) -> int:
    """A division has another code; return how many sittings are to be recounted for it.

    Its own sums went along. When it also came under another division, those above it
    still hold its people, and the new ones do not.
    """
    if above(before) == above(after):
        return 0
    moved = Attempt.objects.within(after).order_by().values("sitting")
    return Tally.objects.filter(sitting__in=moved).update(recounted_at=None)


def above(code: str) -> str:
    return max((code[:n] for n in CODE_LENGTH.values() if n < len(code)), default="")


def sittings_to_recount() -> QuerySet[Sitting]:
    moved = Q(tally__recounted_at=None) | Q(
        tally__counted_at__gt=F("tally__recounted_at")
    )
    outstanding = Attempt.objects.filter(
        sitting=OuterRef("pk"), state=State.MARKED, counted=None
    )
    any_marked = Attempt.objects.filter(sitting=OuterRef("pk"), state=State.MARKED)
    return Sitting.objects.filter(Exists(outstanding) | moved & Exists(any_marked))


def is_begun(sitting: Sitting) -> bool:
    return CountedAttempt.objects.filter(attempt__sitting=sitting).exists()


def revision_of(sitting: Sitting) -> int:
    tally = Tally.objects.filter(sitting=sitting).first()
    return tally.revision if tally else 0


def keys_to_recount(sitting: Sitting) -> list[int]:
    """The attempts counted so far; before any is, all that are marked."""
    attempts = Attempt.objects.filter(sitting=sitting, state=State.MARKED)
    if is_begun(sitting):
        attempts = attempts.exclude(counted=None)
    return list(attempts.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def settle(
    sitting: Sitting,
    keys: list[int],
    sums: SittingSums,
    *,
    revision: int,
    at: datetime,
) -> Recount | None:
    """Write what differs; None if the sums have moved on since ``revision``."""
    tally = locked_tally(sitting)
    if tally.revision != revision:
        return None
    is_first = not is_begun(sitting)
    if is_first:
        CountedAttempt.objects.bulk_create(
            [CountedAttempt(attempt_id=key) for key in keys], batch_size=1000
        )
    wrong = put_right(sitting, sums)
    tally.revision += bool(wrong)
    tally.counted_at = tally.counted_at or at
    tally.recounted_at = at
    tally.differences = 0 if is_first else wrong
    tally.save()
    if tally.differences:
        log.error("Statistics of sitting %s differed in %s rows", sitting.pk, wrong)
        record("statistics.corrected", sitting, by=None, rows=wrong)
    return Recount(len(keys), tally.differences)


def put_right(sitting: Sitting, sums: SittingSums) -> int:
    """Make the rows kept say what ``sums`` says; return how many did not."""
    wrong = 0
    places: set[Place] = set()
    for place, cohort in sums.rolled_up():
        places.add(place)
        stored = stored_rows(sitting, place)
        fresh = rows_of(sitting, place, cohort)
        others = differing(fresh, stored)
        write_rows([others])
        wrong += len(others) + delete_surplus(fresh, stored)
    return wrong + delete_strays(sitting, places)


def delete_surplus(fresh: CohortRows, stored: CohortRows) -> int:
    surplus = [r.pk for v, r in stored.items.items() if v not in fresh.items]
    return deleted(CohortItem, surplus)


def delete_strays(sitting: Sitting, places: set[Place]) -> int:
    """Delete rows of places where nobody sat."""
    wrong = 0
    for model in (CohortPaper, CohortItem):
        rows = model.objects.filter(sitting=sitting)
        strays = [
            pk
            for pk, month, cohort in rows.values_list("pk", "month", "cohort")
            if (month, cohort) not in places
        ]
        wrong += deleted(model, strays)
    return wrong


def deleted(model: type[Model], keys: list[int]) -> int:
    if keys:
        model.objects.filter(pk__in=keys).delete()
    return len(keys)
