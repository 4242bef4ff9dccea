"""Who failed works through the lessons on what went wrong, on the site, and sits
again."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.domain.progressing import answer_check, open_lesson
from courses.domain.studying import address_again
from exams.domain.refreshing import (
    MOST,
    Lost,
    lessons_advised,
    lessons_due,
    lessons_on,
    lessons_to_read,
)
from exams.enums import ResultsShown
from exams.models import Attempt, Cell, Script
from tests.factories.courses import LessonFactory, check_id
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db
SECTION = "解读 四(一)2"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def lesson():
    return LessonFactory(title="脱贫标准", cites=SECTION, checks=["问一", "问二"])


@pytest.fixture
def reader(client, informant):
    client.force_login(informant)
    return client


def failed_in(sitting, informant, at):
    return AttemptFactory(
        sitting=sitting, candidate=informant, started_at=at, right=False
    )


def test_from_the_failed_result_over_the_lessons_into_the_next_attempt(
    reader, informant, lesson
):
    now = timezone.now()
    LessonFactory(title="无关的课", cites="解读 五")
    sitting = SittingFactory(
        opens_at=now - 2 * HOUR,
        closes_at=now + HOUR,
        attempts_allowed=2,
        refresher=True,
    )
    for prompt in ("问一", "问二"):
        answer_check(lesson, check_id(prompt), chosen=[0], by=informant, at=now - HOUR)
    attempt = failed_in(sitting, informant, now - 0.5 * HOUR)
    rules = reverse("exams:rules", args=[sitting.pk])

    card = reader.get(reverse("exams:index")).content.decode()
    result = reader.get(attempt.get_absolute_url())
    closed = reader.get(rules)
    refused = reader.post(rules, follow=True)

    (address,) = lessons_again(card)
    assert lessons_again(read(closed)) == [address]
    assert rules in what_next(read(result))
    assert [due.lesson for due in result.context["lessons"]] == [lesson]
    assert "再次应考前，请先重新学完以下课时：“脱贫标准”。" in read(refused)
    assert Attempt.objects.count() == 1

    opened = reader.get(address)
    for path in re.findall(r'hx-post="([^"]*)"', read(opened)):
        reader.post(path, {"chosen": "0"})
    done = reader.get(rules)

    assert "已重新学完" in read(done)
    assert done.context["closed"] is None
    assert reader.post(rules).url.startswith("/exams/attempts/")
    assert Attempt.objects.count() == 2


def test_a_lesson_worked_through_again_leads_to_the_next_and_the_last_to_the_exams(
    reader, informant
):
    lessons = [
        LessonFactory(title=title, cites=SECTION, checks=["问一"])
        for title in ("第一课", "第二课")
    ]
    LessonFactory(title="无关的课", cites="解读 五")
    now = timezone.now()
    sitting = SittingFactory(
        opens_at=now - 2 * HOUR,
        closes_at=now + HOUR,
        attempts_allowed=2,
        refresher=True,
    )
    attempt = failed_in(sitting, informant, now - 0.5 * HOUR)
    attempt.refresh_from_db()
    addresses = [due.url for due in lessons_due(attempt)]
    ends = []
    for lesson, address in zip(lessons, addresses, strict=True):
        reader.get(address)
        answer_check(lesson, check_id("问一"), chosen=[0], by=informant, at=now)
        ends.append(what_next(read(reader.get(address))))

    assert lessons_again(ends[0]) == [addresses[1]]
    assert "还有 1 课要重新学习" in ends[0]
    assert lessons_again(ends[1]) == []
    assert "返回考试" in ends[1]


def test_a_lesson_names_no_other_while_the_keys_are_held(reader, informant):
    first, _second = (LessonFactory(cites=SECTION) for _each in range(2))
    now = timezone.now()
    sitting = SittingFactory(opens_at=now - 2 * HOUR, closes_at=now + HOUR)
    attempt = failed_in(sitting, informant, now - 0.5 * HOUR)

    page = read(reader.get(address_again(first, since=attempt.finished_at)))

    assert lessons_again(what_next(page)) == []


def read(response) -> str:
    return response.content.decode()


def lessons_again(page: str) -> list[str]:
    return re.findall(r'href="(/courses/[^"]*again=\d+)"', page)


def what_next(page: str) -> str:
    return page.partition('class="what-next"')[2]


def test_a_lesson_is_done_when_it_was_opened_and_answered_after_the_paper(
    informant, lesson
):
    attempt = failed_in(SittingFactory(), informant, NOON)
    before, after = attempt.finished_at - MINUTE, attempt.finished_at + MINUTE

    def states():
        return [(d.is_opened, d.answered, d.is_done) for d in lessons_due(attempt)]

    def answer(prompt, chosen, at):
        answer_check(lesson, check_id(prompt), chosen=chosen, by=informant, at=at)

    open_lesson(lesson, by=informant, at=before)
    answer("问一", [0], before)
    answer("问二", [0], before)
    assert states() == [(False, 0, False)]

    open_lesson(lesson, by=informant, at=after)
    answer("问一", [0], after)
    assert states() == [(True, 1, False)]

    answer("问二", [1], after)
    assert states() == [(True, 2, True)]


def test_a_short_answer_that_people_gave_all_points_is_not_learned_again(
    informant, lesson
):
    make_version("short")
    plan = make_blueprint("short", [Cell("policy", "short", 1, 8)])
    sitting = SittingFactory(blueprint=plan, release=make_release())
    attempt = AttemptFactory(sitting=sitting, candidate=informant, right=True)
    Script.objects.filter(attempt=attempt).update(points=8)

    assert lessons_due(attempt) == []

    Script.objects.filter(attempt=attempt).update(points=7)

    assert [due.lesson for due in lessons_due(attempt)] == [lesson]


def test_nothing_is_advised_of_a_result_that_is_held_or_good(informant, lesson, napo):
    held = SittingFactory(results_shown=ResultsShown.BY_OFFICE)
    failed = failed_in(held, informant, NOON)
    passed = AttemptFactory(sitting=held, right=True)
    held.results_out_at = NOON + HOUR
    known = Attempt.objects.get(pk=failed.pk)
    known.sitting = held

    assert lessons_to_read(failed) == []
    assert [due.lesson for due in lessons_to_read(known)] == [lesson]
    passed.sitting = held
    assert lessons_to_read(passed) == []


def test_the_lessons_that_teach_most_of_what_was_lost_come_first():
    wide = [LessonFactory(cites=SECTION) for _number in range(MOST)]
    near = LessonFactory(cites=f"{SECTION}\n公开资料 甲")
    other = LessonFactory(cites="解读 五")
    LessonFactory(cites="解读 六")
    lost = [
        Lost(frozenset({SECTION, "公开资料 甲"}), Decimal(4)),
        Lost(frozenset({SECTION}), Decimal(7)),
        Lost(frozenset({"解读 五"}), Decimal(2)),
        Lost(frozenset({"无人讲授"}), Decimal(9)),
    ]

    # The near one alone has the four points, and its share of the seven; each of the
    # wide ones has one of the seven.
    chosen = [near.pk, other.pk, *(lesson.pk for lesson in wide)]
    assert lessons_on(lost) == chosen[:MOST]
    assert lessons_on(lost[3:]) == []
    assert lessons_on([]) == []


@pytest.mark.parametrize(
    ("refresher", "are_keys_out", "named"),
    [(False, False, 0), (False, True, 1), (True, False, 1), (True, True, 1)],
)
def test_while_keys_are_held_lessons_are_named_only_where_they_are_wanted(
    informant, lesson, refresher, are_keys_out, named
):
    attempt = failed_in(SittingFactory(refresher=refresher), informant, NOON)

    found = lessons_advised(attempt, are_keys_out=are_keys_out)

    assert [due.lesson for due in found] == [lesson] * named


@pytest.mark.parametrize("count", [1, 3])
def test_the_lessons_cost_the_same_whatever_their_number(
    informant, count, django_assert_num_queries
):
    for _number in range(count):
        LessonFactory(cites=SECTION, checks=["问"])
    attempt = failed_in(SittingFactory(), informant, NOON)

    # versions, answers, lessons by what they cite, visits, answers to their checks, and
    # the lessons whole
    with django_assert_num_queries(6):
        found = lessons_due(attempt)

    assert len(found) == count
