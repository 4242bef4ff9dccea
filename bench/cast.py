"""The people who visit the bench's site, made through the domain as any others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from django.utils import timezone

from accounts.domain.granting import create_person, grant_role
from accounts.enums import Role
from accounts.models import User
from certificates.domain.issuing import issue_certificate
from certificates.models import Certificate
from divisions.enums import Level
from divisions.models import Division
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import submit_attempt
from exams.domain.loading import load_questions
from exams.domain.planning import starter_blueprint
from exams.domain.releasing import sign_release
from exams.domain.scheduling import schedule_sitting
from exams.domain.starting import start_attempt
from exams.enums import CHOSEN
from exams.models import Attempt, ItemVersion, Sitting

PASSWORD = "bench-" + token_hex(8)


@dataclass
class Informant:
    """A visitor: signs in, sits in an exam, and holds certificates to download."""

    user: User
    attempt: Attempt
    certificates: list[Certificate]


def informants(count: int, *, certificates: int) -> list[Informant]:
    """Every one is in the middle of an exam and has passed ``certificates`` others."""
    village = Division.objects.filter(level=Level.VILLAGE).first()
    county = Division.objects.get(code=village.code[:6])
    running, *passed = [
        exam_for(county, number=number) for number in range(certificates + 1)
    ]
    now = timezone.now()
    return [
        Informant(
            user=user,
            attempt=start_attempt(running, by=user, at=now),
            certificates=[certificate_of(user, each, at=now) for each in passed],
        )
        for user in (person(number, village) for number in range(1, count + 1))
    ]


def person(number: int, home: Division) -> User:
    """The name is this run's own: a page that greets by it comes from this site."""
    user = create_person(
        f"1990000{number:04d}",
        real_name=f"压测员{token_hex(4)}",
        id_number="",
        home=home,
        by=None,
        password=PASSWORD,
    )
    today = timezone.localdate()
    grant_role(user, Role.INFORMANT, division=home, by=None, on=today)
    return user


def exam_for(division: Division, *, number: int) -> Sitting:
    now = timezone.now()
    load_questions()
    return schedule_sitting(
        f"压测考试{number}",
        division=division,
        blueprint=starter_blueprint(),
        release=sign_release("bench", by=None, at=now),
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(days=1),
        minutes=600,
        pass_percent=60,
        by=None,
    )


def certificate_of(user: User, sitting: Sitting, *, at: datetime) -> Certificate:
    attempt = open_room(start_attempt(sitting, by=user, at=at), at=at)
    save_answers(attempt.uuid, right_answers(attempt), by=user, at=at)
    attempt = submit_attempt(attempt, by=user, at=at)
    return issue_certificate(attempt, by=None, on=timezone.localdate(at))


def right_answers(attempt: Attempt) -> list[Answer]:
    versions = ItemVersion.objects.in_bulk([each.version for each in attempt.questions])
    answers = []
    for question in attempt.questions:
        right = versions[question.version].answer
        value = str(right)
        if question.kind in CHOSEN:
            value = [
                shown for shown, place in enumerate(question.order) if place in right
            ]
        answers.append(Answer(question.no, value, attempt.epoch, question.no))
    return answers
