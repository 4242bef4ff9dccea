from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exams.domain.analysis.reading import analysed_sittings
from exams.domain.holding import held_until, warnings_about
from exams.domain.showing import may_see_keys, questions_explained
from exams.domain.starting import start_attempt
from exams.enums import KeysShown
from exams.models import Attempt
from exams.sitting_errors import KeysHeldUntil, KeysHeldWhileSitting
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_candidate,
    make_version,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
EXPLANATION = "第一条这样写"


@pytest.fixture
def first(napo):
    return SittingFactory(division=napo.county, closes_at=NOON + HOUR)


def alike(sitting, **facts):
    """Another sitting with the same questions; it opens when that one closes."""
    facts = {"opens_at": sitting.closes_at} | facts
    return SittingFactory(blueprint=sitting.blueprint, release=sitting.release, **facts)


def handed_in(sitting, candidate, **facts):
    made = AttemptFactory(sitting=sitting, candidate=candidate, right=False, **facts)
    return Attempt.objects.select_related("sitting").get(pk=made.pk)


def test_keys_are_held_until_the_next_shift_of_the_same_questions_is_over(
    napo, first, informant
):
    attempt = handed_in(first, informant)
    second = alike(first, division=napo.other_county)

    with pytest.raises(KeysHeldUntil) as caught:
        questions_explained(attempt, at=first.closes_at)

    assert caught.value.code == "keys-held"
    assert "2026年3月2日 17:00" in str(caught.value)
    assert not may_see_keys(attempt, at=second.closes_at - MINUTE)
    assert may_see_keys(attempt, at=second.closes_at)


def test_keys_are_held_while_somebody_with_extra_time_answers(first, informant):
    attempt = handed_in(first, informant)
    second = alike(first)
    last = AttemptFactory(sitting=second, started_at=second.closes_at - MINUTE)
    Attempt.objects.filter(pk=last.pk).update(deadline_at=second.closes_at + HOUR)
    asked = {question.version for question in attempt.questions}

    assert held_until(asked, at=second.closes_at) == second.closes_at + HOUR
    assert may_see_keys(attempt, at=second.closes_at + 2 * HOUR)


def test_a_sitting_with_other_questions_holds_nothing(first, informant):
    attempt = handed_in(first, informant)
    for kind in ("judge", "single", "single", "multiple", "numeric"):
        make_version(kind, code="", stem=f"另一道{kind}")
    other = SittingFactory(opens_at=first.closes_at, blueprint=first.blueprint)
    other.release.entries.filter(
        version__in=[question.version for question in attempt.questions]
    ).delete()

    assert may_see_keys(attempt, at=first.closes_at)


def test_practice_that_shows_its_keys_holds_nobody_elses_and_is_held(first, informant):
    for_a_year = {"opens_at": NOON, "closes_at": NOON + timedelta(days=365)}
    practice = alike(first, keys_shown=KeysShown.AT_ONCE, **for_a_year)
    attempt, tried = handed_in(first, informant), handed_in(practice, informant)

    assert not may_see_keys(tried, at=NOON + HOUR / 2)
    assert may_see_keys(tried, at=first.closes_at)
    assert may_see_keys(attempt, at=first.closes_at)


def test_whoever_sits_reads_no_keys_of_any_paper(first, informant):
    attempt = handed_in(first, informant)
    other = SittingFactory(opens_at=first.closes_at, keys_shown=KeysShown.AT_ONCE)
    running = start_attempt(other, by=informant, at=first.closes_at)

    with pytest.raises(KeysHeldWhileSitting):
        questions_explained(attempt, at=first.closes_at + MINUTE)

    after = running.deadline_at + 2 * MINUTE
    assert len(questions_explained(attempt, at=after)) == 5


def test_the_page_of_a_result_holds_the_keys_for_the_second_shift(
    client, napo, informant
):
    now = timezone.now()
    opens = {"opens_at": now - 3 * HOUR, "closes_at": now - MINUTE}
    past = SittingFactory(division=napo.region, **opens)
    attempt = handed_in(past, informant, started_at=now - 2 * HOUR)
    client.force_login(informant)
    page = reverse("exams:result", args=[attempt.uuid])
    before = client.get(page).content.decode()

    alike(past, division=napo.region, closes_at=now + HOUR)
    held = client.get(page).content.decode()

    assert before.count(EXPLANATION) == 5
    assert EXPLANATION not in held
    assert "正确答案保留至" in held


@pytest.mark.parametrize("others", [1, 3])
def test_asking_costs_the_same_however_many_sittings_there_are(
    first, informant, others, django_assert_num_queries
):
    attempt = handed_in(first, informant)
    for _each in range(others):
        AttemptFactory(sitting=alike(first), started_at=first.closes_at)

    with django_assert_num_queries(2):
        assert not may_see_keys(attempt, at=first.closes_at + MINUTE)


def test_figures_are_held_from_overseers_as_long_as_the_keys(
    client, napo, county_officer
):
    now = timezone.now()
    opens = {"opens_at": now - 3 * HOUR, "closes_at": now - MINUTE}
    past = SittingFactory(division=napo.county, **opens)
    attempt = handed_in(past, make_candidate(), started_at=now - 2 * HOUR)
    client.force_login(county_officer)
    second = alike(past, division=napo.other_county, closes_at=now + HOUR)
    item = reverse("exams:item", args=[attempt.questions[0].version])

    page = client.get(reverse("exams:analysis", args=[past.pk])).content.decode()

    assert "试题和统计数据保留至" in page
    assert EXPLANATION not in page
    assert client.get(item).status_code == 404
    assert not analysed_sittings(county_officer, at=now).exists()
    assert analysed_sittings(county_officer, at=second.closes_at).contains(past)


def warned(sitting, **facts):
    said = {"keys_shown": sitting.keys_shown, "attempts_allowed": 1} | facts
    return warnings_about(
        sitting.release, closes_at=sitting.closes_at, at=NOON, sitting=sitting, **said
    )


def test_whoever_announces_a_sitting_is_told_what_becomes_of_the_keys(first):
    assert warned(first) == []
    assert len(warned(first, keys_shown=KeysShown.AT_ONCE, attempts_allowed=2)) == 1

    other = alike(first)

    (words,) = warned(first)
    assert other.title in words
    both = warned(first, keys_shown=KeysShown.AT_ONCE, attempts_allowed=2)
    assert len(both) == 2


def test_a_sitting_far_ahead_does_not_hold_keys_yet(first, informant):
    attempt = handed_in(first, informant)
    opens_at = first.closes_at + timedelta(days=40)
    alike(first, opens_at=opens_at)

    assert may_see_keys(attempt, at=first.closes_at)
    assert not may_see_keys(attempt, at=opens_at - timedelta(days=15))
