"""Files as other systems write them, with questions made up for these tests."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from exams.domain.exchange.drafts import Draft
from exams.domain.exchange.formats import read_file

FOLDER = Path(__file__).with_name("samples")
HEADINGS = [
    *("编号", "科目", "题型", "题干", "选项A", "选项B", "选项C", "选项D"),
    *("正确答案", "允许误差", "单位", "解析", "难度", "依据", "依据来源", "规则版本"),
]


def sample(name: str) -> bytes:
    """A file of the folder; a sub-folder comes zipped, as its system would send it."""
    path = FOLDER / name
    if path.is_file():
        return path.read_bytes()
    return zipped(
        {
            each.relative_to(path).as_posix(): each.read_bytes()
            for each in sorted(path.rglob("*"))
            if each.is_file()
        }
    )


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def sheet(*rows: list, headings: list = HEADINGS, above: tuple = ()) -> bytes:
    """A workbook as somebody typed it: numbers are numbers, not text."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("题库")
    for at, row in enumerate([*above, headings, *rows]):
        page.write_row(at, 0, row)
    book.close()
    return buffer.getvalue()


def row(**changes) -> list:
    """A row under ``HEADINGS``."""
    cells = {
        "编号": "XL-1",
        "科目": "政策",
        "题型": "单选题",
        "题干": "核验之后是哪一步？",
        "选项A": "评议",
        "选项B": "审核",
        "选项C": "审定",
        "正确答案": "A",
        "解析": "先评议。",
        "难度": 2,
        "依据": "解读 四(一)2",
    }
    return [(cells | changes).get(heading, "") for heading in HEADINGS]


def drafts(body: bytes) -> list[Draft]:
    _format, reading = read_file(body)
    return reading.drafts


def said(draft: Draft, *names: str) -> list:
    return [draft.fields.get(name) for name in names]
