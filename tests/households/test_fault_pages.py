"""The faults of the register on the pages: who sees which, and what it costs."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from households.domain.cleaning import clean_village
from households.models import Fault, Household
from tests.factories.accounts import UserFactory
from tests.factories.households import make_household, person

pytestmark = pytest.mark.django_db
TODAY = date(2017, 11, 20)
LIST = reverse("households:faults")
BOOK = reverse("households:faults-export")
# Session, user, grants, the count, the faults, the reader's divisions.
PAGE_QUERIES = 5


@pytest.fixture
def faulty(napo):
    def faulty(count=1, division=napo.village):
        made = [
            make_household(division, members=[person(ethnicity=None)])
            for _each in range(count)
        ]
        Household.objects.update(status="registered")
        clean_village(division, on=TODAY)
        return made

    return faulty


def rows_of(response):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response)))
    return book.get_sheet_by_index(0).to_python()


def test_an_office_sees_what_is_wrong_and_where_to_mend_it(
    client, napo, county_officer, faulty
):
    (household,) = faulty()
    client.force_login(county_officer)

    page = client.get(LIST).text

    assert household.get_absolute_url() in page
    assert "关键指标缺项" in page
    assert "民族" in page
    assert f"现在对{napo.county.name}运行清洗规则" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, county_officer, faulty, count, django_assert_num_queries
):
    faulty(count)
    client.force_login(county_officer)

    with django_assert_num_queries(PAGE_QUERIES):
        response = client.get(LIST, {"severity": "error"})

    assert len(response.context["page"].object_list) == count


def test_each_sees_the_faults_of_their_own_divisions(
    client, napo, informant, trainer, faulty
):
    faulty()
    stranger = UserFactory(role="county_office", at=napo.other_county)

    for reader, seen in ((informant, True), (stranger, False), (trainer, False)):
        client.force_login(reader)
        assert bool(client.get(LIST).context["page"].object_list) is seen
        assert (len(rows_of(client.get(BOOK))) > 4) is seen


def test_the_list_is_narrowed_by_class_severity_and_place(
    client, napo, county_officer, faulty
):
    faulty()
    client.force_login(county_officer)

    for asked, seen in (
        ({"fault_class": "missing_indicator", "severity": "error"}, True),
        ({"fault_class": "abnormal_value", "severity": "doubt"}, False),
        ({"place": napo.village.code}, True),
        ({"place": napo.other_village.code}, False),
        ({"place": "' or 1"}, False),
        ({"fault_class": "no-such"}, False),
    ):
        page = client.get(LIST, asked)
        assert bool(page.context["page"].object_list) is seen, asked


def test_the_workbook_holds_what_the_list_holds(
    client, county_officer, faulty, django_assert_num_queries
):
    households = faulty(3)
    client.force_login(county_officer)

    with django_assert_num_queries(PAGE_QUERIES - 1):
        response = client.get(BOOK, {"severity": "error"})

    _heads, *rows = rows_of(response)
    assert [row[1] for row in rows[:3]] == sorted(each.code for each in households)
    assert rows[0][4:7] == ["ID10", "关键指标缺项", "差错"]
    assert any("填报单位" in str(row[0]) for row in rows[3:])


def test_an_office_runs_the_rules_over_its_own_divisions_alone(
    client, napo, county_officer, informant, faulty, django_capture_on_commit_callbacks
):
    faulty()
    Fault.objects.all().delete()

    def order(division):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                reverse("households:clean"), {"division": division.code}
            ).status_code

    client.force_login(informant)
    assert order(napo.village) == 302
    assert not Fault.objects.exists()
    client.force_login(county_officer)
    assert order(napo.other_county) == 404
    assert order(napo.county) == 302
    assert Fault.objects.filter(code="ID10").exists()
