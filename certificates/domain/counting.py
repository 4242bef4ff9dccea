"""Counting what strangers verify, without a trace of who they are."""

from collections import defaultdict
from datetime import date
from random import randrange

from django.db.models import Sum

from certificates.models import LookupCount
from core.prepared import preparing_cursor

# Rows per day and outcome: two who count at once seldom meet.
SHARDS = 8
UNKNOWN, BRAKED = "unknown", "braked"
# In SQL, since it is said with every look-up and the ORM has no "insert or add".
ONE_MORE = """
    INSERT INTO certificates_lookupcount AS kept (day, outcome, shard, count)
    VALUES (%s, %s, %s, 1)
    ON CONFLICT (day, outcome, shard) DO UPDATE SET count = kept.count + 1
"""


def count_lookup(outcome: str, *, on: date) -> None:
    """One more was told ``outcome``: a state, unknown, or to come back later."""
    with preparing_cursor() as cursor:
        cursor.execute(ONE_MORE, [on, outcome, randrange(SHARDS)])


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
