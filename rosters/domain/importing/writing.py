"""The template to fill in, and a file back with every row's fate."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.workbooks.writing import Book

from .intakes import Intake
from .taking_in import Preview


def write_template(intake: Intake) -> bytes:
    """An empty form whose columns are text, and a sheet of advice."""
    book = Book()
    headings = [(str(each.heading), each.width) for each in intake.columns]
    book.sheet(str(intake.title), headings)
    advice = book.sheet(_("How to fill in"), [(_("Column"), 18), (_("Advice"), 70)])
    for at, each in enumerate(intake.columns, start=1):
        needed = "" if each.is_needed else _(" (optional)")
        book.row(advice, at, (f"{each.heading}{needed}", str(each.advice)))
    rules = (
        _("One row for each person; at most 20,000 rows."),
        _("No formulas, no macros, no merged cells."),
        _("The same file again changes nothing."),
    )
    for at, rule in enumerate(rules, start=len(intake.columns) + 2):
        book.row(advice, at, ("", rule))
    return book.bytes()


def write_outcome(preview: Preview) -> bytes:
    """The rows as they came, behind what becomes of each and why; it can be mended
    and sent again."""
    book = Book()
    columns = preview.upload.intake.columns
    own = [(_("Row"), 6), (_("Outcome"), 10), (_("Reason"), 60)]
    headings = own + [(str(each.heading), each.width) for each in columns]
    sheet = book.sheet(str(preview.upload.intake.title), headings)
    for at, verdict in enumerate(preview.verdicts, start=1):
        entry = verdict.entry
        told = (str(entry.row), str(verdict.fate.label), "\n".join(verdict.reasons))
        cells = [entry.values.get(each.field, "") for each in columns]
        book.row(sheet, at, (*told, *cells), mark=verdict.fate.value)
    return book.bytes()
