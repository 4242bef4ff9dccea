"""Marked attempts read as the sheets that sums are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.utils import timezone

from exams.domain.marking import points_for
from exams.enums import CHOSEN
from exams.models import AnswerEvent, AnswerNow, Attempt, ItemVersion, Question

from .sums import Given, Sheet

BATCH = 500
# Up to a minute by the second, up to five by five, then by thirty, to an hour.
STEPS = ((60, 1), (300, 5), (3600, 30))

Delivery = tuple[int, datetime]


def sheets_of(attempts: Sequence[int]) -> Iterator[Sheet]:
    """Read the attempts of these keys, a few hundred at a time."""
    versions: dict[int, ItemVersion] = {}
    for first in range(0, len(attempts), BATCH):
        keys = attempts[first : first + BATCH]
        answers = answers_of(keys)
        deliveries = deliveries_of(keys)
        for attempt in attempts_of(keys):
            wanted = {question.version for question in attempt.questions}
            if missing := wanted - versions.keys():
                versions |= ItemVersion.objects.in_bulk(missing)
            yield sheet_of(
                attempt, versions, answers[attempt.pk], deliveries[attempt.pk]
            )


def attempts_of(keys: Iterable[int]):
    fields = ("paper", "division_code", "started_at", "finished_at", "passed")
    return Attempt.objects.filter(pk__in=keys).only(*fields, "max_score")


def answers_of(keys: Iterable[int]) -> dict[int, dict[int, object]]:
    found: dict[int, dict[int, object]] = defaultdict(dict)
    rows = AnswerNow.objects.filter(attempt__in=keys).order_by()
    for attempt, number, value in rows.values_list("attempt", "item_no", "value"):
        found[attempt][number] = value
    return found


def deliveries_of(keys: Iterable[int]) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = defaultdict(list)
    rows = AnswerEvent.objects.filter(attempt__in=keys).order_by("at", "pk")
    for attempt, number, at in rows.values_list("attempt", "item_no", "at"):
        found[attempt].append((number, at))
    return found


def sheet_of(
    attempt: Attempt,
    versions: dict[int, ItemVersion],
    values: dict[int, object],
    deliveries: list[Delivery],
) -> Sheet:
    times = seconds_spent(attempt.started_at, deliveries)
    answers = tuple(
        given_to(
            question,
            versions[question.version],
            values.get(question.no),
            times.get(question.no),
        )
        for question in attempt.questions
    )
    return Sheet(
        month=timezone.localdate(attempt.finished_at).replace(day=1),
        place=attempt.division_code,
        passed=bool(attempt.passed),
        score=sum(given.earned for given in answers),
        out_of=attempt.max_score * 100,
        answers=answers,
    )


def given_to(
    question: Question, version: ItemVersion, value: object, seconds: int | None
) -> Given:
    chosen = None
    if question.kind in CHOSEN:
        chosen = tuple(question.order[shown] for shown in value or ())
    return Given(
        version=question.version,
        points=question.points * 100,
        earned=int(points_for(question, version, value) * 100),
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
