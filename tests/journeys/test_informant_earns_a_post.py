"""Four people take one informant from the last lesson to a post.

The real site runs as ``make run`` runs it: two web workers, a queue and a worker of
its own, a database of its own. Every click is a person's click.
"""

import io
import re
import tomllib
from datetime import date, timedelta

import pypdfium2
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from exercises.domain.drawing import draw_case
from exercises.domain.knowing import truth_about

from .conftest import DESKTOP, ROOT, SCREENSHOTS

pytestmark = pytest.mark.e2e

COUNTY = "451026"
VILLAGE = "451026100201"
NAME = "韦小禾"
LESSON = "《办法》管谁、管什么"
STEPS = (
    ("verify_household", "township", None),
    ("appraise_in_village", "village", None),
    ("review_in_township", "township", 7),
    ("decide_in_county", "county", None),
    ("file", "city", None),
    ("file", "region", None),
)


def test_an_informant_learns_is_examined_certified_and_put_in_post(visit):
    gap = county_gap(visit)
    choose(visit)
    mend_a_lesson(visit)
    schedule_exam(visit)

    informant = visit("informant")
    informant.shoot("informant-home-360")
    finish_the_lessons(informant)
    solve_an_exercise(informant)
    sit_the_exam(informant)
    number = collect_certificate(informant)
    verify(visit, informant, number)

    assign(visit)
    assert county_gap(visit) == gap - 1
    informant.page.goto("/")
    expect(informant.page.get_by_text("您已走完全程")).to_be_visible()


def county_gap(visit) -> int:
    """The county's gap, read off the roster by its office."""
    office = visit("county", DESKTOP)
    office.page.goto(f"/rosters/{COUNTY}/")
    office.shoot("county-roster-1280")
    figure = office.page.locator(".roster__figures .stat", has_text="缺口")
    words = figure.locator(".stat__figure").inner_text()
    return int(words.removesuffix("人").replace(",", ""))


def choose(visit) -> None:
    """The county office chooses the informant."""
    page = visit("county", DESKTOP).page
    page.goto(f"/rosters/{COUNTY}/")
    page.locator(".page-head__action a").click()
    page.locator("label.choice", has_text=NAME).click()
    page.fill("[name=basis]", "2026年度信息员选定名单第3号")
    page.locator("form:has([name=basis]) button").last.click()
    chosen = page.get_by_role("table", name="已选定").or_(
        page.locator("#chosen ~ table")
    )
    expect(chosen.get_by_role("row", name=re.compile(NAME))).to_be_visible()


def mend_a_lesson(visit) -> None:
    """The trainer mends a lesson's summary in Wagtail and publishes it."""
    trainer = visit("trainer", DESKTOP)
    page = trainer.page
    page.goto(f"/admin/pages/search/?q={LESSON}")
    page.get_by_role("link", name=LESSON).first.click()
    page.wait_for_url("**/edit/")
    page.fill("#id_summary", "谁受《办法》管，谁不受。")
    trainer.shoot("trainer-lesson-1280")
    page.locator(
        "footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]"
    ).click()
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator(".messages")).to_contain_text(LESSON)


def schedule_exam(visit) -> None:
    """The trainer announces a sitting for the county."""
    page = visit("trainer", DESKTOP).page
    page.goto("/exams/sittings/new/")
    today = date.today()
    page.fill("[name=title]", "那坡县冬季上岗考试")
    page.fill("[name=division]", COUNTY)
    page.fill("[name=opens_at]", f"{today - timedelta(days=1)}T08:00")
    page.fill("[name=closes_at]", f"{today + timedelta(days=7)}T18:00")
    page.fill("[name=minutes]", "60")
    page.check("[name=needs_path]")
    page.fill("[name=pass_mark_reasons]", "领导小组办公室的决定")
    page.get_by_role("button", name="发布场次").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("那坡县冬季上岗考试")


def finish_the_lessons(visitor) -> None:
    """Answer what self-checks are left and complete the last lesson."""
    page = visitor.page
    page.goto("/")
    page.get_by_role("link", name="继续学习").click()
    page.wait_for_url(lambda url: url.startswith(f"{visitor.site.url}/courses/"))
    visitor.shoot("informant-lesson-360")
    checks = page.locator("section.check")
    for place in range(checks.count()):
        check = checks.nth(place)
        check.locator("label.choice").first.click()
        check.get_by_role("button").click()
        expect(checks.nth(place).locator(".check__because")).to_be_visible()
    page.get_by_role("button", name="学完").or_(
        page.locator("#lesson-end form button")
    ).first.click()
    expect(page.locator("#lesson-end .message--success")).to_be_visible()


