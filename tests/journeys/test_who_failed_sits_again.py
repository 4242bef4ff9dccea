"""Somebody hands in an empty paper, works through the lessons and sits again."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP

pytestmark = pytest.mark.e2e
TITLE = "城厢镇补考"
THUMB = 44  # pixels
PHONE = "15900000001"
MAKE = f"""
from accounts.enums import Role
from divisions.models import Division
from tests.factories.accounts import UserFactory
town = Division.objects.get(code="451026100")
UserFactory(phone="{PHONE}", password="%s", role=Role.INFORMANT, at=town)
"""


@pytest.fixture
def newcomer(visit, site):
    """Somebody who has sat nothing: what another journey failed would count here."""
    site.shell.run(MAKE % site.password)
    site.phones["newcomer"] = PHONE
    return visit("newcomer")


def announce(page) -> None:
    today = date.today()
    page.goto("/exams/sittings/new/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=division]", "451026100")
    page.fill("[name=opens_at]", f"{today - timedelta(days=1)}T08:00")
    page.fill("[name=closes_at]", f"{today + timedelta(days=7)}T18:00")
    page.fill("[name=pass_mark_reasons]", "领导小组办公室的决定")
    page.fill("[name=attempts_allowed]", "2")
    page.check("[name=refresher]")
    page.get_by_role("button", name="发布场次").click()
    page.wait_for_selector(f"h1:has-text('{TITLE}')")


def start(page) -> None:
    page.get_by_role("button", name="我已看完，开始考试").click()
    page.wait_for_selector(".room--ready")


def answer_all_checks(page) -> None:
    """As the page stands: one answered is shown anew, with what is right."""
    for number in range(page.locator(".check").count()):
        check = page.locator(".check").nth(number)
        expect(check.locator(".check__because")).to_have_count(0)
        check.locator("input[name=chosen]").first.check()
        check.get_by_role("button").click()
        expect(check.locator(".check__because")).to_have_count(1)


def test_from_the_failed_paper_over_the_lessons_into_the_next(visit, newcomer):
    announce(visit("county", DESKTOP).page)
    page = newcomer.page
    page.goto("/exams/")
    page.locator(".card", has_text=TITLE).get_by_role("link").last.click()
    rules = page.url
    start(page)
    page.locator("[data-review]").click()
    page.wait_for_url("**/review/")
    page.get_by_role("button", name="不答了，就这样交卷").click()
    page.wait_for_url("**/result/")
    lessons = page.locator("section[aria-labelledby=lessons] a")
    named = [each.get_attribute("href") for each in lessons.all()]
    assert all(each.bounding_box()["height"] >= THUMB for each in lessons.all())
    assert 1 <= len(named) <= 6

    page.goto(rules)
    expect(page.get_by_role("button", name="开始考试")).to_be_disabled()
    for address in named:
        page.locator(f'a[href="{address}"]').click()
        expect(page.get_by_text("您正在为再次应考重新学习本课")).to_be_visible()
        answer_all_checks(page)
        expect(page.get_by_text("本课已重新学完")).to_be_visible()
        page.goto(rules)

    expect(page.get_by_text("已重新学完")).to_have_count(len(named))
    start(page)
