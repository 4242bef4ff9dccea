"""The first sheet of an Excel workbook as rows of text, and what stands in its way."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from core.errors import Refused

from .archives import Archive
from .markup import local, read_tree
from .refusals import TooManyRows, Unreadable
from .signs import clean, plain_number

# No form of ours has half as many columns.
MOST_COLUMNS = 100
# A title and some advice may stand above the headings.
ROWS_BESIDES = 20
BOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
MACROS = "vbaproject.bin"
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Row:
    """``number`` is Excel's own; ``faults`` name the cells that say nothing, ``dates``
    the columns, from 1, that Excel keeps as dates."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[str, ...] = ()
    dates: tuple[int, ...] = ()

    @property
    def date_faults(self) -> list[str]:
        """For a form without dates: Excel has made them of something else."""
        return [
            _(
                "Excel has made a date of cell %(cell)s; set it to text and write it "
                "again"
            )
            % {"cell": cell_name(self.number, column)}
            for column in self.dates
        ]


def rows_of(
    body: bytes, *, most: int, too_many: type[Refused] = TooManyRows
) -> list[Row]:
    """Return the rows of the first sheet that is shown, blank ones left out.

    Raises ``Unreadable``, or ``too_many`` beyond ``most`` rows.
    """
    archive = Archive(body)
    refuse_macros(archive)
    place = first_shown(body)
    faults = cell_faults(archive.read(sheet_path(archive, place)), most, too_many)
    try:
        table = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(place)
        rows = table.to_python(skip_empty_area=False)
    except CalamineError as fault:
        raise Unreadable(reason=_("it is not a sound Excel workbook")) from fault
    found = []
    for number, values in enumerate(rows, start=1):
        cells = tuple(map(text_of, values))
        wrong = tuple(faults.get(number, ()))
        if wrong or any(cells):
            found.append(Row(number, cells, wrong, dated(values)))
    return found


def refuse_macros(archive: Archive) -> None:
    if any(name.lower().endswith(MACROS) for name in archive):
        reason = _("it carries macros; save it as .xlsx without them")
        raise Unreadable(reason=reason)


def first_shown(body: bytes) -> int:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(body))
    except CalamineError as fault:
        raise Unreadable(reason=_("it is not a sound Excel workbook")) from fault
    for place, sheet in enumerate(book.sheets_metadata):
        if sheet.visible == SheetVisibleEnum.Visible:
            return place
    raise Unreadable(reason=_("its workbook has no sheet"))


def sheet_path(archive: Archive, place: int) -> str:
    """Return where the sheet's own XML lies: the order is that of the workbook."""
    if BOOK not in archive or LINKS not in archive:
        raise Unreadable(reason=_("it is not a sound Excel workbook"))
    sheets = [e for e in read_tree(archive.read(BOOK)).iter() if local(e) == "sheet"]
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in read_tree(archive.read(LINKS))
    }
    target = targets.get(sheets[place].get(RELATED), "") if place < len(sheets) else ""
    path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    if path not in archive:
        raise Unreadable(reason=_("it is not a sound Excel workbook"))
    return path


def cell_faults(
    sheet: bytes, most: int, too_many: type[Refused]
) -> dict[int, list[str]]:
    """Return, by row, the cells that hold formulas or are merged with others.

    The sheet is sized up here too: one value in its farthest cell would make a dense
    table of it larger than any memory.
    """
    faults: dict[int, list[str]] = defaultdict(list)
    row = column = 0
    try:
        events = iterparse(BytesIO(sheet), events=("start", "end"), forbid_dtd=True)
        for event, element in events:
            name = local(element)
            if event == "start" and name == "row":
                row, column = int(element.get("r") or row + 1), 0
            elif event == "start" and name == "c":
                row, column = place_of(element.get("r"), row, column + 1)
            elif event == "end" and name in ("v", "is", "f"):
                if row > most + ROWS_BESIDES:
                    raise too_many(limit=most)
                refuse_far_column(column)
                if name == "f":
                    faults[row].append(formula_fault(row, column))
            elif event == "end" and name == "row":
                element.clear()
            elif event == "end" and name == "mergeCell":
                add_merged(element.get("ref", ""), faults, most)
    except (DefusedXmlException, ParseError, ValueError) as fault:
        raise Unreadable(reason=_("it is not a sound Excel workbook")) from fault
    return faults


def add_merged(reference: str, faults: dict[int, list[str]], most: int) -> None:
    """Of merged cells only the first has a value: the others would read as empty."""
    first, _colon, last = reference.partition(":")
    top, _column = place_of(first, 0, 0)
    bottom, _column = place_of(last or first, 0, 0)
    for row in range(top, min(bottom, most + ROWS_BESIDES) + 1):
        faults[row].append(
            _("the cells %(cells)s are merged; give every row its own value")
            % {"cells": reference}
        )


def place_of(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Return a cell's row and column; some writers do not say and only count."""
    found = REFERENCE.fullmatch(reference or "")
    if not found:
        return row, column
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return int(found[2]), place


def refuse_far_column(column: int) -> None:
    if column > MOST_COLUMNS:
        raise Unreadable(reason=_("its sheet has too many columns"))


def formula_fault(row: int, column: int) -> str:
    return _("cell %(cell)s holds a formula; write its value instead") % {
        "cell": cell_name(row, column)
    }


def dated(values: list) -> tuple[int, ...]:
    return tuple(
        column
        for column, value in enumerate(values, start=1)
        if isinstance(value, date | datetime | time | timedelta)
    )


def cell_name(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def text_of(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return plain_number(Decimal(repr(value)))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return clean(str(value))
