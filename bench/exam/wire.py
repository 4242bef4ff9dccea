"""One browser of the crowd, as far as sockets, cookies and forms go."""

import asyncio
import re
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

HOST = "127.0.0.1"
TIMEOUT = 60
FORM = "application/x-www-form-urlencoded"


class Wrong(Exception):
    """Not the expected reply of the server that this run started."""


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Ledger:
    """What was measured: by kind of request seconds, statements, processor ms, and
    when it was answered, in seconds from the beginning."""

    run: str
    began: float
    kinds: dict[str, list[tuple]] = field(default_factory=dict)

    def note(self, kind: str, seconds: float, reply: Reply) -> None:
        if reply.headers.get("x-bench-run") != self.run:
            raise Wrong(f"{kind}: another server answered")
        queries = int(reply.headers["x-bench-queries"])
        cost = float(reply.headers["x-bench-cpu"])
        at = perf_counter() - self.began
        self.kinds.setdefault(kind, []).append((seconds, queries, cost, at))


class Browser:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, port: int, ledger: Ledger):
        self.port, self.ledger = port, ledger
        self.cookies: dict[str, str] = {}
        self.stream: tuple | None = None

    async def get(self, kind: str, path: str, *words: str) -> Reply:
        return await self.ask(kind, "GET", path, "", "", 200, words)

    async def post(self, kind: str, path: str, **fields: str) -> Reply:
        fields["csrfmiddlewaretoken"] = self.cookies["csrftoken"]
        return await self.ask(kind, "POST", path, urlencode(fields), FORM, 302, ())

    async def say(self, kind: str, path: str, body: str, *words: str) -> Reply:
        return await self.ask(kind, "POST", path, body, "application/json", 200, words)

    async def ask(self, kind, method, path, body, content, status, words) -> Reply:
        """Any status but the expected one, and any missing word, is a failure."""
        began = perf_counter()
        async with asyncio.timeout(TIMEOUT):
            reply = await self.exchange(self.request(method, path, body, content))
        seconds = perf_counter() - began
        if reply.status != status or any(word not in reply.body for word in words):
            raise Wrong(f"{kind}: {reply.status} {reply.body[:200]!r}")
        self.ledger.note(kind, seconds, reply)
        return reply

    def request(self, method: str, path: str, body: str, content: str) -> bytes:
        headers = {
            "Host": f"{HOST}:{self.port}",
            "Cookie": "; ".join(
                f"{name}={value}" for name, value in self.cookies.items()
            ),
            "Accept-Language": "zh-CN",
        }
        if method == "POST":
            headers |= {
                "Origin": f"http://{HOST}:{self.port}",
                "X-CSRFToken": self.cookies["csrftoken"],
                "Content-Type": content,
                "Content-Length": str(len(body.encode())),
            }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode()

    async def exchange(self, request: bytes) -> Reply:
        kept = self.stream is not None
        try:
            return await self.exchange_once(request)
        except (asyncio.IncompleteReadError, ConnectionError) as fault:
            # The server closes a connection that was idle for half a minute; a browser
            # opens another and asks again, unless an answer had begun to come.
            if not kept or getattr(fault, "partial", b""):
                raise
        self.vanish()
        return await self.exchange_once(request)

    async def exchange_once(self, request: bytes) -> Reply:
        if self.stream is None:
            self.stream = await asyncio.open_connection(HOST, self.port)
        reader, writer = self.stream
        writer.write(request)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, set_to = value.strip().partition(";")[0].partition("=")
                self.cookies[cookie] = set_to
            headers[name.lower()] = value.strip()
        if "content-length" not in headers:
            raise Wrong("an answer without a length cannot be measured")
        body = await reader.readexactly(int(headers["content-length"]))
        return Reply(int(head[0].split()[1]), headers, body.decode())

    async def send_and_vanish(self, path: str, body: str) -> None:
        """The network dies between the request and its reply."""
        if self.stream is None:
            self.stream = await asyncio.open_connection(HOST, self.port)
        self.stream[1].write(self.request("POST", path, body, "application/json"))
        await self.stream[1].drain()
        self.vanish()

    def vanish(self) -> None:
        if self.stream:
            self.stream[1].close()
            self.stream = None


QUESTION = re.compile(r'id="q-(\d+)" data-no="\d+" data-kind="(\w+)"')


def questions_in(page: str) -> list[tuple[int, str, int]]:
    """Of a room: number, kind and count of options of each question."""
    found = list(QUESTION.finditer(page))
    ends = [each.start() for each in found[1:]] + [len(page)]
    return [
        (int(each[1]), each[2], page[each.end() : end].count('name="value"'))
        for each, end in zip(found, ends, strict=True)
    ]
