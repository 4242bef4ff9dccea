"""The load generator: a process of its own that sends requests and checks answers.

    python -m bench.load <plan.json >report.json

A plan names host, port, a list of requests for each visitor (all work at the same
time), and whether they are ``strangers``. Every answer must have the expected status
and contain all the expected words: a redirect to the sign-in page or another site's
page on the same port is a failure and never a fast success.
"""

import json
import socket
import sys
import threading
from contextlib import closing
from time import perf_counter

TIMEOUT = 30


class Connection:
    def __init__(self, host: str, port: int):
        self.socket = socket.create_connection((host, port), TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream = self.socket.makefile("rb")

    def close(self) -> None:
        self.stream.close()
        self.socket.close()

    def send(self, request: bytes) -> tuple[int, bytes]:
        """Returns status and body of the answer."""
        self.socket.sendall(request)
        status = int(self.stream.readline().split()[1])
        length = None
        while (line := self.stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif name.lower() == b"transfer-encoding":
                raise ValueError("an answer without a length cannot be measured")
        return status, self.stream.read(length) if length else b""


class Visitor:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, host: str, port: int):
        self.connection = Connection(host, port)
        self.send = self.connection.send
        self.close = self.connection.close


class Strangers:
    """A connection for each request: every one comes from another's phone, so none
    stays with the web worker that happened to take the one before."""

    def __init__(self, host: str, port: int):
        self.server = host, port

    def send(self, request: bytes) -> tuple[int, bytes]:
        with closing(Connection(*self.server)) as connection:
            return connection.send(request)

    def close(self) -> None:
        pass


def work(plan: dict, requests: list[dict], report: dict) -> None:
    encoded = [request["text"].encode() for request in requests]
    expected = [
        (each["status"], [words.encode() for words in each["words"]])
        for each in requests
    ]
    kind = Strangers if plan["strangers"] else Visitor
    with closing(kind(plan["host"], plan["port"])) as visitor:
        for request, (status, words) in zip(encoded, expected, strict=True):
            started = perf_counter()
            found, body = visitor.send(request)
            seconds = perf_counter() - started
            if found != status or not all(each in body for each in words):
                start_of_body = body[:300].decode(errors="replace")
                report["failures"].append(f"{found}: {start_of_body}")
                return
            report["latencies"].append(seconds)


def run(plan: dict) -> dict:
    report = {"latencies": [], "failures": []}
    threads = [
        threading.Thread(target=work, args=(plan, requests, report))
        for requests in plan["visitors"]
    ]
    started = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report["seconds"] = perf_counter() - started
    return report


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
