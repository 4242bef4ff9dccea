import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exams.domain.attending import waiting_for
from exams.domain.finishing import submit_attempt
from exams.models import AnswerEvent, Attempt, ItemVersion
from tests.factories.accounts import UserFactory
from tests.factories.exams import (
    HOUR,
    AttemptFactory,
    SittingFactory,
    answer_all,
    make_candidate,
)

pytestmark = pytest.mark.django_db
INDEX = "/exams/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sitting(napo, now):
    return SittingFactory(title="春季考试", opens_at=now - HOUR)


@pytest.fixture
def stranger(napo):
    return UserFactory(home_division=napo.other_county, home_code="451027")


def rules(sitting):
    return reverse("exams:rules", args=[sitting.pk])


def result(attempt):
    return reverse("exams:result", args=[attempt.uuid])


def test_index_teaches_when_there_is_no_exam(client, informant):
    client.force_login(informant)

    assert "还没有您可以参加的考试" in client.get(INDEX).content.decode()


def test_index_shows_what_is_open_coming_and_taken(client, informant, sitting, now):
    SittingFactory(title="夏季考试", opens_at=now + HOUR)
    AttemptFactory(
        sitting=SittingFactory(title="去年考试", opens_at=now - 2 * HOUR),
        candidate=informant,
        started_at=now - HOUR,
        right=True,
    )
    client.force_login(informant)

    context = client.get(INDEX).context

    assert [p.sitting.title for p in context["agenda"].open][-1] == "春季考试"
    assert [p.sitting.title for p in context["agenda"].coming] == ["夏季考试"]
    assert [attempt.sitting.title for attempt in context["page"]] == ["去年考试"]


def test_index_hides_the_exams_of_other_places(client, stranger, sitting):
    client.force_login(stranger)

    assert client.get(INDEX).context["agenda"].open == []


@pytest.mark.parametrize("count", [1, 3])
def test_index_costs_the_same_whatever_its_length(
    client, informant, now, count, django_assert_num_queries
):
    for _ in range(count):
        AttemptFactory(
            sitting=SittingFactory(opens_at=now - HOUR),
            candidate=informant,
            started_at=now - 0.5 * HOUR,
            right=False,
        )
    client.force_login(informant)

    # user, due attempts, grants, sittings, attempts of them, count, page,
    # and the division of the frame
    with django_assert_num_queries(7):
        response = client.get(INDEX)

    assert response.content.count(b"card cluster") == count


def test_index_finishes_an_attempt_whose_time_is_over(client, informant, now):
    sitting = SittingFactory(opens_at=now - 3 * HOUR)
    AttemptFactory(sitting=sitting, candidate=informant, started_at=now - 2 * HOUR)
    client.force_login(informant)

    client.get(INDEX)

    assert Attempt.objects.get().finish_reason == "time-up"


def test_rules_are_shown_before_the_start(client, informant, sitting):
    client.force_login(informant)

    page = client.get(rules(sitting)).content.decode()

    assert "5题，满分17分" in page
    assert "少选但没有选错，得一半" in page
    assert "我已看完，开始考试" in page
    assert not Attempt.objects.exists()


def test_before_the_start_one_waits_where_nothing_of_the_paper_is(
    client, informant, now
):
    sitting = SittingFactory(opens_at=now + HOUR / 6)
    client.force_login(informant)

    response = client.get(rules(sitting))

    page = response.content.decode()
    assert 599 < response.context["waiting"].opens_in <= 600
    assert response.context["waiting"].spread == 30
    assert "exams/waiting.js" in page
    stems = {version.stem for version in sitting.release.versions.all()}
    assert not any(stem in page for stem in stems)
    assert not Attempt.objects.exists()


def test_who_starts_before_the_start_gets_nothing(client, informant, now):
    sitting = SittingFactory(opens_at=now + HOUR / 6)
    client.force_login(informant)

    response = client.post(rules(sitting), follow=True)

    assert "开始，到时再来" in response.content.decode()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(("spare", "spread"), [(0, 0), (10, 10), (3600, 30)])
def test_waiting_costs_nobody_time(now, spare, spread):
    opens = now + HOUR
    closes = opens + timedelta(minutes=45, seconds=spare)
    sitting = SittingFactory(opens_at=opens, closes_at=closes)

    assert waiting_for(sitting, at=now).spread == spread
    assert waiting_for(sitting, at=opens) is None


def test_starting_leads_into_the_room_twice_the_same(client, informant, sitting):
    client.force_login(informant)

    first = client.post(rules(sitting))
    second = client.post(rules(sitting))

    attempt = Attempt.objects.get()
    assert first.url == second.url == reverse("exams:room", args=[attempt.uuid])


def test_an_expired_sitting_says_so_and_writes_nothing(client, informant, now):
    sitting = SittingFactory(opens_at=now - 5 * HOUR, closes_at=now - HOUR)
    client.force_login(informant)

    response = client.post(rules(sitting), follow=True)

    assert "这场考试已于" in response.content.decode()
    assert not Attempt.objects.exists()


def test_a_path_unfinished_is_said_on_the_rules(client, informant, now):
    sitting = SittingFactory(opens_at=now - HOUR, needs_path=True)
    client.force_login(informant)

    page = client.get(rules(sitting)).content.decode()

    _, _, after = page.partition("请先学完必修课程")
    assert f'href="{reverse("courses:resume")}"' in after
    assert "我已看完，开始考试" not in page


