"""Certificates in every state, and the passed attempts they follow from."""

from datetime import date, datetime, timedelta

import factory
from django.utils import timezone

from accounts.models import User
from certificates.models import Certificate, CertificateTemplate, Selection
from certificates.numbering import check_character
from core.dates import add_months
from courses.models import LessonCompletion, LessonPage
from divisions.enums import CODE_LENGTH, Level
from divisions.models import Division
from divisions.scoping import at as placed_at
from exams.enums import FinishReason, State
from exams.models import Attempt, Blueprint, Cell, Release, Sitting

from .accounts import UserFactory
from .courses import LessonFactory
from .divisions import DivisionFactory

ISSUED = date(2026, 3, 2)
LONG_AGO = date(2016, 6, 1)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


class PlainSittingFactory(factory.django.DjangoModelFactory):
    """A sitting for the whole region whose papers are of no interest here."""

    class Meta:
        model = Sitting
        django_get_or_create = ("division", "title", "opens_at")

    title = "2026年第一期扶贫信息员上岗考试"
    division = factory.SubFactory(DivisionFactory, code="45", name="广西壮族自治区")
    division_code = factory.SelfAttribute("division.code")
    opens_at = noon(date(2026, 1, 1))
    closes_at = noon(date(2027, 1, 1))
    minutes = 60
    pass_percent = 60
    attempts_allowed = 9

    @factory.lazy_attribute
    def blueprint(self):
        cells = [Cell("policy", "judge", 1, 2).as_row()]
        return Blueprint.objects.get_or_create(
            code="post", defaults={"title": "上岗", "cells": cells}
        )[0]

    @factory.lazy_attribute
    def release(self):
        return Release.objects.get_or_create(
            line="post",
            number=1,
            defaults={"edition_code": "gx-2017", "signed_at": noon(ISSUED)},
        )[0]


class MarkedAttemptFactory(factory.django.DjangoModelFactory):
    """The row of a marked attempt that passed, without paper or answers;
    ``failed=True`` for one that did not, ``unfinished=True`` for one still open."""

    class Meta:
        model = Attempt

    class Params:
        failed = factory.Trait(score=20, passed=False)
        unfinished = factory.Trait(
            state=State.OPEN,
            finished_at=None,
            finish_reason="",
            score=None,
            passed=None,
        )
        on = ISSUED

    candidate = factory.SubFactory(UserFactory)
    sitting = factory.SubFactory(PlainSittingFactory)
    division = factory.SelfAttribute("sitting.division")
    division_code = factory.SelfAttribute("division.code")
    number = factory.Sequence(lambda n: n + 1)
    seed = "seed"
    paper = factory.LazyFunction(list)
    edition_code = "gx-2017"
    pass_percent = 60
    max_score = 100
    started_at = factory.LazyAttribute(lambda o: noon(o.on) - timedelta(hours=1))
    deadline_at = factory.LazyAttribute(lambda o: noon(o.on))
    state = State.MARKED
    finished_at = factory.LazyAttribute(lambda o: noon(o.on))
    finish_reason = FinishReason.HANDED_IN
    score = 90
    passed = True


class SelectionFactory(factory.django.DjangoModelFactory):
    """``SelectionFactory(person=…, at=county)``: chosen long ago by that office."""

    class Meta:
        model = Selection

    person = factory.SubFactory(UserFactory)
    chosen_on = LONG_AGO
    chosen_by = factory.LazyFunction(lambda: UserFactory(real_name="县办干部"))
    basis = "那扶领办〔2016〕3号"
    entered_at = factory.LazyAttribute(lambda o: noon(o.chosen_on))

    @classmethod
    def _create(cls, model_class, *args, at, **kwargs):
        return super()._create(model_class, *args, **placed_at(at), **kwargs)


def train(person: User, *, on: date = LONG_AGO) -> User:
    """Complete the path for ``person``; a path of one lesson if there is none yet."""
    lessons = LessonPage.objects.live().all() or [LessonFactory(slug="path")]
    for lesson in lessons:
        LessonCompletion.objects.get_or_create(
            person=person,
            lesson=lesson,
            defaults={"completed_at": noon(on), "answers": {}},
        )
    return person


def prepared(home: Division, **kwargs) -> User:
    """Somebody from ``home`` whom the county or city office chose, and who is trained;
    only the exam is missing."""
    person = train(UserFactory(at=home, **kwargs))
    office = home.code[: CODE_LENGTH[Level.COUNTY]]
    SelectionFactory(person=person, at=Division.objects.get(code=office))
    return person


class CertificateFactory(factory.django.DjangoModelFactory):
    """A certificate issued on ``issued_on``, good for three years.

    ``revoked=True`` for a revoked one, ``expired=True`` for one that ran out a year
    ago; ``at=division`` puts its holder there.
    """

    class Meta:
        model = Certificate

    class Params:
        at = None
        revoked = factory.Trait(
            revoked_on=factory.LazyAttribute(lambda o: o.issued_on),
            revocation_reason="考试作弊",
        )
        expired = factory.Trait(
            issued_on=factory.LazyFunction(
                lambda: add_months(timezone.localdate(), -48)
            )
        )

    holder = factory.SubFactory(UserFactory, at=factory.SelfAttribute("..at"))
    attempt = factory.SubFactory(
        MarkedAttemptFactory,
        candidate=factory.SelfAttribute("..holder"),
        on=factory.SelfAttribute("..issued_on"),
    )
    number = factory.Sequence(lambda n: numbered(f"4510992026{n + 1:05d}"))
    division = factory.LazyAttribute(
        lambda o: o.holder.home_division or DivisionFactory(code="451026100201")
    )
    division_code = factory.SelfAttribute("division.code")
    holder_name = factory.SelfAttribute("holder.real_name")
    masked_id_number = "451026********1234"
    post_level = Level.VILLAGE
    post_place = factory.SelfAttribute("division.full_name")
    exam_name = factory.SelfAttribute("attempt.sitting.title")
    edition_code = "gx-2017"
    office_name = "那坡县扶贫开发领导小组办公室"
    office_code = "451026"
    issued_on = factory.LazyFunction(lambda: add_months(timezone.localdate(), -6))
    expires_on = factory.LazyAttribute(lambda o: add_months(o.issued_on, 36))
    verification_code = "K7MPQ2XWZ4"


def numbered(body: str) -> str:
    return body + check_character(body)


class TemplateFactory(factory.django.DjangoModelFactory):
    """``TemplateFactory(at=county)``: published, for every level, since long ago;
    ``live=False`` for one that nobody has published yet."""

    class Meta:
        model = CertificateTemplate

    name = "县证书模板"
    body = (
        "{姓名}（居民身份证号码：{身份证号}）在“{考试名称}”中成绩合格，"
        "具备从事{岗位级别}扶贫信息员工作的资格。\n特发此证。"
    )
    holds_from = LONG_AGO
    live = True

    @classmethod
    def _create(cls, model_class, *args, at, **kwargs):
        return super()._create(model_class, *args, **placed_at(at), **kwargs)
