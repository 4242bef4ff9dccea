"""A site of the bench's own: prepared in a folder, served by a real web server."""

import http.cookiejar
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .figures import Figure, percentile

HOST = "127.0.0.1"
WORKERS = 2
SERVE = "from trainingsite.serving import run_web_server; run_web_server()"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Site:
    """A running web server; its workers are the children of ``process``."""

    process: subprocess.Popen
    port: int

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    def assert_alive(self) -> None:
        """What answered was us: our server still runs and nobody else had its port."""
        if self.process.poll() is not None:
            raise RuntimeError("the web server ended while it was measured")


@contextmanager
def serve():
    """Starts the web server that `manage.py serve` runs, and stops it."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        env={
            **os.environ,
            "HOST": HOST,
            "PORT": str(port),
            "SITE_URL": f"http://{HOST}:{port}",
            # All visitors come from one address here.
            "LOOKUPS_A_MINUTE": "1000000",
        },
    )
    site = Site(process, port)
    try:
        wait_until_answering(site)
        yield site
        site.assert_alive()
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return listener.getsockname()[1]


def wait_until_answering(site: Site) -> None:
    deadline = time.monotonic() + 60
    while True:
        site.assert_alive()
        try:
            urllib.request.urlopen(site.url("/healthz"), timeout=5).close()
            return
        except urllib.error.HTTPError:
            raise  # it answers, and is not well
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@dataclass
class Visit:
    """A signed-in person's browser, as far as cookies and forms go."""

    site: Site
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def get(self, path: str) -> str:
        with self.opener.open(self.site.url(path), timeout=60) as answer:
            return answer.read().decode()

    def post(self, path: str, **fields: str) -> str:
        """Fills in a form as a person does."""
        fields["csrfmiddlewaretoken"] = self.cookie("csrftoken")
        body = urllib.parse.urlencode(fields).encode()
        with self.opener.open(self.site.url(path), body, timeout=60) as answer:
            return answer.read().decode()

    def sign_in(self, phone: str, password: str, *, name: str) -> None:
        """Signs in by the page that people use; the answer must greet by name."""
        self.get("/accounts/login/")
        if name not in self.post("/accounts/login/", login=phone, password=password):
            raise RuntimeError(f"{name} could not sign in")

    def cookie(self, name: str) -> str:
        return next(each.value for each in self.cookies if each.name == name)

    def get_request(self, path: str, *words: str) -> dict:
        return self.request("GET", path, words)

    def post_request(self, path: str, content: object, *words: str) -> dict:
        """Content goes as JSON, the way the pages' own scripts send it."""
        return self.request("POST", path, words, json.dumps(content))

    def request(
        self, method: str, path: str, words: Sequence[str], body: str = ""
    ) -> dict:
        """A request for the load generator, byte for byte as this visit sends it."""
        headers = {
            "Host": f"{HOST}:{self.site.port}",
            "Cookie": "; ".join(f"{each.name}={each.value}" for each in self.cookies),
            "Accept-Language": "zh-CN",
        }
        if method == "POST":
            headers |= {
                "X-CSRFToken": self.cookie("csrftoken"),
                "Content-Type": "application/json",
                "Content-Length": str(len(body.encode())),
            }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        text = f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}"
        return {"text": text, "status": 200, "words": words}


@dataclass
class Load:
    """What is sent for one subject: to warm up, by one alone, by all at once; each a
    list of requests a visitor, on one connection unless they are strangers."""

    warming: list[list[dict]]
    alone: list[dict]
    together: list[list[dict]]
    strangers: bool = False


def send(site: Site, visitors: list[list[dict]], *, strangers: bool = False) -> dict:
    """Lets the load generator send; any fault is an error."""
    plan = {
        "host": HOST,
        "port": site.port,
        "visitors": visitors,
        "strangers": strangers,
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    site.assert_alive()
    report = json.loads(done.stdout)
    wanted = sum(len(requests) for requests in visitors)
    if report["failures"] or len(report["latencies"]) != wanted:
        raise RuntimeError(f"not every answer was right: {report['failures'][:3]}")
    return report


def measure(site: Site, subject: str, load: Load) -> list[Figure]:
    """First one visitor alone (how long one waits), then all at once (how many)."""
    send(site, load.warming, strangers=load.strangers)
    alone = send(site, [load.alone], strangers=load.strangers)["latencies"]
    together = send(site, load.together, strangers=load.strangers)
    rate = len(together["latencies"]) / together["seconds"]
    crowd = f"{len(load.together)} at a time, {WORKERS} workers"
    slowest = percentile(together["latencies"], 0.95)
    return [
        Figure(subject, "p50, one at a time", percentile(alone, 0.5) * 1000, "ms"),
        Figure(subject, "p95, one at a time", percentile(alone, 0.95) * 1000, "ms"),
        Figure(subject, f"p95, {crowd}", slowest * 1000, "ms"),
        Figure(subject, f"rate, {crowd}", rate, "requests/s"),
    ]


def memory_of(pid: int) -> float:
    """Proportional set size in MiB: shared pages are counted once among sharers."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    (kibibytes,) = re.findall(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(kibibytes) / 1024
