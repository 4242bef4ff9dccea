from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from households.domain.judging import judge
from households.domain.lines import enter_exit_line
from households.models import ExitLine
from tests.factories.households import make_household

THEN = date(2017, 11, 15)
NOW = date(2026, 11, 23)
LINES = reverse("households:lines")


def income_item(household, on):
    [item] = [each for each in judge(household, on).items if each.code == "INCOME"]
    return item


def enter(year, amount, by=None):
    return enter_exit_line(year, amount=Decimal(amount), source="演示文件1号", by=by)


def test_without_a_line_the_income_of_a_late_year_cannot_be_judged(napo):
    assert income_item(make_household(napo.village), NOW).met is None


def test_the_regions_line_judges_the_year_it_is_set_for(napo):
    household = make_household(napo.village)

    enter(2026, "3000")

    assert income_item(household, NOW).met is True


def test_the_regions_line_outranks_the_national_one(napo):
    household = make_household(napo.village)
    assert income_item(household, THEN).met is True

    enter(2017, "900000")

    assert income_item(household, THEN).met is False


def test_the_later_of_two_lines_counts_and_both_stay(napo):
    household = make_household(napo.village)
    enter(2026, "900000")

    enter(2026, "3000")

    assert income_item(household, NOW).met is True
    assert ExitLine.objects.count() == 2


def test_the_same_line_twice_is_once(napo):
    assert enter(2026, "4000") == enter(2026, "4000")
    assert ExitLine.objects.count() == 1


def test_the_region_sets_a_line_on_its_page(client, region_officer):
    client.force_login(region_officer)

    response = client.post(
        LINES, {"year": 2026, "amount": "4000.00", "source": "演示文件1号"}, follow=True
    )

    assert "2026年的标准线已设定。" in response.content.decode()
    assert ExitLine.objects.get().entered_by == region_officer


@pytest.mark.parametrize("amount", ["0", "-1", "x"])
def test_a_line_that_is_no_amount_is_refused(client, region_officer, amount):
    client.force_login(region_officer)

    client.post(LINES, {"year": 2026, "amount": amount, "source": "演示文件1号"})

    assert not ExitLine.objects.exists()


def test_a_county_reads_the_lines_and_sets_none(client, county_officer):
    client.force_login(county_officer)

    assert client.get(LINES).status_code == 200
    response = client.post(LINES, {"year": 2026, "amount": "1", "source": "x"})

    assert response.status_code == 403
    assert not ExitLine.objects.exists()
