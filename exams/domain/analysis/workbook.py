"""What the pages show, as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

PLAIN = {
    "in_memory": True,
    # What authors typed stays what they typed: never a formula or a link.
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
LONGEST_NAME = 31
WIDE, NARROW = 36, 14
PERCENT, FIGURE, WHOLE = "0.00%", "0.000", "0"

Value = str | int | float | None


@dataclass(frozen=True)
class Column:
    """``look`` is a number format; without one the column holds words."""

    heading: str
    look: str = ""


@dataclass(frozen=True)
class Table:
    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def workbook_of(tables: Iterable[Table]) -> bytes:
    """Return a workbook with a sheet for each table; what is unknown stays empty."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        head = book.add_format({"bold": True, "bg_color": "#eeeeee", "text_wrap": True})
        words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        looks = {
            look: book.add_format({"num_format": look, "valign": "top"})
            for look in (PERCENT, FIGURE, WHOLE)
        }
        for table in tables:
            sheet = book.add_worksheet(table.name[:LONGEST_NAME])
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, NARROW if column.look else WIDE)
                sheet.write_string(0, place, column.heading, head)
            for line, row in enumerate(table.rows, start=1):
                for place, value in enumerate(row):
                    look = looks.get(table.columns[place].look, words)
                    write(sheet, line, place, value, look)
    return buffer.getvalue()


def write(sheet, line: int, place: int, value: Value, look) -> None:
    if isinstance(value, str):
        sheet.write_string(line, place, value, look)
    elif value is not None:
        sheet.write_number(line, place, value, look)