def test_rules_say_how_the_kinds_of_this_paper_are_marked(client, informant, sitting):
    client.force_login(informant)

    page = client.get(rules(sitting)).content.decode()

    assert sitting.blueprint.kinds == {"judge", "single", "multiple", "numeric"}
    assert "计算题：" in page
    assert "简答题：" not in page


@pytest.mark.parametrize(
    ("allowed", "closes", "is_offered"),
    [(2, HOUR, True), (1, HOUR, False), (2, -MINUTE, False)],
)
def test_a_failed_result_leads_to_the_next_attempt_if_there_is_one(
    client, informant, now, allowed, closes, is_offered
):
    sitting = SittingFactory(
        opens_at=now - 3 * HOUR, closes_at=now + closes, attempts_allowed=allowed
    )
    attempt = AttemptFactory(
        sitting=sitting, candidate=informant, started_at=now - 2 * HOUR, right=False
    )
    client.force_login(informant)

    page = client.get(result(attempt)).content.decode()

    assert (rules(sitting) in page) is is_offered
    assert ("您还有1次机会。" in page) is is_offered


def test_strangers_find_no_rules(client, stranger, sitting):
    client.force_login(stranger)

    assert client.get(rules(sitting)).status_code == 404
    assert client.post(rules(sitting)).status_code == 404
    assert not Attempt.objects.exists()


def test_the_result_explains_every_question(client, informant, napo, now):
    sitting = SittingFactory(opens_at=now - HOUR, keys_shown="at-once")
    attempt = AttemptFactory(
        sitting=sitting, candidate=informant, started_at=now, right=True
    )
    client.force_login(informant)

    response = client.get(result(attempt))
    page = response.content.decode()

    assert "得17分（满分17分）" in page
    assert page.count("第一条这样写。") == 5
    assert page.count("解读 四(一)2") == 5
    assert [each.verdict for each in response.context["questions"]] == ["right"] * 5


def test_an_explanation_leads_to_the_sections_it_rests_on(client, informant, now):
    sitting = SittingFactory(opens_at=now - HOUR, keys_shown="at-once")
    attempt = AttemptFactory(
        sitting=sitting, candidate=informant, started_at=now, right=True
    )
    # A section, of the interpretation's and of another document.
    cites = ["解读 四(一)2 · 第二章", "本平台设定 公示天数"]
    asked = [question.version for question in attempt.questions]
    ItemVersion.objects.filter(pk__in=asked).update(cites=cites)
    client.force_login(informant)

    page = client.get(result(attempt)).content.decode()
    places = set(re.findall(rf'href="([^"]*)">{re.escape(cites[0])}</a>', page))
    (address,) = places
    path, code = address.split("#")

    assert f'id="{code}"' in client.get(path).content.decode()
    assert page.count(f">{cites[0]}</a>") == 5
    assert f"{cites[1]}</a>" not in page
    assert page.count(cites[1]) == 5


def test_an_open_attempt_has_no_result_yet(client, informant, sitting, now):
    attempt = AttemptFactory(sitting=sitting, candidate=informant, started_at=now)
    client.force_login(informant)

    response = client.get(result(attempt))

    assert response.url == reverse("exams:room", args=[attempt.uuid])


ENDPOINTS = [
    ("get", "room"),
    ("get", "pulse"),
    ("get", "review"),
    ("get", "result"),
    ("post", "answer"),
    ("post", "submit"),
]


@pytest.mark.parametrize(("method", "name"), ENDPOINTS)
@pytest.mark.parametrize("who", ["candidate", "county_officer", "trainer"])
def test_nobody_gets_at_anothers_attempt(
    request, client, sitting, now, method, name, who
):
    other = make_candidate() if who == "candidate" else request.getfixturevalue(who)
    attempt = AttemptFactory(sitting=sitting, started_at=now)
    client.force_login(other)

    url = reverse(f"exams:{name}", args=[attempt.uuid])
    response = getattr(client, method)(url, {"no": "1", "value": "0"})

    assert response.status_code == 404
    assert not AnswerEvent.objects.exists()
    assert Attempt.objects.get().is_open


@pytest.mark.parametrize(("method", "name"), ENDPOINTS)
def test_the_signed_out_are_sent_to_sign_in(client, sitting, now, method, name):
    attempt = AttemptFactory(sitting=sitting, started_at=now)

    response = getattr(client, method)(reverse(f"exams:{name}", args=[attempt.uuid]))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")
    assert Attempt.objects.get().is_open


def test_an_attempt_follows_its_candidate_to_another_county(
    client, informant, sitting, now, napo
):
    attempt = AttemptFactory(sitting=sitting, candidate=informant, started_at=now)
    informant.grants.update(until=timezone.localdate())
    informant.home_division, informant.home_code = napo.other_county, "451027"
    informant.save()
    answer_all(attempt, right=True)
    submit_attempt(attempt, by=informant, at=now + timedelta(minutes=10))
    client.force_login(informant)

    assert client.get(result(attempt)).status_code == 200
    assert Attempt.objects.get().division_code == napo.village.code
