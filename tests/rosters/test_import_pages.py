"""Choosing a workbook, looking at its rows, confirming."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import User
from core.workbooks.sheets import rows_of

from .files import PEOPLE, id_number, workbook

START = reverse("rosters:imports")


def row(number, phone=""):
    phone = phone or f"139{number:08d}"
    return (f"罗{number}", id_number(number), phone, "那坡县", "")


def send(client, *rows, kind="people"):
    file = SimpleUploadedFile("人员.xlsx", workbook(PEOPLE, *rows))
    return client.post(START, {"kind": kind, "file": file})


def confirm(client, page, extent):
    seen = client.get(page).context["preview"].mark
    return client.post(page, {"seen": seen, "extent": extent}, follow=True)


def test_from_file_to_accounts(client, napo, county_officer):
    client.force_login(county_officer)

    page = send(client, row(1), row(2)).url
    assert not User.objects.filter(real_name="罗1").exists()
    done = confirm(client, page, "whole")

    assert "已导入2行。" in done.content.decode()
    assert User.objects.filter(phone__startswith="139").count() == 2


def test_a_refused_row_keeps_the_whole_file_out_unless_the_rest_is_wanted(
    client, napo, county_officer
):
    client.force_login(county_officer)
    page = send(client, row(1), row(2, "1")).url

    told = confirm(client, page, "whole").content.decode()
    assert "有1行不予导入，未导入任何内容" in told
    assert not User.objects.filter(real_name="罗1").exists()
    confirm(client, page, "sound")

    assert User.objects.filter(phone__startswith="139").count() == 1


def test_the_preview_offers_what_can_be_done_and_stays_after_a_refusal(
    client, napo, county_officer
):
    client.force_login(county_officer)
    sound, mixed = send(client, row(1)).url, send(client, row(1), row(2, "1")).url
    faulty = send(client, row(2, "1")).url

    shown = {page: client.get(page).content.decode() for page in (sound, mixed, faulty)}
    after = confirm(client, mixed, "whole")

    assert "导入 1 行" in shown[sound]
    assert "只导入可以导入的 1 行" in shown[mixed]
    assert "也可以先导入其余各行" in shown[mixed]
    assert 'value="sound"' in shown[mixed]
    assert "改正不予导入的行后重新上传。" in shown[faulty]
    assert after.redirect_chain == [(mixed, 302)]


def test_the_refused_rows_can_be_shown_alone_and_taken_home(
    client, napo, county_officer
):
    client.force_login(county_officer)
    page = send(client, row(1), row(2, "1")).url

    shown = client.get(page, {"fate": "refused"})
    assert [each.entry.row for each in shown.context["page"]] == [3]
    body = client.get(page + "outcome.xlsx").content

    rows = rows_of(body, most=10)
    assert [each.cells[1] for each in rows] == ["结果", "新增", "不予导入"]
    assert rows[2].cells[2] == "请输入11位手机号码，例如 139 0000 0000。"


def test_a_bad_file_is_told_at_its_field(client, napo, county_officer):
    client.force_login(county_officer)
    file = SimpleUploadedFile("人员.csv", "姓名".encode("gbk"))

    response = client.post(START, {"kind": "people", "file": file})

    assert response.status_code == 422
    assert "不是Excel工作簿" in response.context["form"].errors["file"][0]


@pytest.mark.parametrize("kind", ["people", "nominations", "assignments"])
def test_a_template_can_be_read_back(client, napo, county_officer, kind):
    client.force_login(county_officer)

    body = client.get(reverse("rosters:import-template", args=[kind])).content

    book = CalamineWorkbook.from_filelike(BytesIO(body))
    first = book.get_sheet_by_index(0).to_python()
    assert [row[:2] for row in first] == [["姓名", "公民身份号码"]]


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("county_officer", ["people", "nominations", "assignments"]),
        ("township_officer", ["people", "nominations"]),
    ],
)
def test_each_office_is_offered_what_it_may_send(client, napo, request, who, kinds):
    client.force_login(request.getfixturevalue(who))

    offered = client.get(START).context["intakes"]

    assert [each.code for each in offered] == kinds


def test_who_holds_no_office_finds_nothing(client, napo, informant, county_officer):
    client.force_login(county_officer)
    page = send(client, row(1)).url
    client.force_login(informant)

    for address in (START, page, page + "outcome.xlsx"):
        assert client.get(address).status_code == 404


def test_a_preview_of_somebody_else_has_expired(
    client, napo, city_officer, county_officer
):
    client.force_login(county_officer)
    page = send(client, row(1)).url
    client.force_login(city_officer)

    assert client.get(page).url == START
