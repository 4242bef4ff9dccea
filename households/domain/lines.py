"""The income lines that the region's office lays over an edition."""

from datetime import date
from decimal import Decimal

from django.db import transaction

import measures
from accounts.models import User
from core.audit import record
from households.models import ExitLine

REGION = "gx"


@transaction.atomic
def enter_exit_line(
    year: int, *, amount: Decimal, source: str, by: User | None
) -> ExitLine:
    """Set the line of ``year``; the same again changes nothing, another one counts
    from now on and leaves the former on record."""
    stands = ExitLine.objects.filter(year=year).first()
    if stands and (stands.amount, stands.source) == (amount, source):
        return stands
    line = ExitLine.objects.create(
        year=year, amount=amount, source=source, entered_by=by
    )
    record("exit-line.entered", line, by=by, year=year, amount=amount)
    return line


def law_on(on: date) -> measures.Edition:
    """The edition in force on the day, with the region's own lines laid over it.

    Raises ``measures.Unreadable`` before the first edition.
    """
    lines = [
        measures.IncomeLine(
            line.year, "exit", float(line.amount), "assumed", REGION, line.source
        )
        for line in ExitLine.objects.order_by("-pk")
    ]
    return measures.in_force(on).with_lines(*lines)