def solve_an_exercise(visitor) -> None:
    """Judge a household that may exit, and move its case to the filing."""
    seed = next(seed for seed in range(1, 200) if may_exit(seed))
    scenario = draw_case(seed)
    page = visitor.page
    page.goto("/exercises/")
    page.fill("[name=seed]", str(seed))
    page.locator("form:has([name=seed]) button").click()
    page.wait_for_url(lambda url: not url.endswith("/exercises/"))
    visitor.shoot("informant-exercise-360")
    open_decision(page)
    truth = truth_about(scenario.facts, scenario.edition)
    for finding in truth.answer.findings:
        value = "met" if finding.met else "unmet"
        page.locator(f"[name={finding.code}][value={value}]").check()
    page.locator(f"[name=decision][value={truth.decision}]").check()
    page.locator("form:has([name=decision]) button").last.click()
    day = scenario.on
    for step, level, notice in STEPS:
        open_decision(page)
        day += timedelta(days=8)
        page.locator(f"[name=step][value={step}]").check()
        page.locator(f"[name=level][value={level}]").check()
        page.locator("[name=outcome][value=passed]").check()
        page.fill("[name=on]", day.isoformat())
        page.fill("[name=notice_days]", str(notice or ""))
        page.locator("form:has([name=step]) button").last.click()
        if notice:
            day += timedelta(days=notice)
    open_decision(page)
    expect(page.get_by_text("100").first).to_be_visible()
    visitor.shoot("informant-exercise-result-360")


def may_exit(seed: int) -> bool:
    scenario = draw_case(seed)
    return not scenario.planted


def open_decision(page) -> None:
    """On a phone the decision is the second tab."""
    page.locator(".tabs__label").last.click()


def sit_the_exam(visitor) -> None:
    bank = read_bank()
    page = visitor.page
    page.goto("/exams/")
    page.get_by_role("region", name="那坡县冬季上岗考试").or_(
        page.locator(".card", has_text="那坡县冬季上岗考试")
    ).get_by_role("link").last.click()
    page.locator("main form[method=post] button").last.click()
    page.wait_for_selector(".room--ready")
    questions = page.locator(".room__question")
    total = questions.count()
    assert total == 30
    for place in range(total):
        question = questions.nth(place)
        expect(question).to_be_visible()
        answer(question, bank[question.locator(".room__stem").inner_text().strip()])
        if place == 2:
            visitor.shoot("exam-room-360")
        if place < total - 1:
            page.locator("[data-step='1']").click()
    expect(page.locator("[data-truth=saved]")).to_be_visible()
    page.locator("[data-review]").click()
    page.locator("form[action$='/submit/'] button").last.click()
    expect(page.locator("main")).to_contain_text("100")
    visitor.shoot("exam-result-360")


def read_bank() -> dict[str, dict]:
    files = (ROOT / "exams" / "content").glob("*/*.toml")
    rows = [row for file in files for row in tomllib.loads(file.read_text())["item"]]
    return {row["stem"].strip(): row for row in rows}


def answer(question, row: dict) -> None:
    if row["kind"] == "numeric":
        question.locator("[name=value]").fill(str(row["answer"]))
        question.locator("[name=value]").blur()
        return
    if row["kind"] == "judge":
        right = ["对" if row["answer"] else "错"]
    else:
        right = [row["options"][place] for place in row["answer"]]
    for text in right:
        choices = question.locator("label.choice")
        for place in range(choices.count()):
            words = choices.nth(place).locator("span").inner_text()
            if re.sub(r"^[A-H]\s*", "", words).strip() == text.strip():
                choices.nth(place).click()


def collect_certificate(visitor) -> str:
    """Download the paper; return its number."""
    page = visitor.page
    page.goto("/certificates/")
    page.locator("main a[href^='/certificates/']:not([href*='/people/'])").first.click()
    page.wait_for_url("**/certificates/*/")
    expect(page.locator("a[href$='/pdf/']").first).to_be_visible()
    visitor.shoot("certificate-page-360")
    with page.expect_download() as waiting:
        page.locator("a[href$='/pdf/']").first.click()
    content = waiting.value.path().read_bytes()
    paper = PdfReader(io.BytesIO(content))
    words = paper.pages[0].extract_text()
    assert len(paper.pages) == 1
    assert NAME in words
    image = pypdfium2.PdfDocument(content)[0].render(scale=1.5).to_pil()
    image.save(SCREENSHOTS / "certificate.png")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def verify(visit, visitor, number: str) -> None:
    """A stranger types the number and the code that the paper bears."""
    facts = visitor.page.locator("dl.facts").first.locator("dd").all_inner_texts()
    stranger = visit(None)
    stranger.page.goto("/verify/")
    stranger.page.fill("[name=number]", facts[0])
    stranger.page.fill("[name=code]", facts[1])
    stranger.page.locator("main form button").last.click()
    stranger.page.wait_for_url("**/verify/*/*/")
    words = stranger.page.locator("main")
    expect(words).to_contain_text("有效")
    assert NAME not in words.inner_text()
    assert number in words.inner_text().replace(" ", "")
    stranger.shoot("verify-360")


def assign(visit) -> None:
    """The county office fills the village's empty seat."""
    page = visit("county", DESKTOP).page
    page.goto(f"/rosters/{VILLAGE}/")
    page.locator(".seats a").first.click()
    page.locator("li.candidate", has_text=NAME).get_by_role("link").click()
    page.locator("main form button").last.click()
    expect(page.locator(".seats")).to_contain_text(NAME)
