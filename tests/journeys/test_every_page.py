"""Every page that somebody can reach by links, as each of them sees it.

The crawler goes through the real site as every demonstration person and as a stranger,
at a phone's and at a desk's width, and holds each page to what all pages owe.

How a page looks (both widths, axe, print, the focus) no database has a share in, so
that is examined on the embedded one alone. On PostgreSQL the same pages are opened as
the same people, and held to their status, the console and the words they say.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from exams.enums import Kind

from .conftest import DESKTOP, PHONE
from .crawling import Crawl, Noticeboard

pytestmark = pytest.mark.e2e

EXAMINE = (Path(__file__).parent / "examine.js").read_text()
FOCUS = (Path(__file__).parent / "focus.js").read_text()
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What stands outside its scrolling box is not on the paper.
CUT = """() => [...document.querySelectorAll(".table-wrap")]
    .filter((box) => getComputedStyle(box).overflowY !== "visible")
    .map((box) => box.ariaLabel)"""

# Latin words that belong on a Chinese page, each with its reason.
ALLOWED = "|".join(
    (
        # File formats and published standards.
        r"\b(?:PDF|CSV|Excel|Word|JSON|QTI|GIFT|Moodle|XML|Ed25519|OpenAPI)\b",
        r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b",  # a person's e-mail address
        r"\bOpen Badges\b|\.jwt\b",  # the standard of badges and its file's ending
    )
)
# The other language names itself; it is marked as such.
ASIDE = "[lang=en]"
# On an English page people and places keep their Chinese names; our own words do not.
OURS = ".rooms, .topbar, .foot, button, .button, label, legend, th[scope=col], caption"
NAMES = ".topbar__place, .topbar__who, .menu__who, [lang=zh-hans]"

CHINESE = {"language": "zh-hans", "allowed": ALLOWED, "aside": ASIDE, "ours": ""}
ENGLISH = {"language": "en", "allowed": ALLOWED, "aside": NAMES, "ours": OURS}

QUIZ = "城厢镇随堂测验"

# What each of them must come upon: a crawl that finds less has lost its way.
FOUND = {
    "informant": {
        "/households/<int:pk>/",
        "/households/<int:pk>/edit/<slug:section>/",
        "/households/<int:pk>/members/<int:member_pk>/",
        "/ledger/<int:pk>/",
        "/courses/ at depth 2",
        "/exercises/<int:pk>/",
        "/exams/sittings/<int:pk>/rules/",
        "/villages/",
    },
    "township": {
        "/rosters/<str:code>/ of 12 digits",
        "/villages/<int:code>/profile/ of 12 digits",
        "/accounts/people/<int:pk>/",
        "/certificates/<str:number>/",
    },
    "county": {
        "/rosters/<str:code>/selections/ of 6 digits",
        "/rosters/<str:code>/candidates/<int:pk>/ of 12 digits?on",
        "/rosters/assignments/<int:pk>/end/",
        "/certificates/<str:number>/revoke/",
        "/exams/sittings/new/",
        "/exams/sittings/<int:pk>/",
        "/households/faults/",
    },
    "city": {"/rosters/<str:code>/ of 4 digits", "/accounts/people/add/"},
    "region": {"/rosters/<str:code>/ of 2 digits", "/households/lines/"},
    "trainer": {"/exams/releases/", "/courses/ at depth 1"},
    "administrator": {"/accounts/people/", "/rosters/", "/exams/releases/"},
    "stranger": {
        "/accounts/login/",
        "/accounts/password/reset/",
        "/verify/",
        "/verify/paper/",
    },
}
IN_ENGLISH = {
    "county": (
        "/",
        "/courses/",
        "/exams/sittings/",
        "/certificates/",
        "/rosters/451026/",
        "/villages/451026/",
        "/households/",
        "/ledger/",
        "/accounts/people/add/",
        "/accounts/email/",
    ),
    "trainer": ("/exercises/", "/exams/", "/exams/releases/"),
    "stranger": ("/accounts/login/", "/verify/", "/verify/paper/"),
}


@pytest.fixture(scope="module")
def board(shared) -> Noticeboard:
    """Which kinds of page were seen, and which had their slow examinations."""
    return Noticeboard(shared / "every-page")


class Examiner:
    """Notes what is wrong with the pages one visitor opens."""

    def __init__(self, visitor, board: Noticeboard):
        self.page = visitor.page
        self.looks_closely = visitor.site.is_embedded
        self.board = board
        self.faults: list[str] = []
        self.page.on("console", self._note_console)
        self.page.on("response", self._note_response)

    def _note_console(self, message) -> None:
        if message.type == "error":
            self.faults.append(f"{self.page.url}: {message.text}")

    def _note_response(self, response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.url}: {response.status}")

    def examine(self, address: str, kind: str) -> list[str]:
        """Note the faults of the page as it stands, and return them."""
        # A page that has just been asked for has an address before it has a document.
        self.page.wait_for_load_state()
        faults = self.at_both_widths(kind) if self.looks_closely else self.in_words()
        found = [f"{address}: {fault}" for fault in faults]
        self.faults += found
        return found

    def at_both_widths(self, kind: str) -> Iterator[str]:
        """Begins with the width at hand: every change lays the page out anew."""
        here = self.page.viewport_size
        for viewport in (PHONE, DESKTOP) if here == PHONE else (DESKTOP, PHONE):
            if viewport != here:
                self.page.set_viewport_size(viewport)
            if (beyond := self.page.evaluate(TOO_WIDE)) > 0:
                yield f"{beyond} px too wide at {viewport['width']} px"
            if viewport == PHONE:
                yield from self.in_words()
                if self.board.is_new(f"with patience: {kind}"):
                    yield from self.with_patience()

    def in_words(self) -> list[str]:
        return self.page.evaluate(EXAMINE, CHINESE)

    def with_patience(self) -> Iterator[str]:
        for violation in Axe().run(self.page).response["violations"]:
            for node in violation["nodes"]:
                yield f"{violation['id']}: {node['html'][:160]}"
        self.page.emulate_media(media="print")
        for table in self.page.evaluate(CUT):
            yield f"cut when printed: {table}"
        self.page.emulate_media(media="screen")
        self.page.keyboard.press("Tab")
        yield from self.page.evaluate(FOCUS)


@pytest.mark.parametrize("role", FOUND)
def test_every_page_within_reach_keeps_what_all_pages_owe(visit, board, role):
    visitor = visit(None if role == "stranger" else role)
    if role == "informant":
        begin_an_exercise(visitor)
    examiner = Examiner(visitor, board)
    crawl = Crawl(visitor.page, board, who=role)
    for address, kind in crawl.walk():
        examiner.examine(address, kind)

    assert examiner.faults == []
    assert FOUND[role] - set(crawl.visits) == set()
    assert crawl.left == []


def begin_an_exercise(visitor) -> None:
    """Links alone do not open a case."""
    visitor.page.goto("/exercises/")
    visitor.page.locator(".page-head__action button").click()
    visitor.page.wait_for_url("**/exercises/*/")


def test_the_pages_of_an_exam_keep_it_too(visit, board):
    """They open by buttons, so the crawler never comes upon them."""
    announce(visit("county", DESKTOP).page)
    candidate = visit("township")
    page, examiner = candidate.page, Examiner(candidate, board)
    page.goto("/exams/")
    page.locator(".card", has_text=QUIZ).get_by_role("link").last.click()
    page.get_by_role("button", name="我已看完，开始考试").click()
    page.wait_for_selector(".room--ready")
    examiner.examine("the exam room", "room")
    page.locator("[data-review]").click()
    page.wait_for_url("**/review/")
    examiner.examine("the review", "review")
    page.get_by_role("button", name="不答了，就这样交卷").click()
    page.wait_for_url("**/result/")
    examiner.examine("the result", "result")

    assert examiner.faults == []


def test_the_previews_of_questions_keep_it_too(visit, board):
    """They open from the admin, which the crawler leaves out."""
    visitor = visit("trainer")
    page, examiner = visitor.page, Examiner(visitor, board)
    for kind in Kind:
        page.goto(f"/admin/questions/?current__kind={kind}")
        page.locator("table a[href*='/inspect/']").first.click()
        page.get_by_role("link", name="以考生身份预览").first.click()
        page.wait_for_url("**/preview/")
        examiner.examine(f"the preview of {kind}", f"preview {kind}")
        page.get_by_role("button", name="试答这一题").click()
        page.wait_for_selector("main details[open]")
        examiner.examine(f"an answer tried, {kind}", f"answer tried {kind}")

    assert examiner.faults == []


def announce(page) -> None:
    today = date.today()
    page.goto("/exams/sittings/new/")
    page.fill("[name=title]", QUIZ)
    page.fill("[name=division]", "451026100")
    page.fill("[name=opens_at]", f"{today - timedelta(days=1)}T08:00")
    page.fill("[name=closes_at]", f"{today + timedelta(days=7)}T18:00")
    page.fill("[name=pass_mark_reasons]", "领导小组办公室的决定")
    page.get_by_role("button", name="发布场次").click()
    page.wait_for_selector(f"h1:has-text('{QUIZ}')")


def test_the_answers_to_a_stranger_keep_it_too(visit, board):
    """For one who has the paper in hand, and for one whose code is wrong."""
    office = visit("county", DESKTOP).page
    office.goto("/certificates/")
    office.locator("tbody th a").first.click()
    office.wait_for_url("**/certificates/*/")
    number, code = office.locator("dl.facts").first.locator("dd").all_inner_texts()[:2]
    stranger = visit(None)
    examiner = Examiner(stranger, board)
    faults = []
    for typed, kind in ((code, "valid"), (code[::-1], "unknown")):
        stranger.page.goto("/verify/")
        stranger.page.fill("[name=number]", number)
        stranger.page.fill("[name=code]", typed)
        stranger.page.locator("main form button").last.click()
        stranger.page.wait_for_url("**/verify/*/*/")
        faults += examiner.examine(f"the answer to a {kind} code", f"answer {kind}")

    assert faults == []


@pytest.mark.parametrize("role", IN_ENGLISH)
def test_our_own_words_are_english_on_english_pages(visit, role):
    visitor = visit(None if role == "stranger" else role, DESKTOP)
    page = visitor.page
    page.goto("/accounts/login/" if role == "stranger" else "/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html[lang=en]")).to_be_attached()
    faults = []
    for address in IN_ENGLISH[role]:
        assert page.goto(address).status == 200
        faults += [f"{address}: {fault}" for fault in page.evaluate(EXAMINE, ENGLISH)]
        if (beyond := page.evaluate(TOO_WIDE)) > 0:
            faults.append(f"{address}: {beyond} px too wide")

    assert faults == []
