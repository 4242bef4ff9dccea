"""The real site for a browser: its own folder, web server, worker and people."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from tests.migrated import kept_copy

from .lending import lent_services

ROOT = Path(__file__).resolve().parents[2]
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
    """A running site, how its commands are run beside it, and how its demonstration
    people sign in."""

    url: str
    environment: dict[str, str]
    password: str
    phones: dict[str, str]


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Site:
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        **lent_services(os.environ, os.environ.get("PYTEST_XDIST_WORKER", "")),
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "trainingsite.settings.embedded",
        "PORT": str(port),
        "SITE_URL": url,
    }
    # What the suite's other part has migrated is not migrated again.
    if "DATABASE_URL" not in environment and (migrated := kept_copy()).exists():
        shutil.copy(migrated, folder / "training.sqlite3")
    manage = [sys.executable, str(ROOT / "manage.py")]
    server = subprocess.Popen(
        [*manage, "serve", "--prepare"], env=environment, cwd=ROOT
    )
    try:
        wait_until_it_answers(server, url)
        people = json.loads((folder / "demonstration.json").read_text())
        yield Site(url, environment, people["password"], people["phones"])
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(server: subprocess.Popen, url: str) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        assert server.poll() is None, "the site ended before it answered"
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

    def shoot(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")

    def leave(self) -> None:
        self.context.close()
        assert self.foreign == []
        assert self.complaints == []


@pytest.fixture
def visit(browser, site):
    """``visit("informant")`` signs somebody in; on a phone unless told otherwise."""
    visitors = []

    def arrive(role: str | None, viewport: dict = PHONE, **options) -> Visitor:
        visitor = Visitor(browser, site, viewport, **options)
        visitors.append(visitor)
        return visitor.sign_in(role) if role else visitor

    yield arrive
    for visitor in visitors:
        visitor.leave()
