"""The bench counts right, and takes no wrong answer for a fast one."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.figures import Figure, as_table, percentile, rounded
from bench.load import run
from bench.writing import LATEST, README, RESULTS, as_section, refresh, section_of


class Lesson(BaseHTTPRequestHandler):
    """A page for those who are signed in, a redirect for others."""

    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections.append(self)

    def do_GET(self):
        signed_in = self.headers["Cookie"] == "sessionid=known"
        body = "你好，韦秀兰".encode() if signed_in else b""
        self.send_response(200 if signed_in else 302)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Nothing: the output of the tests is for the tests."""


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Lesson) as served:
        served.connections = []
        thread = threading.Thread(target=served.serve_forever)
        thread.start()
        yield served
        served.shutdown()
        thread.join()


def plan(
    server, *, cookie="sessionid=known", words="韦秀兰", count=5, strangers=False
) -> dict:
    text = f"GET / HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\n\r\n"
    request = {"text": text, "status": 200, "words": ["你好", words]}
    host, port = server.server_address
    return {
        "host": host,
        "port": port,
        "visitors": [[request] * count] * 2,
        "strangers": strangers,
    }


def test_every_right_answer_is_counted(server):
    report = run(plan(server))

    assert (len(report["latencies"]), report["failures"]) == (10, [])
    assert 0 < max(report["latencies"]) <= report["seconds"]


@pytest.mark.parametrize(("strangers", "connections"), [(False, 2), (True, 10)])
def test_strangers_come_on_connections_of_their_own(server, strangers, connections):
    report = run(plan(server, strangers=strangers))

    assert (len(report["latencies"]), report["failures"]) == (10, [])
    assert len(server.connections) == connections


def test_redirect_to_sign_in_is_a_failure(server):
    report = run(plan(server, cookie="sessionid=stranger"))

    assert report["latencies"] == []
    assert report["failures"] == ["302: ", "302: "]


def test_page_of_somebody_else_is_a_failure(server):
    report = run(plan(server, words="黄小明"))

    assert report["latencies"] == []
    assert report["failures"] == ["200: 你好，韦秀兰", "200: 你好，韦秀兰"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (7, "7"),
        (34567, "34,567"),
        (0.012345, "0.0123"),
        (1.5, "1.50"),
        (98.76, "98.8"),
        (34567.8, "34,600"),
    ],
)
def test_figures_show_three_digits(value, shown):
    assert rounded(value) == shown


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (1, 100)])
def test_percentile_is_a_value_that_was_measured(share, value):
    assert percentile(range(100, 0, -1), share) == value


def test_table_is_markdown():
    table = as_table([Figure("A lesson page", "p50", 12.345, "ms")])

    assert table.splitlines() == [
        "| What          | Measured |   Value |",
        "| ------------- | -------- | ------: |",
        "| A lesson page | p50      | 12.3 ms |",
    ]


def test_readme_keeps_everything_but_the_figures(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("Before\n<!-- bench -->\nold\n<!-- /bench -->\nAfter\n")
    machine = {"processor": "P", "cores": 2, "memory_gib": 24}
    results = {
        "measured_on": "2026-11-23",
        "machine": machine | {"python": "3.11", "sqlite": "3.40"},
        "figures": [vars(Figure("A lesson page", "p50", 12.345, "ms"))],
    }

    refresh(readme, results)

    text = readme.read_text()
    assert section_of(text) == as_section(results)
    assert (text[:15], text[-6:]) == ("Before\n<!-- ben", "After\n")


def test_readme_without_marks_is_left_alone(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("No figures here\n")

    refresh(readme, {})

    assert readme.read_text() == "No figures here\n"


def test_readme_shows_the_figures_of_the_last_bench():
    latest = json.loads((RESULTS / LATEST).read_text())
    assert section_of(README.read_text()) == as_section(latest)
