from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook

from tests.factories.accounts import UserFactory
from tests.factories.certificates import SelectionFactory
from tests.factories.rosters import AssignmentFactory


def form_of(client, division, **query):
    response = client.get(reverse("rosters:export", args=[division.code]), query)
    assert response.streaming
    body = b"".join(response.streaming_content)
    return load_workbook(BytesIO(body)).active


def names(sheet):
    return [
        row[0].value for row in sheet.iter_rows(min_row=4) if row[1].value is not None
    ]


def test_the_form_has_title_unit_day_figures_and_signature(client, napo, city_officer):
    AssignmentFactory(at=napo.county)
    client.force_login(city_officer)

    sheet = form_of(client, napo.city, on="2026-11-01")

    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    words = [value for value in cells if isinstance(value, str)]
    assert "百色市" in words[0]
    assert words[0].endswith("扶贫信息员配备及缺口情况表")
    assert any("填报单位" in each and "百色市" in each for each in words)
    assert "截至2026年11月1日　单位：人" in words
    assert any(each.startswith("填表人（签字）") for each in words)
    county = next(row for row in sheet.iter_rows() if row[0].value == "那坡县")
    assert [cell.value for cell in county[1:5]] == [5, 1, 4, 0]
    assert names(sheet)[-1] == "合计"


def test_the_form_keeps_sort_and_filter_and_holds_no_formula(
    client, napo, city_officer
):
    napo.county.name = "=1+1"
    napo.county.save()
    for _each in range(2):
        AssignmentFactory(at=napo.other_county)
    client.force_login(city_officer)

    rows = names(form_of(client, napo.city, sort="gap"))
    assert rows == ["本级", "凌云县", "=1+1", "合计"]
    sheet = form_of(client, napo.city, only="gap")
    assert names(sheet) == ["本级", "=1+1", "合计"]
    assert {c.data_type for row in sheet.iter_rows() for c in row} <= {"s", "n"}


def test_the_form_adds_up_with_its_own_office(client, napo, city_officer):
    AssignmentFactory(at=napo.city)
    AssignmentFactory(at=napo.county)
    UserFactory(at=napo.city)
    SelectionFactory(person=UserFactory(at=napo.city), at=napo.city)
    SelectionFactory(person=UserFactory(at=napo.village), at=napo.county)
    client.force_login(city_officer)

    sheet = form_of(client, napo.city)

    own, *below, whole = (
        [cell.value for cell in row[1:]]
        for row in sheet.iter_rows(min_row=4)
        if row[1].value is not None
    )
    assert own[:2] == [2, 1]
    assert own[5] == 1
    assert [sum(column) for column in zip(own, *below, strict=True)] == whole


def test_the_form_says_when_it_shows_only_rows_with_a_gap(client, napo, city_officer):
    for _each in range(2):
        AssignmentFactory(at=napo.other_county)
    client.force_login(city_officer)

    whole, part = (form_of(client, napo.city, **only) for only in ({}, {"only": "gap"}))

    assert "仅列有缺口" not in whole.cell(2, 10).value
    assert part.cell(2, 10).value.startswith("仅列有缺口的各行，合计含全部")


def test_the_form_of_another_division_does_not_exist(client, napo, county_officer):
    client.force_login(county_officer)

    response = client.get(reverse("rosters:export", args=[napo.city.code]))

    assert response.status_code == 404
