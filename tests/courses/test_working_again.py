"""A lesson worked through again: as if its self-checks were not answered yet."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from courses.domain.progressing import answer_check
from courses.domain.studying import address_again
from tests.factories.courses import LessonFactory, check_id

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def answer_url(lesson, prompt):
    return reverse("courses:answer_check", args=[lesson.pk, check_id(prompt)])


@pytest.fixture
def reader(client, informant):
    client.force_login(informant)
    return client


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_lesson_is_worked_through_again_as_if_it_were_new(reader, informant, headers):
    lesson = LessonFactory(checks=["问一", "问二"])
    for prompt in ("问一", "问二"):
        answer_check(lesson, check_id(prompt), chosen=[0], by=informant, at=NOW)
    address = address_again(lesson, since=NOW)

    before = reader.get(address).content.decode()
    query = address.removeprefix(lesson.url)
    posted = reader.post(
        answer_url(lesson, "问一") + query, {"chosen": "0"}, headers=headers
    )
    after = reader.get(address)

    assert "您正在为再次应考重新学习本课" in before
    assert "的理由" not in before
    if headers:
        assert "1 / 2" in posted.content.decode()
    else:
        assert posted["Location"] == f"{address}#check-{check_id('问一')}"
    assert [check.answer is None for check in after.context["state"].checks] == [
        False,
        True,
    ]
    assert "本课已重新学完" not in after.content.decode()
    reader.post(answer_url(lesson, "问二") + query, {"chosen": "1"}, headers=headers)
    done = reader.get(address).content.decode()
    assert "本课已重新学完" in done
    # It was never completed, and can be now.
    reader.post(reverse("courses:complete_lesson", args=[lesson.pk]))
    assert done.count("学完这一课") == 1
    assert "学完这一课" not in reader.get(address).content.decode()


@pytest.mark.parametrize("again", ["", "-1", "²", "9" * 12, "x", "1e3"])
def test_an_address_that_names_no_instant_shows_the_lesson_as_it_is(
    reader, informant, again
):
    lesson = LessonFactory(checks=["问一"])
    answer_check(lesson, check_id("问一"), chosen=[0], by=informant, at=NOW)

    page = reader.get(lesson.url, {"again": again}).content.decode()

    assert "问一的理由" in page
    assert "重新学习本课" not in page
