"""A candidate's phone as outbox.js works: it sends until it is acknowledged."""

import http.client
import json
import re
import time
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until a drill calls an answer undeliverable
SHORT = 5  # seconds until a message is sent once more
EPOCH = re.compile(r'data-epoch="(\d+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


class Phone:
    def __init__(self, port: int, attempt: dict):
        self.port, self.attempt = port, attempt
        self.path = f"/exams/attempts/{attempt['uuid']}/"
        self.cookies: dict[str, str] = {}
        self.epoch = self.seq = 0
        self.given: list[dict] = []
        self.acknowledged: dict[tuple[int, int], dict] = {}
        self.refused = 0

    # ---- the wire ----------------------------------------------------------------

    def connect(self, timeout: float) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(HOST, self.port, timeout=timeout)

    def headers(self, **more: str) -> dict[str, str]:
        crumbs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        token = self.cookies.get("csrftoken", "")
        return {
            "Cookie": crumbs,
            "X-CSRFToken": token,
            "Accept-Language": "zh-CN",
        } | more

    def ask(self, method: str, path: str, body="", headers=JSON, timeout=PATIENCE):
        line = self.connect(timeout)
        try:
            line.request(method, path, body or None, self.headers(**headers))
            reply = line.getresponse()
            for name, value in reply.getheaders():
                if name.lower() == "set-cookie":
                    cookie, _, set_to = value.strip().partition(";")[0].partition("=")
                    self.cookies[cookie] = set_to
            return reply.status, reply.read().decode(), reply.getheader("Location", "")
        finally:
            line.close()

    # ---- what a candidate does ---------------------------------------------------

    def sign_in(self) -> "Phone":
        self.ask("GET", "/accounts/login/")
        told = {"login": self.attempt["phone"], "password": self.attempt["password"]}
        status, body, _to = self.ask("POST", "/accounts/login/", urlencode(told), FORM)
        assert (status, "sessionid" in self.cookies) == (302, True), body[:500]
        return self

    def enter(self) -> "Phone":
        status, body, _to = self.ask("GET", self.path)
        assert status == 200
        self.epoch, self.seq = int(EPOCH.search(body)[1]), 0
        return self

    def give(self, no: int, value: object) -> dict:
        self.seq += 1
        message = {"no": no, "value": value, "epoch": self.epoch, "seq": self.seq}
        self.given.append(message)
        return message

    def try_to_send(self, messages: list[dict]) -> int:
        """The status of the reply, 0 if there was none."""
        try:
            body = json.dumps({"answers": messages})
            status, told, _to = self.ask(
                "POST", f"{self.path}answer/", body, timeout=SHORT
            )
        except (OSError, http.client.HTTPException):
            self.refused += 1
            return 0
        if status == 200:
            ranks = {tuple(pair) for pair in json.loads(told)["acked"]}
            assert ranks == {(each["epoch"], each["seq"]) for each in messages}
            self.acknowledged |= {(m["epoch"], m["seq"]): m for m in messages}
        else:
            self.refused += 1
        return status

    def deliver(self, *messages: dict) -> None:
        """Send until it is acknowledged."""
        ends = time.monotonic() + PATIENCE
        while self.try_to_send(list(messages)) != 200:
            assert time.monotonic() < ends, "an answer could not be delivered"
            time.sleep(0.1)

    def send_and_vanish(self, *messages: dict) -> None:
        """The request arrives whole; the reply finds nobody."""
        line = self.connect(SHORT)
        body = json.dumps({"answers": messages})
        line.request("POST", f"{self.path}answer/", body, self.headers(**JSON))
        line.close()

    def hand_in(self) -> str:
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                status, _body, to = self.ask(
                    "POST", f"{self.path}submit/", "", FORM, SHORT
                )
            except (OSError, http.client.HTTPException):
                status = 0
            if status == 302:
                return to
            assert time.monotonic() < ends, "the paper could not be handed in"
            time.sleep(0.2)
