"""Workbooks as offices send them, and as nobody should."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

import measures

PEOPLE = ("姓名", "身份证号", "手机号码", "所在地区", "电子邮箱")
NOMINATIONS = ("姓名", "身份证号", "提名到", "提名日期", "文号")
ASSIGNMENTS = ("姓名", "身份证号", "岗位所在地区", "上岗日期", "文号")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def id_number(number: int) -> str:
    """A well-formed number that nobody has: its area is no place."""
    day, serial = divmod(number, 400)
    return measures.make_id_number(
        "459999", date(1970, 1, 1) + timedelta(days=day), "male", serial
    )


def workbook(headings, *rows, formula="", merged="") -> bytes:
    """``rows`` under ``headings``; a formula or merged cells where they are named."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("表")
    for at, row in enumerate([headings, *rows]):
        page.write_row(at, 0, row)
    if formula:
        page.write_formula(formula, '="那"&"坡"', None, "那坡")
    if merged:
        page.merge_range(merged, "罗三")
    book.close()
    return buffer.getvalue()


def long_workbook(headings, name: str, *, count: int) -> bytes:
    """``count`` rows of nothing but ``name``; to have xlsxwriter write each takes
    longer than the test."""
    short = workbook(headings, (name,))
    with ZipFile(BytesIO(short)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    before, second, rest = page.partition('<row r="2"')
    before = before.replace('2"/><sheetViews>', f'{count + 1}"/><sheetViews>')
    cells, end, after = rest.partition("</row>")
    row = f"{second}{cells}{end}"
    rows = (
        row.replace('r="2"', f'r="{at}"').replace('r="A2"', f'r="A{at}"')
        for at in range(2, count + 2)
    )
    whole = "".join([before, *rows, after])
    return mended(short, **{"xl__worksheets__sheet1.xml": whole.encode()})


def mended(body: bytes, **changes: bytes) -> bytes:
    """The workbook with files of its archive replaced or added; ``__`` is a slash."""
    buffer = BytesIO()
    named = {name.replace("__", "/"): new for name, new in changes.items()}
    with ZipFile(BytesIO(body)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *named}:
            new.writestr(name, named.get(name) or old.read(name))
    return buffer.getvalue()


def with_macros(body: bytes) -> bytes:
    return mended(body, **{"xl__vbaProject.bin": b"macro"})


def in_gbk(body: bytes) -> bytes:
    """The sheet's text in GBK, as a careless converter writes it."""
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr">'
        "<is><t>姓名</t></is></c></row></sheetData></worksheet>"
    )
    return mended(body, **{"xl__worksheets__sheet1.xml": sheet.encode("gbk")})
