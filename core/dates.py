"""Calendar arithmetic that people expect."""

from calendar import monthrange
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator

# What may be asked about: the register began in 2014, and whoever types the year 9999
# has mistyped it. Reckoning some years to and fro stays within a calendar.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
WITHIN_REACH = (MinValueValidator(EARLIEST), MaxValueValidator(LATEST))


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
