"""The load generator of an exam day: a process of its own.

    python -m bench.exam.crowd <plan.json >report.json

Each person signs in, reads the rules, starts, and reads the paper until everybody has
come; answers fifty questions one by one at a human pace compressed, feels the pulse now
and then, checks and hands in. Some go on
on a second device; some lose the network for a while, and what they sent last has
arrived although no reply came: they send it again.
"""

import asyncio
import gc
import json
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from time import perf_counter

from .wire import Browser, Ledger, Wrong, questions_in

EPOCH = re.compile(r'data-epoch="(\d+)"')
TOLERATED = 5  # failures after which the run is over


@dataclass
class Day:
    """Seconds from the beginning: everybody has come by ``start``, answers from then
    until ``start + answering``, has handed in ``submit`` seconds after that."""

    port: int
    title: str
    sitting: int
    password: str
    start: float
    answering: float
    submit: float
    devices: float
    outages: float
    pulse_every: int


class Person:
    def __init__(self, number: int, phone: str, day: Day, ledger: Ledger):
        self.phone, self.day, self.ledger = phone, day, ledger
        self.chance = Random(number)
        self.browser = Browser(day.port, ledger)
        self.unsent: list[dict] = []
        self.acknowledged: list[tuple] = []
        self.uuid, self.epoch, self.seq = "", 0, 0
        self.changes_device = self.chance.random() < day.devices
        self.loses_network = self.chance.random() < day.outages
        # Nobody keeps step with the others.
        self.pulse_at = self.chance.randrange(day.pulse_every)
        self.device_at = self.chance.randrange(1, 50)

    async def sit(self, began: float) -> None:
        await until(began + self.chance.uniform(0, self.day.start))
        await self.sign_in()
        questions = await self.start()
        first = max(perf_counter(), began + self.day.start)
        pause = (began + self.day.start + self.day.answering - first) / len(questions)
        away = range(20, 30) if self.loses_network else ()
        for place, question in enumerate(questions):
            await until(first + (place + self.chance.random()) * pause)
            if self.changes_device and place == self.device_at:
                await self.take_other_device()
            self.answer(*question)
            await self.deliver(vanishing=place in away)
            pulses = place % self.day.pulse_every == self.pulse_at
            if pulses and place not in away:
                await self.browser.get("pulse", self.path("pulse/"), '"remaining"')
        await self.deliver()
        closing = began + self.day.start + self.day.answering
        await until(closing + self.chance.uniform(0, self.day.submit))
        await self.hand_in()

    async def sign_in(self) -> None:
        address = "/accounts/login/"
        await self.browser.get("sign-in page", address, 'name="password"')
        password = self.day.password
        await self.browser.post("sign-in", address, login=self.phone, password=password)
        if "sessionid" not in self.browser.cookies:
            raise Wrong("sign-in: no session")

    async def start(self) -> list[tuple]:
        rules = f"/exams/sittings/{self.day.sitting}/rules/"
        await self.browser.get("rules", rules, self.day.title)
        reply = await self.browser.post("start", rules)
        found = re.fullmatch(r"/exams/attempts/([0-9a-f-]{36})/", reply.location)
        if not found:
            raise Wrong(f"start: led to {reply.location}")
        self.uuid = found[1]
        return await self.open_room()

    async def open_room(self) -> list[tuple]:
        words = self.day.title, 'id="q-50"'
        reply = await self.browser.get("room", self.path(), *words)
        self.epoch, self.seq = int(EPOCH.search(reply.body)[1]), 0
        return questions_in(reply.body)

    async def take_other_device(self) -> None:
        """Sign in anew and open the room; the first device sends once more, late."""
        other, old = Browser(self.day.port, self.ledger), self.browser
        self.browser = other
        await self.sign_in()
        old_epoch, old_seq = self.epoch, self.seq
        await self.open_room()
        late = {"no": 1, "value": None, "epoch": old_epoch, "seq": old_seq + 1}
        body = json.dumps({"answers": [late]})
        told = await old.say("save", self.path("answer/"), body, '"acked"')
        if json.loads(told.body)["epoch"] != self.epoch:
            raise Wrong("save: the first device was not told of the second")
        old.vanish()

    def path(self, rest: str = "") -> str:
        return f"/exams/attempts/{self.uuid}/{rest}"

    def answer(self, no: int, kind: str, options: int) -> None:
        self.seq += 1
        value = str(self.chance.randrange(1000))
        if kind != "numeric":
            several = self.chance.randrange(1, options) if kind == "multiple" else 1
            value = sorted(self.chance.sample(range(options), several))
        message = {"no": no, "value": value, "epoch": self.epoch, "seq": self.seq}
        self.unsent.append(message)

    async def deliver(self, *, vanishing: bool = False) -> None:
        if not self.unsent:
            return
        body = json.dumps({"answers": self.unsent})
        if vanishing:
            await self.browser.send_and_vanish(self.path("answer/"), body)
            return
        reply = await self.browser.say("save", self.path("answer/"), body, '"acked"')
        acked = {tuple(pair) for pair in json.loads(reply.body)["acked"]}
        if acked != {(each["epoch"], each["seq"]) for each in self.unsent}:
            raise Wrong(f"save: acknowledged {sorted(acked)}")
        for each in self.unsent:
            row = (each["epoch"], each["seq"], each["no"], each["value"])
            self.acknowledged.append(row)
        self.unsent = []

    async def hand_in(self) -> None:
        await self.browser.get("review", self.path("review/"), "</form>")
        reply = await self.browser.post("submit", self.path("submit/"))
        if reply.location != self.path("result/"):
            raise Wrong(f"submit: led to {reply.location}")
        await self.browser.get("result", self.path("result/"), self.day.title)
        self.browser.vanish()


async def until(instant: float) -> None:
    await asyncio.sleep(max(0.0, instant - perf_counter()))


async def run(plan: dict) -> dict:
    ledger = Ledger(plan["run"], began := perf_counter())
    day = Day(**plan["day"])
    failures: list[str] = []
    people = [
        Person(number, phone, day, ledger)
        for number, phone in enumerate(plan["phones"])
    ]

    async def sit(person: Person) -> None:
        try:
            await person.sit(began)
        except (Wrong, OSError, EOFError, TimeoutError) as fault:
            failures.append(f"{type(fault).__name__}: {fault}"[:300])
            if len(failures) > TOLERATED:
                raise

    # What ends the run is told in the failures.
    with suppress(Wrong, OSError, EOFError, TimeoutError):
        await asyncio.gather(*map(sit, people))
    return {
        "seconds": perf_counter() - began,
        "failures": failures,
        "kinds": ledger.kinds,
        "acknowledged": {person.uuid: person.acknowledged for person in people},
        "changed_device": sum(person.changes_device for person in people),
        "lost_network": sum(person.loses_network for person in people),
    }


if __name__ == "__main__":
    gc.freeze()
    json.dump(asyncio.run(run(json.load(sys.stdin))), sys.stdout)
