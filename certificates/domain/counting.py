"""Counting what strangers verify, without a trace of who they are."""

from collections import defaultdict
from datetime import date
from random import randrange

from django.db.models import F, Sum

from certificates.models import LookupCount

# Rows per day and outcome: two who count at once seldom meet.
SHARDS = 8
UNKNOWN, BRAKED = "unknown", "braked"


def count_lookup(outcome: str, *, on: date) -> None:
    """One more was told ``outcome``: a state, unknown, or to come back later."""
    row = {"day": on, "outcome": outcome, "shard": randrange(SHARDS)}
    if LookupCount.objects.filter(**row).update(count=F("count") + 1):
        return
    LookupCount.objects.get_or_create(**row)
    LookupCount.objects.filter(**row).update(count=F("count") + 1)


def lookups_by_day(*, since: date) -> dict[date, dict[str, int]]:
    """The counts of every day from ``since`` on, the latest first."""
    sums = (
        LookupCount.objects.filter(day__gte=since)
        .values_list("day", "outcome")
        .annotate(total=Sum("count"))
        .order_by("-day")
    )
    days: dict[date, dict[str, int]] = defaultdict(dict)
    for day, outcome, total in sums:
        days[day][outcome] = total
    return dict(days)
