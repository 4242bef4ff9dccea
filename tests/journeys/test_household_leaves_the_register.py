"""The registers' own work: a household is entered, and its exit is verified."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP

pytestmark = pytest.mark.e2e

VILLAGE = "451026100201"


def test_the_township_verifies_the_case_that_waits_for_it(visit):
    township = visit("township", DESKTOP)
    page = township.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    page.get_by_role("link", name=re.compile("脱贫")).first.click()
    page.wait_for_url(lambda url: url != f"{township.site.url}/")
    township.shoot("township-case-1280")

    page.locator("[name=outcome][value=passed]").check()
    for paper in page.locator("[name=documents]").all():
        paper.check()
    page.locator("form:has([name=outcome]) button").last.click()

    ledger = page.locator("section:has(#ledger)")
    expect(ledger).to_contain_text("入户核验")
    expect(page.locator("form:has([name=outcome])")).to_have_count(0)


def test_an_informant_enters_a_household_and_is_told_what_is_wrong(visit):
    informant = visit("informant")
    page = informant.page
    page.goto("/households/add/")
    page.locator("main form [name=name]").fill("演示新户主")
    page.locator("main form [name=id_number]").fill("459999197001010012")
    page.locator("main form button").last.click()
    expect(page.locator("main [role=alert], main .field__error").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("校验码")
    informant.shoot("household-errors-360")


def test_the_villages_page_counts_the_register(visit):
    page = visit("township", DESKTOP).page
    page.goto(f"/villages/{VILLAGE}/")
    expect(page.locator("main")).to_contain_text("演示数据")
