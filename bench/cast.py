"""The people who visit the bench's site, made through the domain as any others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from django.utils import timezone

from accounts.domain.granting import create_person, grant_role
from accounts.enums import Role
from accounts.models import User
from certificates.domain.issuing import issue_certificate
from certificates.domain.selecting import select_person
from certificates.models import Certificate
from courses.models import LessonCompletion, LessonPage
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
    """A visitor: signs in, sits in an exam, and downloads colleagues' certificates."""

    user: User
    attempt: Attempt
    certificates: list[Certificate]


def informants(count: int, *, certificates: int) -> list[Informant]:
    """Every one is in the middle of an exam and helps in the township's office, which
    may read the ``certificates`` of as many people besides."""
    village = Division.objects.filter(level=Level.VILLAGE).first()
    county = Division.objects.get(code=village.code[:6])
    running, passed = [exam_for(county, number=number) for number in range(2)]
    now = timezone.now()
    office = choosing_office(county)
    visitors = [person(number, village) for number in range(1, count + 1)]
    for user in visitors:
        help_in_the_office(user)
    return [
        Informant(
            user=user,
            attempt=start_attempt(running, by=user, at=now),
            certificates=[
                certificate_of(person(number, village), passed, office, at=now)
                for number in range(first, first + certificates)
            ],
        )
        for first, user in zip(count_from(count, certificates), visitors, strict=True)
    ]


def count_from(count: int, certificates: int) -> range:
    """The number of each visitor's first colleague, past the visitors' own."""
    return range(1000, 1000 + count * certificates, certificates)


def choosing_office(
    division: Division, *, number: int = 999, role: Role = Role.COUNTY_OFFICE
) -> User:
    office = person(number, division)
    grant_role(office, role, division=division, by=None, on=timezone.localdate())
    return office


def help_in_the_office(user: User) -> None:
    township = Division.objects.get(code=user.home_code[:9])
    today = timezone.localdate()
    grant_role(user, Role.TOWNSHIP_OFFICE, division=township, by=None, on=today)


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
        pass_mark_reasons="压测：六成为常用的及格线",
        by=None,
    )


def certificate_of(
    user: User, sitting: Sitting, office: User, *, at: datetime
) -> Certificate:
    """Choose, train and examine ``user``; the exam's signal issues the certificate."""
    choose_and_train(user, office, at=at)
    attempt = open_room(start_attempt(sitting, by=user, at=at), at=at)
    save_answers(attempt.uuid, right_answers(attempt), by=user, at=at)
    attempt = submit_attempt(attempt, by=user, at=at)
    return issue_certificate(attempt, by=None, on=timezone.localdate(at))


def choose_and_train(user: User, office: User, *, at: datetime) -> None:
    county = Division.objects.get(code=user.home_code[:6])
    on = timezone.localdate(at)
    select_person(user, division=county, by=office, on=on, basis="压测名单")
    LessonCompletion.objects.bulk_create(
        LessonCompletion(person=user, lesson=lesson, completed_at=at, answers={})
        for lesson in LessonPage.objects.live()
    )


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
