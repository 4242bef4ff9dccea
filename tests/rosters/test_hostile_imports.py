"""What an office should not send: told in a clear sentence, and nothing is written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Grant, User
from core.models import LogEntry
from rosters.models import Assignment

from .files import PEOPLE, id_number, in_gbk, long_workbook, with_macros, workbook
from .test_import_pages import START, row

ROWS = [row(1), row(2), row(3)]


def numbered_alike(number):
    return (f"罗{number}", id_number(1), f"139{number:08d}", "那坡县", "")


# Turned down whole, at the field.
FILES = {
    "macros": (
        lambda: with_macros(workbook(PEOPLE, *ROWS)),
        "文件带有宏",
    ),
    "a sheet in GBK": (
        lambda: in_gbk(workbook(PEOPLE, *ROWS)),
        "不是完好的Excel工作簿",
    ),
    "text in GBK": (lambda: "姓名,手机号码\n罗,1".encode("gbk"), "不是Excel工作簿"),
    "text in UTF-16": (
        lambda: "姓名,手机号码\n罗,1".encode("utf-16"),
        "不是Excel工作簿",
    ),
    "200,000 rows": (
        lambda: long_workbook(PEOPLE, "罗", count=200_000),
        "超过20000行",
    ),
}
# Read, and refused row by row.
SHEETS = {
    "a formula": (lambda: workbook(PEOPLE, *ROWS, formula="A2"), "单元格A2是公式"),
    "merged cells": (lambda: workbook(PEOPLE, *ROWS, merged="A2:A3"), "已合并"),
    "ID numbers twice": (
        lambda: workbook(PEOPLE, numbered_alike(1), numbered_alike(2)),
        "公民身份号码与第2行重复",
    ),
}


def everything():
    kinds = (User, Grant, Assignment, LogEntry)
    return [list(kind.objects.order_by("pk").values_list()) for kind in kinds]


def send(client, body):
    file = SimpleUploadedFile("人员.xlsx", body)
    return client.post(START, {"kind": "people", "file": file})


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_none_is_told_at_its_field(client, napo, county_officer, case):
    body, said = FILES[case]
    client.force_login(county_officer)
    before = everything()

    response = send(client, body())

    assert response.status_code == 422
    assert said in response.context["form"].errors["file"][0]
    assert everything() == before


@pytest.mark.parametrize("case", SHEETS)
def test_rows_that_are_amiss_keep_the_whole_file_out(
    client, napo, county_officer, case
):
    body, said = SHEETS[case]
    client.force_login(county_officer)
    before = everything()

    page = send(client, body()).url
    shown = client.get(page)
    seen = {"seen": shown.context["preview"].mark, "extent": "whole"}
    answer = client.post(page, seen, follow=True)

    assert said in shown.content.decode()
    assert "未导入任何内容" in answer.content.decode()
    assert everything() == before
