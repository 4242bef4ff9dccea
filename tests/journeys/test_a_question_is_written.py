"""A question on its way into the bank: written by one person, reviewed by another."""

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.e2e

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPTIONS = ("农户申请", "村民小组评议", "县级公告", "自治区备案")
REASON = "请写明是哪一类户。"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [(PHONE, DESKTOP), (DESKTOP, PHONE)],
    ids=["written-on-a-phone", "written-at-a-desk"],
)
def test_a_question_is_written_reviewed_mended_and_approved(visit, mine, theirs):
    code = f"XC-{mine['width']}"
    author, reviewer = visit("trainer", mine), visit("administrator", theirs)

    draft = write(author.page, code)
    preview(author.page)
    hand_in(author.page, draft)
    give_back(reviewer.page, draft)
    mend(author.page, draft, code)
    approve(reviewer.page, draft)

    bank = author.page
    bank.goto(f"/admin/questions/?q={code}")
    bank.get_by_role("link", name=code).click()
    expect(bank.get_by_text(f"{code}：返贫户重新纳入，第一步是什么？")).to_be_visible()


def write(page, code) -> str:
    """Choose the kind, then fill in its fields; the address of the draft."""
    page.goto("/admin/drafts/add/")
    page.get_by_role("link", name="单选题").click()
    page.get_by_label("编号").fill(code)
    page.get_by_label("题干").fill(f"{code}：重新纳入，第一步是什么？")
    for number, words in enumerate(OPTIONS, start=1):
        page.get_by_label(f"选项{number}", exact=True).fill(words)
    page.get_by_role("button", name="增加选项").click()
    expect(page.get_by_label("选项6", exact=True)).to_be_visible()
    expect(page.get_by_label("选项4", exact=True)).to_have_value(OPTIONS[3])
    page.get_by_label("选项1正确").check()
    page.get_by_label("解析").fill("返贫由农户先提出申请，再逐级核实。")
    page.get_by_label("出处").fill("解读 五")
    assert page.evaluate(TOO_WIDE) <= 0
    page.get_by_role("button", name="保存并预览").click()
    page.wait_for_url("**/preview/")
    return page.url.replace("/preview/", "/").replace(
        "/exams/drafts/", "/admin/drafts/inspect/"
    )


def preview(page) -> None:
    """As a candidate meets it; the right answer earns all."""
    page.get_by_label(OPTIONS[0]).check()
    page.get_by_role("button", name="试答这一题").click()
    expect(page.get_by_role("status")).to_contain_text("得")
    assert page.evaluate(TOO_WIDE) <= 0


def hand_in(page, draft) -> None:
    page.goto(draft)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("审核中").first).to_be_visible()


def give_back(page, draft) -> None:
    page.goto(draft)
    expect(page.get_by_text(f"A {OPTIONS[0]}")).to_be_visible()
    page.get_by_label("理由（作者会看到）").fill(REASON)
    assert page.evaluate(TOO_WIDE) <= 0
    page.get_by_role("button", name="退回作者").click()
    expect(page.get_by_text("已退回作者").first).to_be_visible()


def mend(page, draft, code) -> None:
    page.goto(draft)
    expect(page.get_by_text(REASON).first).to_be_visible()
    page.get_by_role("link", name="继续写").click()
    expect(page.get_by_label("选项1正确")).to_be_checked()
    page.get_by_label("题干").fill(f"{code}：返贫户重新纳入，第一步是什么？")
    page.get_by_role("button", name="保存并提交审核").click()
    page.wait_for_url("**/inspect/**")
    expect(page.get_by_text("审核中").first).to_be_visible()


def approve(page, draft) -> None:
    page.goto(draft)
    expect(page.get_by_text("返贫户重新纳入")).to_be_visible()
    page.get_by_role("button", name="批准").click()
    expect(page.get_by_text("已批准").first).to_be_visible()
