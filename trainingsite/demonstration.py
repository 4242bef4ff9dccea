"""Demonstration people, households and posts, made through the domain as users would.

Nobody here exists: names carry 演示 (demonstration), phone numbers lie in a range that
no person is given, ID numbers in an area that no place has. Every step is safe to
repeat and leaves alone what users have changed since.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils import timezone

import measures
from accounts.domain.granting import create_person, grant_role
from accounts.enums import Role
from accounts.models import User
from certificates.domain.issuing import issue_earned
from certificates.domain.selecting import select_person
from courses.domain.progressing import answer_check, complete_lesson, path_progress
from divisions.models import Division
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import submit_attempt
from exams.domain.planning import starter_blueprint
from exams.domain.releasing import latest_release
from exams.domain.scheduling import schedule_sitting
from exams.domain.starting import start_attempt
from exams.enums import KeysShown
from exams.models import Attempt, ItemVersion, Sitting
from exercises.domain.drawing import draw_case
from households.domain.cleaning import clean_village
from households.domain.judging import judge
from households.domain.lines import enter_exit_line
from households.domain.registering import register_household
from households.domain.starting import start_case
from households.models import ExitLine, Household
from rosters.domain.assigning import assign_person

from .settings.secrets import lasting_secret

UNUSED_AREA = "459999"
VILLAGE, TOWNSHIP, COUNTY, CITY = "451026100201", "451026100", "451026", "4510"
SITTING = "扶贫信息员上岗考试（演示场次）"
HOUSEHOLD_SEEDS = range(2000, 2014)


@dataclass(frozen=True)
class Somebody:
    """One demonstration person; the key is how tests and the banner name them."""

    key: str
    name: str
    role: Role
    code: str

    def phone(self, number: int) -> str:
        return f"1400000{number:04d}"


SIGN_INS = (
    Somebody("informant", "韦小禾（演示）", Role.INFORMANT, VILLAGE),
    Somebody("township", "黄立春（演示）", Role.TOWNSHIP_OFFICE, TOWNSHIP),
    Somebody("county", "农芒种（演示）", Role.COUNTY_OFFICE, COUNTY),
    Somebody("city", "覃白露（演示）", Role.CITY_OFFICE, CITY),
    Somebody("region", "陆秋分（演示）", Role.REGION_OFFICE, "45"),
    Somebody("trainer", "莫谷雨（演示）", Role.TRAINER, "45"),
    Somebody("administrator", "蓝冬至（演示）", Role.ADMINISTRATOR, "45"),
)
# Certified already; those with a post stand in it.
COLLEAGUES = (
    ("罗惊蛰（演示）", VILLAGE[:9] + "202", VILLAGE[:9] + "202"),
    ("岑清明（演示）", VILLAGE[:9] + "203", VILLAGE[:9] + "203"),
    ("许小满（演示）", TOWNSHIP, TOWNSHIP),
    ("梁夏至（演示）", COUNTY, COUNTY),
    ("杨立秋（演示）", COUNTY, COUNTY),
    ("何霜降（演示）", CITY, CITY),
    ("苏小雪（演示）", VILLAGE[:9] + "204", None),
    ("唐大寒（演示）", COUNTY, None),
)


def load_demonstration(*, at: datetime) -> dict[str, object]:
    """Bring the demonstration up to date; return how one signs in."""
    on = timezone.localdate(at)
    password = lasting_secret(settings.DATA_DIR / "demonstration-password")[:10]
    people = {
        each.key: make_person(each.name, number, each.role, each.code, password, on=on)
        for number, each in enumerate(SIGN_INS, start=1)
    }
    offices = {COUNTY: people["county"], CITY: people["city"]}
    sitting = standing_sitting(people["trainer"], at=at)
    for number, (name, home, post) in enumerate(COLLEAGUES, start=101):
        colleague = make_person(name, number, Role.INFORMANT, home, password, on=on)
        certify(colleague, sitting, offices, at=at)
        if post:
            assign(colleague, post, offices, on=on)
    study(people["informant"], at=at, but_last=True)
    set_line(people["region"], on=on)
    fill_register(people["informant"], on=on)
    return remember(password)


def make_person(
    name: str, number: int, role: Role, code: str, password: str, *, on: date
) -> User:
    place = Division.objects.get(code=code)
    born = date(1980, 1, 1) + timedelta(days=137 * (number % 60))
    person = create_person(
        f"1400000{number:04d}",
        real_name=name,
        id_number=measures.make_id_number(
            UNUSED_AREA, born, "female" if number % 2 else "male", number
        ),
        home=place,
        by=None,
        password=password,
    )
    grant_role(person, role, division=place, by=None, on=on)
    return person


def standing_sitting(trainer: User, *, at: datetime) -> Sitting:
    """A sitting of the region that is open for a year from its first loading."""
    if known := Sitting.objects.filter(title=SITTING, closes_at__gt=at).first():
        return known
    return schedule_sitting(
        SITTING,
        division=Division.objects.get(code="45"),
        blueprint=starter_blueprint(),
        release=latest_release("starter"),
        opens_at=at - timedelta(days=1),
        closes_at=at + timedelta(days=365),
        minutes=60,
        pass_percent=60,
        pass_mark_reasons="演示数据：六成为常用的及格线",
        by=trainer,
        needs_path=True,
        attempts_allowed=5,
        # It stays open for a year; visitors come to read the explanations.
        keys_shown=KeysShown.AT_ONCE,
    )


def certify(
    person: User, sitting: Sitting, offices: dict[str, User], *, at: datetime
) -> None:
    """Choose, train and examine ``person``, by the same acts as anybody.

    Whoever has a certificate only reads the lessons that are new since.
    """
    if person.certificates.exists():
        study(person, at=at)
        return
    own = CITY if person.home_code == CITY else COUNTY
    select_person(
        person,
        division=Division.objects.get(code=own),
        by=offices[own],
        on=timezone.localdate(at),
        basis="演示：领导小组办公室选定名单",
    )
    study(person, at=at)
    attempt = start_attempt(sitting, by=person, at=at)
    if attempt.is_open:
        answer_rightly(attempt, by=person, at=at)
        submit_attempt(attempt, by=person, at=at)
    issue_earned(by=None)


def study(person: User, *, at: datetime, but_last: bool = False) -> None:
    """Answer every self-check and complete the lessons, all or all but the last."""
    lessons = [each for c in path_progress(person).courses for each in c.lessons]
    for each in lessons[:-1] if but_last else lessons:
        if each.is_done:
            continue
        for key, check in each.lesson.checks.items():
            answer_check(each.lesson, key, chosen=check.right, by=person, at=at)
        complete_lesson(each.lesson, by=person, at=at)


def answer_rightly(attempt: Attempt, *, by: User, at: datetime) -> None:
    attempt = open_room(attempt, at=at)
    keys = dict(
        ItemVersion.objects.filter(
            pk__in=[question.version for question in attempt.questions]
        ).values_list("pk", "answer")
    )
    answers = [
        Answer(
            item_no=question.no,
            value=as_shown(question, keys[question.version]),
            epoch=attempt.epoch,
            seq=question.no,
        )
        for question in attempt.questions
    ]
    save_answers(attempt.uuid, answers, by=by, at=at)


def as_shown(question, key: object) -> object:
    """The key in the places where the candidate sees its options."""
    if not isinstance(key, list):
        return str(key)
    return sorted(question.order.index(place) for place in key)


def assign(person: User, code: str, offices: dict[str, User], *, on: date) -> None:
    if not person.assignments.exists():
        office = offices[CITY if code == CITY else COUNTY]
        assign_person(
            person, division=Division.objects.get(code=code), by=office, on=on
        )


def set_line(office: User, *, on: date) -> None:
    """Without a line of its own year no income could be judged today."""
    if not ExitLine.objects.filter(year=on.year).exists():
        enter_exit_line(
            on.year,
            amount=Decimal(4000),
            source="演示数据：沿用2020年国家扶贫标准约4000元",
            by=office,
        )


def fill_register(informant: User, *, on: date) -> None:
    """Put made-up households into the informant's village, open one exit case, and see
    what the cleaning rules say of them."""
    if Household.objects.within(VILLAGE).exists():
        return
    village = Division.objects.get(code=VILLAGE)
    for place, seed in enumerate(HOUSEHOLD_SEEDS, start=1):
        facts = draw_case(seed).facts | {
            "code": f"{VILLAGE}{place:04d}",
            "division": VILLAGE,
        }
        register_household(
            facts, division=village, by=informant, on=on, address=f"演示屯{place}号"
        )
    for household in Household.objects.within(VILLAGE):
        if judge(household, on).met:
            start_case(household, "exit", by=informant, on=on)
            break
    clean_village(village, on=on)


def remember(password: str) -> dict[str, object]:
    """Leave the sign-ins where the banner and the tests find them."""
    phones = {
        each.key: each.phone(number) for number, each in enumerate(SIGN_INS, start=1)
    }
    found = {"password": password, "phones": phones}
    path = Path(settings.DATA_DIR / "demonstration.json")
    path.touch(mode=0o600)
    os.chmod(path, 0o600)
    path.write_text(json.dumps(found), encoding="utf-8")
    return found
