"""Workbooks of plain text: never a formula, a link or a number made of words."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter

PLAIN = {
    "in_memory": True,
    # What people typed stays what they typed: never a formula, a link or a number.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COLOURS = {"new": "#e3f1e7", "revised": "#fdf1d8", "refused": "#f9dedc"}
LONGEST_CELL = 32_767


class Book:
    """A workbook in memory with the few formats that ours use."""

    def __init__(self) -> None:
        self.buffer = BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, PLAIN)
        wrap = {"text_wrap": True, "valign": "top", "num_format": "@"}
        self.text = self.book.add_format(wrap)
        self.head = self.book.add_format(wrap | {"bold": True, "bg_color": "#eeeeee"})
        self.marked = {
            fate: self.book.add_format(wrap | {"bg_color": colour})
            for fate, colour in COLOURS.items()
        }

    def sheet(self, name: str, headings: list[tuple[str, int]]):
        sheet = self.book.add_worksheet(name)
        for column, (heading, width) in enumerate(headings):
            sheet.set_column(column, column, width, self.text)
            sheet.write_string(0, column, heading, self.head)
        sheet.freeze_panes(1, 0)
        return sheet

    def row(self, sheet, at: int, cells: Iterable[str], mark: str = "") -> None:
        for column, cell in enumerate(cells):
            look = self.marked.get(mark, self.text)
            sheet.write_string(at, column, cell[:LONGEST_CELL], look)

    def bytes(self) -> bytes:
        self.book.close()
        return self.buffer.getvalue()
