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
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
# A sheet with more has been laid out for the eye; each is told with all its rows.
MOST_MERGES = 200
# Excel keeps fifteen digits of a number and writes noughts for the rest.
EXACT_BELOW = 10**15
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Row:
    """``number`` is Excel's own; ``faults`` name the cells that say nothing; then the
    columns, from 1, that Excel keeps as ``dates``, and whose number it has ``cut``."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[str, ...] = ()
    dates: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()

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

    @property
    def cut_faults(self) -> list[str]:
        return [
            _(
                "Excel has cut the number in cell %(cell)s; set it to text and write "
                "it again"
            )
            % {"cell": cell_name(self.number, column)}
            for column in self.cut
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
    faults = faults_in(archive.read(sheet_path(archive, place)), most, too_many)
    try:
        table = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(place)
        rows = table.to_python(skip_empty_area=False)
    except CalamineError as fault:
        raise Unreadable(reason=_("it is not a sound Excel workbook")) from fault
    found = []
    for number, values in enumerate(rows, start=1):
        cells = tuple(map(text_of, values))
        wrong = faults.of(number)
        if wrong or any(cells):
            found.append(Row(number, cells, wrong, dated(values), cut(values)))
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


@dataclass
class Faults:
    """The cells that hold formulas, by row, and those that are merged with others: of
    them only the first has a value, and the others would read as empty."""

    formulas: dict[int, list[str]]
    merges: list[tuple[int, int, str]]

    def of(self, row: int) -> tuple[str, ...]:
        merged = (
            _("the cells %(cells)s are merged; give every row its own value")
            % {"cells": reference}
            for top, bottom, reference in self.merges
            if top <= row <= bottom
        )
        return (*self.formulas.get(row, ()), *merged)

    def add_merge(self, reference: str) -> None:
        if len(self.merges) == MOST_MERGES:
            raise Unreadable(reason=_("too many of its cells are merged"))
        first, _colon, last = reference.partition(":")
        top, _column = place_of(first, 0, 0)
        bottom, _column = place_of(last or first, 0, 0)
        self.merges.append((top, bottom, reference))


def faults_in(sheet: bytes, most: int, too_many: type[Refused]) -> Faults:
    """Return the cells that do not say what they hold.

    The sheet is sized up here too: one value in its farthest cell would make a dense
    table of it larger than any memory.
    """
    faults = Faults(defaultdict(list), [])
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
                    faults.formulas[row].append(formula_fault(row, column))
            elif event == "end" and name == "row":
                element.clear()
            elif event == "end" and name == "mergeCell":
                faults.add_merge(element.get("ref", ""))
    except (DefusedXmlException, ParseError, ValueError) as fault:
        raise Unreadable(reason=_("it is not a sound Excel workbook")) from fault
    return faults


def place_of(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Return a cell's row and column; some writers do not say and only count. What is
    written otherwise is refused: another reader may take it for a cell far away."""
    if reference is None:
        return row, column
    found = REFERENCE.fullmatch(reference)
    if not found:
        raise Unreadable(reason=_("it is not a sound Excel workbook"))
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


def cut(values: list) -> tuple[int, ...]:
    return tuple(
        column
        for column, value in enumerate(values, start=1)
        if isinstance(value, int | float) and abs(value) >= EXACT_BELOW
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
