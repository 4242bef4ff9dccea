"""A learning path of one lesson, and people at every stage of the way to a post."""

from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page

from accounts.enums import Role
from courses.models import CourseIndexPage, CoursePage, LessonCompletion, LessonPage
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, SelectionFactory
from tests.factories.rosters import AssignmentFactory

TODAY = date(2026, 6, 1)


@pytest.fixture
def lesson(db) -> LessonPage:
    root = Page.get_first_root_node() or planted_root()
    index = root.add_child(instance=CourseIndexPage(title="课程", slug="kecheng"))
    course = index.add_child(
        instance=CoursePage(title="政策", slug="zhengce", summary="精准扶贫政策")
    )
    return course.add_child(
        instance=LessonPage(title="第一课", slug="diyi", summary="八有一超")
    )


def planted_root() -> Page:
    """Tests with real transactions leave an empty database behind them."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return Page.add_root(instance=Page(title="根", slug="root"))


@pytest.fixture
def train(lesson):
    def train(person):
        LessonCompletion.objects.create(
            person=person, lesson=lesson, completed_at=timezone.now(), answers={}
        )
        return person

    return train


@pytest.fixture
def ready(napo, train):
    """Make somebody chosen, trained and certified, who lives in the village."""

    def ready(**kwargs):
        home = kwargs.pop("at", napo.village)
        person = train(UserFactory(role=Role.INFORMANT, at=home, **kwargs))
        SelectionFactory(person=person, at=napo.county)
        CertificateFactory(holder=person, issued_on=date(2026, 3, 2))
        return person

    return ready


@pytest.fixture
def office(napo):
    """Who is told when a seat opens."""
    return UserFactory(
        role=Role.COUNTY_OFFICE, at=napo.county, email="office@example.org"
    )


@pytest.fixture
def held(napo):
    certificate = CertificateFactory(at=napo.village, issued_on=date(2026, 3, 2))
    return AssignmentFactory(at=napo.village, certificate=certificate)
