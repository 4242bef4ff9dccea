"""Faults as a workbook that an office hands on, with its unit, day and signature."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.workbooks.writing import Book
from households.models import Fault, FaultQuerySet

AT_A_TIME = 2000


def write_faults(faults: FaultQuerySet, *, office: str, made: date) -> bytes:
    """One fault a row, in the order of the households; one statement for all."""
    book = Book()
    sheet = book.sheet(_("Faults in the register"), headings())
    at = 0
    for at, fault in enumerate(faults.iterator(chunk_size=AT_A_TIME), start=1):
        book.row(sheet, at, cells_of(fault))
    foot = _("Signed: ____________   Checked: ____________   Made on: %(day)s")
    told = {"day": date_format(made)}
    book.row(sheet, at + 2, [_("Filled in by"), office])
    book.row(sheet, at + 3, [foot % told])
    return book.bytes()


def headings() -> list[tuple[str, int]]:
    return [
        (_("Place"), 34),
        (pgettext("household", "Code"), 22),
        (_("Head"), 14),
        (_("Whose"), 14),
        (_("Rule"), 8),
        (pgettext("cleaning", "Class"), 16),
        (_("How grave"), 8),
        (_("What the rule asks"), 34),
        (pgettext("cleaning", "Reason"), 44),
        (_("Field to correct"), 18),
        (_("First seen on"), 14),
        (_("Last seen on"), 14),
    ]


def cells_of(fault: Fault) -> list[str]:
    return [
        fault.division.full_name,
        fault.household.code,
        fault.household.head_name,
        fault.member.name if fault.member else "",
        fault.code,
        fault.class_name,
        fault.severity_name,
        fault.rule_name,
        fault.reason,
        fault.field_name,
        fault.found_on.isoformat(),
        fault.seen_on.isoformat(),
    ]
