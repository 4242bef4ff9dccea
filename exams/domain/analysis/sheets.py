"""Marked attempts read as the sheets that sums are made of."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from exams.domain.keying import keyed
from exams.domain.marking import points_for
from exams.domain.scripts import points_by_hand
from exams.enums import CHOSEN
from exams.models import (
    AnswerEvent,
    AnswerNow,
    Attempt,
    ItemVersion,
    KeyRevision,
    Question,
)

from .sums import Given, Sheet

BATCH = 500
# Up to a minute by the second, up to five by five, then by thirty, to an hour.
STEPS = ((60, 1), (300, 5), (3600, 30))

Delivery = tuple[int, datetime]


def sheets_of(attempts: Sequence[int]) -> Iterator[Sheet]:
    """Read the attempts of these keys, a few hundred at a time."""
    versions: dict[int, ItemVersion] = {}
    revisions: dict[int, KeyRevision] = {}
    for first in range(0, len(attempts), BATCH):
        keys = attempts[first : first + BATCH]
        answers = answers_of(keys)
        deliveries = deliveries_of(keys)
        attempts_here = list(attempts_of(keys))
        by_hand = points_by_hand(attempts_here)
        for attempt in attempts_here:
            questions = attempt.questions
            wanted = {question.version for question in questions}
            if missing := wanted - versions.keys():
                versions |= ItemVersion.objects.in_bulk(missing)
            marked_by = keyed(versions, attempt.keys, revisions)
            times = seconds_spent(attempt.started_at, deliveries[attempt.pk])
            values = answers[attempt.pk]
            given = tuple(
                given_to(
                    question,
                    marked_by[question.version],
                    values.get(question.no),
                    times.get(question.no),
                    by_hand[attempt.pk].get(question.no),
                )
                for question in questions
            )
            yield sheet_of(attempt, given)


def attempts_of(keys: Iterable[int]):
    fields = ("paper", "keys", "division_code", "started_at", "finished_at", "passed")
    return Attempt.objects.filter(pk__in=keys).only(*fields, "max_score")


def answers_of(keys: Iterable[int]) -> dict[int, dict[int, object]]:
    found: dict[int, dict[int, object]] = defaultdict(dict)
    # As text: of a million answers nearly all are among a few hundred.
    rows = AnswerNow.objects.filter(attempt__in=keys, value__isnull=False).order_by()
    texts = rows.values_list("attempt", "item_no", Cast("value", TextField()))
    for attempt, number, text in texts:
        found[attempt][number] = value_in(text)
    return found


@lru_cache(maxsize=4096)
def value_in(text: str) -> object:
    return json.loads(text)


def deliveries_of(keys: Iterable[int]) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = defaultdict(list)
    rows = AnswerEvent.objects.filter(attempt__in=keys).order_by("at", "pk")
    for attempt, number, at in rows.values_list("attempt", "item_no", "at"):
        found[attempt].append((number, at))
    return found


def sheet_of(attempt: Attempt, given: tuple[Given, ...]) -> Sheet:
    return Sheet(
        month=timezone.localdate(attempt.finished_at).replace(day=1),
        place=attempt.division_code,
        passed=bool(attempt.passed),
        score=sum(each.earned for each in given),
        out_of=attempt.max_score * 100,
        answers=given,
    )


def given_to(
    question: Question,
    version: ItemVersion,
    value: object,
    seconds: int | None,
    by_hand: Decimal | None = None,
) -> Given:
    chosen = None
    if question.kind in CHOSEN:
        chosen = tuple(question.order[shown] for shown in value or ())
    return Given(
        version=question.version,
        points=question.points * 100,
        earned=int(points_for(question, version, value, by_hand) * 100),
        answered=value is not None,
        chosen=chosen,
        seconds=seconds,
    )


def seconds_spent(started_at: datetime, deliveries: list[Delivery]) -> dict[int, int]:
    """Return how long each question took: what passed before each delivery of its
    answer, since the delivery before.

    When several questions arrive at once, after a time without network, nobody knows
    how the time was shared among them: they have no time then.
    """
    spent: Counter = Counter()
    unknown: set[int] = set()
    before = started_at
    for at, together in groupby(deliveries, key=itemgetter(1)):
        numbers = {number for number, _at in together}
        if len(numbers) == 1:
            spent[numbers.pop()] += (at - before).total_seconds()
        else:
            unknown |= numbers
        before = at
    return {no: stepped(time) for no, time in spent.items() if no not in unknown}


def stepped(seconds: float) -> int:
    """Whole seconds, in wider steps where a second tells nothing."""
    for limit, step in STEPS:
        if seconds < limit:
            return int(seconds // step * step)
    return STEPS[-1][0]
