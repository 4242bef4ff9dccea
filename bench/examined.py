"""A sitting of the whole region, over and marked: 20,000 people, 50 questions each.

Written in bulk, for sat one by one it would take hours; the rows are what a sitting
leaves. People differ in ability and questions in difficulty, so that the statistics
have something to find. The papers are drawn by the domain, a few hundred of them,
and dealt out in turn; scores are those of the domain's own marking.
"""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from divisions.enums import Level
from divisions.models import Division
from divisions.scoping import at
from exams.domain.drawing import draw_paper
from exams.domain.marking import score_of
from exams.domain.planning import draw_up_blueprint
from exams.domain.scheduling import schedule_sitting
from exams.enums import CHOSEN, ONE_CHOICE, State
from exams.models import (
    AnswerEvent,
    AnswerNow,
    Attempt,
    Cell,
    ItemVersion,
    Question,
    Release,
    Sitting,
)

QUESTIONS = 50
PAPERS = 400
CHUNK = 1000
MINUTES = 60
COUNTS = {"judge": 4, "single": 7, "multiple": 4}
NUMBERS = {"policy": 2, "entry": 2, "system": 1}
POINTS = 2
SEED = "bench-"
# Of a hundred answers so many are left out, and so many given a second time.
LEFT_OUT, CHANGED = 2, 10


def cells_of_fifty() -> list[Cell]:
    return [
        Cell(subject, kind, count, POINTS)
        for subject, numbers in NUMBERS.items()
        for kind, count in {**COUNTS, "numeric": numbers}.items()
    ]


def sitting_over() -> Sitting:
    now = timezone.now()
    return schedule_sitting(
        "压测统计",
        division=Division.objects.get(level=Level.REGION),
        blueprint=draw_up_blueprint(
            "bench-50", title="压测卷", cells=cells_of_fifty(), by=None
        ),
        release=Release.objects.order_by("-pk")[0],
        opens_at=now - timedelta(hours=3),
        closes_at=now - timedelta(hours=1),
        minutes=MINUTES,
        pass_percent=60,
        pass_mark_reasons="压测：六成为常用的及格线",
        by=None,
    )


def sit_all(sitting: Sitting, people: int, *, first: int = 0) -> None:
    """Writes so many people with their attempts, answers and log of answers."""
    papers = [
        draw_paper(sitting.blueprint, sitting.release, seed=f"{SEED}{number}")
        for number in range(PAPERS)
    ]
    wanted = {row["version"] for paper in papers for row in paper}
    versions = ItemVersion.objects.in_bulk(wanted)
    villages = list(Division.objects.filter(level=Level.VILLAGE))
    step = max(1, len(villages) // people)
    numbers = range(first, first + people)
    for begin in range(0, people, CHUNK):
        chunk = numbers[begin : begin + CHUNK]
        places = [villages[number * step % len(villages)] for number in chunk]
        candidates = User.objects.bulk_create(
            User(
                phone=f"192{number:08d}",
                real_name=f"考生{number}",
                home_division=place,
                home_code=place.code,
            )
            for number, place in zip(chunk, places, strict=True)
        )
        goes = [
            Go(sitting, person, place, papers[number % PAPERS], versions, number)
            for number, person, place in zip(chunk, candidates, places, strict=True)
        ]
        write(goes)


class Go:
    """One person's way through a paper."""

    def __init__(self, sitting, person, place, paper, versions, number):
        chance = Random(number)
        self.ability = chance.gauss(0.6, 1)
        self.started_at = sitting.opens_at + timedelta(seconds=chance.randrange(600))
        self.questions = [Question(**row) for row in paper]
        self.values: dict[int, object] = {}
        self.deliveries: list[tuple[int, object, datetime]] = []
        self.answer_all(versions, chance)
        score = score_of(self.questions, versions, self.values)
        most = sum(question.points for question in self.questions)
        self.attempt = Attempt(
            candidate=person,
            sitting=sitting,
            number=1,
            seed=f"{SEED}{number % PAPERS}",
            spreads_keys=True,
            paper=paper,
            edition_code=sitting.release.edition_code,
            pass_percent=sitting.pass_percent,
            max_score=most,
            started_at=self.started_at,
            deadline_at=self.started_at + timedelta(minutes=MINUTES),
            epoch=1,
            state=State.MARKED,
            finished_at=self.deliveries[-1][2],
            finish_reason="handed-in",
            score=score,
            passed=score * 100 >= sitting.pass_percent * most,
            **at(place),
        )

    def answer_all(self, versions: dict[int, ItemVersion], chance: Random) -> None:
        moment = self.started_at
        for question in self.questions:
            version = versions[question.version]
            if chance.randrange(100) < LEFT_OUT:
                continue
            for _again in range(1 + (chance.randrange(100) < CHANGED)):
                moment += timedelta(seconds=chance.randrange(8, 60))
                value = answer_to(question, version, self.ability, chance)
                self.values[question.no] = value
                self.deliveries.append((question.no, value, moment))

    def answers(self) -> Iterator[AnswerNow]:
        for question in self.questions:
            value = self.values.get(question.no)
            yield AnswerNow(attempt=self.attempt, item_no=question.no, value=value)

    def events(self) -> Iterator[AnswerEvent]:
        for seq, (number, value, moment) in enumerate(self.deliveries, start=1):
            yield AnswerEvent(
                attempt=self.attempt,
                epoch=1,
                seq=seq,
                item_no=number,
                value=value,
                at=moment,
            )


def answer_to(
    question: Question, version: ItemVersion, ability: float, chance: Random
) -> object:
    knows = 1 / (1 + math.exp(version.difficulty - 2.5 - ability))
    is_right = chance.random() < knows
    if question.kind not in CHOSEN:
        return str(version.answer) if is_right else str(chance.randrange(1000))
    shown = list(range(len(question.order)))
    if is_right:
        return [place for place in shown if question.order[place] in version.answer]
    count = 1 if question.kind in ONE_CHOICE else chance.randrange(1, len(shown))
    return sorted(chance.sample(shown, count))


def write(goes: list[Go]) -> None:
    Attempt.objects.bulk_create([go.attempt for go in goes])
    AnswerNow.objects.bulk_create(
        (answer for go in goes for answer in go.answers()), batch_size=CHUNK
    )
    AnswerEvent.objects.bulk_create(
        (event for go in goes for event in go.events()), batch_size=CHUNK
    )
