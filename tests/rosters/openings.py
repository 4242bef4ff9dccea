"""Days and leavings for the tests of seats that open."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from rosters.enums import Leaving
from rosters.models import Assignment

TODAY = date(2026, 6, 1)
EARLIER = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)


def morning(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 6, 20))


def leave(held, on, leaving=Leaving.RESIGNED):
    """As if it had been set long ago: nothing is announced."""
    Assignment.objects.filter(pk=held.pk).update(until=on, leaving=leaving)
