"""The gap table as the office's own form in Excel: values only, never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rosters.domain.forecasting import Outlook
from rosters.domain.gaps import GapRow, GapTable
from rosters.domain.horizons import HORIZONS
from rosters.domain.quotas import Staff

PLAIN = {
    "constant_memory": True,
    # A name stays a name, whatever it begins with.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTHS = (28, *(10,) * 9)
BORDERED = {"border": 1, "valign": "vcenter"}


def headings() -> list[str]:
    return [
        pgettext("column", "Division"),
        _("Required"),
        _("In post"),
        _("Gap"),
        _("Over"),
        _("Expiring in 90 days"),
        _("On the way"),
        *(_("Gap in %(months)s months") % {"months": n} for n in HORIZONS),
    ]


def figures_of(staff: Staff, outlook: Outlook) -> list[int]:
    return [
        staff.required,
        staff.in_post,
        staff.gap,
        staff.over,
        outlook.expiring,
        outlook.pipeline,
        *outlook.forecast,
    ]


def write_gap_form(
    file: BinaryIO, table: GapTable, rows: Sequence[GapRow], *, office: str, made: date
) -> None:
    """Write ``rows`` of ``table`` into ``file``: the division's own office 本级 first,
    the sum of the whole division last. Where rows are left out, the head says so."""
    here = table.here
    book = xlsxwriter.Workbook(file, PLAIN)
    sheet = book.add_worksheet(_("Gaps"))
    form = Form(book, sheet)
    form.set_up()
    form.write_head(table, office=office, is_whole=len(rows) == len(table.rows))
    own = figures_of(here.own, own_outlook(table))
    form.write_row(_("Own post"), own, form.cell)
    for row in rows:
        form.write_row(row.division.name, figures_of(row.total, row.outlook), form.cell)
    whole = figures_of(here.total, here.outlook)
    form.write_row(_("Whole division"), whole, form.bold)
    form.write_foot(made, is_demonstration=here.is_demonstration)
    book.close()


def own_outlook(table: GapTable) -> Outlook:
    """What the whole has beyond the divisions below it."""
    below = sum((row.outlook for row in table.rows), start=Outlook())
    return table.here.outlook - below


class Form:
    """One sheet, written downwards."""

    def __init__(self, book, sheet) -> None:
        self.sheet, self.at = sheet, 0
        self.last = len(WIDTHS) - 1
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.plain = book.add_format()
        self.end = book.add_format({"align": "right"})
        self.cell = book.add_format(BORDERED)
        self.bold = book.add_format(BORDERED | {"bold": True})
        self.head = book.add_format(
            BORDERED | {"bold": True, "text_wrap": True, "align": "center"}
        )

    def set_up(self) -> None:
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(2)
        self.sheet.set_footer("&C&P / &N")

    def write_head(self, table: GapTable, *, office: str, is_whole: bool) -> None:
        title = _("Posts and gaps of poverty-alleviation informants: %(name)s") % {
            "name": table.here.division.full_name
        }
        self.sheet.merge_range(0, 0, 0, self.last, title, self.title)
        self.sheet.write_string(
            1, 0, _("Filled in by: %(office)s") % {"office": office}, self.plain
        )
        day = _("As of %(day)s · Unit: persons") % {"day": date_format(table.on)}
        if not is_whole:
            day = _("Only rows with a gap, all in the total · %(rest)s") % {"rest": day}
        self.sheet.write_string(1, self.last, day, self.end)
        for column, heading in enumerate(headings()):
            self.sheet.write_string(2, column, heading, self.head)
        self.at = 3

    def write_row(self, name: str, figures: Sequence[int], look) -> None:
        self.sheet.write_string(self.at, 0, name, look)
        for column, figure in enumerate(figures, start=1):
            self.sheet.write_number(self.at, column, figure, look)
        self.at += 1

    def write_foot(self, made: date, *, is_demonstration: bool) -> None:
        line = _("Signed: ____________   Checked: ____________   Made on: %(day)s")
        self.sheet.write_string(
            self.at + 1, 0, line % {"day": date_format(made)}, self.plain
        )
        if is_demonstration:
            note = _("The quotas in this form follow from demonstration data.")
            self.sheet.write_string(self.at + 2, 0, note, self.plain)
