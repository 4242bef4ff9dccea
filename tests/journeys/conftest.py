"""The real site for a browser: its own folder, web server, worker and people."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from .preparing import MANAGE, ROOT, lay_out_site, site_environment

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
SCREENSHOTS = ROOT / "docs" / "screenshots"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 860}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--lang=zh-CN",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_LIMIT = 300  # seconds until a new site is prepared and answers

expect.set_options(timeout=20_000)  # a busy machine may be slow, and still right


@dataclass(frozen=True)
class Site:
    """A running site, a shell beside it, and how its demonstration people sign in."""

    url: str
    shell: "Shell"
    password: str
    phones: dict[str, str]
    is_embedded: bool  # or on PostgreSQL and Redis


class Shell:
    """Runs Python in the site's own settings, beside it.

    One process for all: what takes long is the start.
    """

    READ_AND_RUN = """
import contextlib, io, json, sys
for line in sys.stdin:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(json.loads(line), {})
    print(json.dumps(said.getvalue()), flush=True)
"""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment
        self.process: subprocess.Popen | None = None

    def run(self, code: str) -> str:
        """What the code prints."""
        if self.process is None:
            self.process = subprocess.Popen(
                [*MANAGE, "shell", "--no-imports", "-c", self.READ_AND_RUN],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        print(json.dumps(code), file=self.process.stdin, flush=True)
        reply = self.process.stdout.readline()
        assert reply, "the shell ended; what it said is above"
        return json.loads(reply)

    def leave(self) -> None:
        if self.process is not None:
            self.process.communicate()


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """A folder that all workers of this run know."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if WORKER else own


@pytest.fixture(scope="session")
def site(tmp_path_factory, shared) -> Site:
    folder = tmp_path_factory.mktemp("site")
    lent = lay_out_site(folder, shared, WORKER)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = site_environment(folder, lent, PORT=str(port), SITE_URL=url)
    log = folder / "serve.log"
    with log.open("w") as told:
        server = subprocess.Popen(
            [*MANAGE, "serve"], env=environment, cwd=ROOT, stdout=told, stderr=told
        )
    shell = Shell(environment)
    try:
        wait_until_it_answers(server, url, log)
        people = json.loads((folder / "demonstration.json").read_text())
        embedded = "DATABASE_URL" not in environment
        yield Site(url, shell, people["password"], people["phones"], embedded)
        # What it said last would otherwise be lost among the tests' own lines.
        assert server.poll() is None, (
            f"the site ended early:\n{log.read_text()[-4000:]}"
        )
    finally:
        shell.leave()
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(server: subprocess.Popen, url: str, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        assert server.poll() is None, f"it never answered:\n{log.read_text()[-4000:]}"
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as reply:
                assert json.load(reply) == {"problems": []}
                return
        except OSError:  # refused, or too busy yet
            time.sleep(0.3)
    pytest.fail(f"{url} did not answer within {START_LIMIT} s")


@pytest.fixture(scope="session")
def browser() -> Browser:
    installed = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=installed, args=CHROMIUM_FLAGS
        )
        yield running
        running.close()


class Visitor:
    """One person at one screen; nothing may load from elsewhere, nothing may fail."""

    def __init__(self, browser: Browser, site: Site, viewport: dict, **options):
        self.site = site
        self.context: BrowserContext = browser.new_context(
            viewport=viewport, locale="zh-CN", base_url=site.url, **options
        )
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._note_foreign)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note_console)

    def _note_foreign(self, request) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.foreign.append(request.url)

    def _note_console(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def sign_in(self, role: str) -> "Visitor":
        self.page.goto("/accounts/login/")
        self.page.fill("input[name=login]", self.site.phones[role])
        self.page.fill("input[name=password]", self.site.password)
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.wait_for_url(f"{self.site.url}/")
        return self

    def comes_back(self, cookies: list[dict]) -> bool:
        """Whether these cookies still sign somebody in, who then is at home."""
        self.context.add_cookies(cookies)
        self.page.goto("/")
        return self.page.url == f"{self.site.url}/"

    def session(self) -> list[dict]:
        kept = self.context.cookies(self.site.url)
        return [each for each in kept if each["name"] == settings.SESSION_COOKIE_NAME]

    def shoot(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")

    def leave(self) -> None:
        self.context.close()
        assert self.foreign == []
        assert self.complaints == []


@pytest.fixture(scope="session")
def sessions() -> dict[str, list[dict]]:
    """How those who have signed in already come back, by role."""
    return {}


@pytest.fixture
def visit(browser, site, sessions):
    """``visit("informant")`` signs somebody in; on a phone unless told otherwise.

    Who has signed in before comes back with the session; the form has been proven.
    """
    visitors = []

    def arrive(role: str | None, viewport: dict = PHONE, **options) -> Visitor:
        visitor = Visitor(browser, site, viewport, **options)
        visitors.append(visitor)
        if role and not (role in sessions and visitor.comes_back(sessions[role])):
            visitor.sign_in(role)
            sessions[role] = visitor.session()
        return visitor

    yield arrive
    for visitor in visitors:
        visitor.leave()


# The longest first, so that no worker is left with one of them at the end; the walks
# through all pages before anything else, while the site is as it was prepared.
FIRST = (
    "test_every_page_within_reach",
    "test_an_informant_learns",
    "test_time_that_ran_out",
    "test_a_file_brings",
    "test_the_previews",
)


def pytest_collection_modifyitems(items) -> None:
    def place(item) -> int:
        begins = (item.name.startswith(first) for first in FIRST)
        return next((no for no, begun in enumerate(begins) if begun), len(FIRST))

    items.sort(key=place)
