"""Sheets that other programs read otherwise than they look."""

import pytest

from core.workbooks.refusals import Unreadable
from core.workbooks.sheets import MOST_MERGES, rows_of
from tests.rosters.files import MAIN, mended, workbook

SHEET = "xl__worksheets__sheet1.xml"


def with_sheet(rows: str, rest: str = "") -> bytes:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{rest}</worksheet>'
    return mended(workbook(("姓名",)), **{SHEET: sheet.encode()})


@pytest.mark.parametrize(
    "reference", ["zz200000", "$A$1", "A01", "AAAA1", "A0", "A99999999", ""]
)
def test_a_cell_that_another_reader_finds_far_away_is_refused(reference):
    body = with_sheet(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')

    with pytest.raises(Unreadable):
        rows_of(body, most=100)


def test_cells_that_only_count_are_read():
    body = with_sheet("<row><c><v>1</v></c><c><v>2</v></c></row>")

    assert [row.cells for row in rows_of(body, most=100)] == [("1", "2")]


def merged(*references: str) -> str:
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in references)
    return f"<mergeCells>{cells}</mergeCells>"


def test_a_merge_costs_nothing_for_the_rows_that_it_only_names():
    body = with_sheet('<row r="1"><c r="A1"><v>1</v></c></row>', merged("A1:B1048576"))

    (row,) = rows_of(body, most=100)

    assert len(row.faults) == 1


def test_a_sheet_of_merges_is_refused():
    one = '<row r="1"><c r="A1"><v>1</v></c></row>'
    body = with_sheet(one, merged(*["A1:B20020"] * (MOST_MERGES + 1)))

    with pytest.raises(Unreadable):
        rows_of(body, most=100)
