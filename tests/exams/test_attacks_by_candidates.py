"""What a candidate might try with their own browser, and what everybody else might
read at any address of the exams."""

import json

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.urls.converters import IntConverter, UUIDConverter
from django.utils import timezone

from accounts.enums import Role
from exams import urls
from exams.domain.answering import Answer, open_room, save_answers
from exams.models import (
    AnswerEvent,
    Attempt,
    DeadlineChange,
    Intervention,
    ItemVersion,
    LateAnswer,
    Sitting,
)
from tests.factories.accounts import UserFactory
from tests.factories.exams import (
    HOUR,
    AttemptFactory,
    SittingFactory,
    make_candidate,
    make_version,
)

pytestmark = pytest.mark.django_db
SECRET_WORDS = {"because": "机密解析", "cites": ["机密出处"]}
FROZEN = ("state", "deadline_at", "started_at", "extra_percent", "score", "passed")
WISHES = {
    "deadline_at": "2099-01-01T00:00:00Z",
    "remaining": 99999,
    "extra_percent": 200,
    "minutes": 600,
    "score": 100,
    "passed": True,
    "state": "open",
    "max_score": 1,
    "pass_percent": 1,
}


@pytest.fixture
def attempt(napo, informant):
    for number, kind in enumerate(("judge", "single", "single", "multiple")):
        make_version(kind, stem=f"机密题面{number}", **SECRET_WORDS)
    make_version("numeric", answer="86421357", stem="机密题面几何", **SECRET_WORDS)
    now = timezone.now()
    sitting = SittingFactory(division=napo.county, opens_at=now - HOUR)
    made = AttemptFactory(sitting=sitting, candidate=informant, started_at=now)
    return open_room(made, at=now)


def url(name, attempt):
    return reverse(f"exams:{name}", args=[attempt.uuid])


def frozen(attempt):
    return Attempt.objects.filter(pk=attempt.pk).values(*FROZEN).get()


def say(client, attempt, name="answer", **more):
    message = {"no": 1, "value": [0], "epoch": 1, "seq": 1}
    content = {"answers": [message | more]} | more
    address = url(name, attempt)
    return client.post(address, content, content_type="application/json")


def test_nothing_that_a_candidate_posts_moves_time_or_points(client, attempt):
    client.force_login(attempt.candidate)
    before = frozen(attempt)

    say(client, attempt, **WISHES)
    say(client, attempt, "late-send", **WISHES)
    client.post(url("answer", attempt), WISHES | {"no": 1, "value": 0})
    client.post(url("pulse", attempt), {"away": []} | WISHES, "application/json")
    rules = reverse("exams:rules", args=[attempt.sitting_id])
    client.post(rules, WISHES)

    assert frozen(attempt) == before
    assert Attempt.objects.count() == 1


def test_a_finished_attempt_is_not_opened_again(client, attempt):
    client.force_login(attempt.candidate)
    client.post(url("submit", attempt))
    before, events = frozen(attempt), AnswerEvent.objects.count()

    room = client.get(url("room", attempt))
    answered = say(client, attempt)
    late = say(client, attempt, "late-send")
    client.post(url("submit", attempt), WISHES)
    client.post(reverse("exams:rules", args=[attempt.sitting_id]))

    assert room.url == url("result", attempt)
    assert (answered.status_code, late.status_code) == (409, 409)
    assert frozen(attempt) == before
    assert Attempt.objects.count() == 1
    assert AnswerEvent.objects.count() == events
    assert not LateAnswer.objects.exists()


def test_nobody_answers_or_hands_in_for_another(client, attempt):
    client.force_login(make_candidate())

    statuses = {
        say(client, attempt).status_code,
        say(client, attempt, "late-send").status_code,
        client.post(url("submit", attempt)).status_code,
        client.get(url("room", attempt)).status_code,
    }

    assert statuses == {404}
    assert Attempt.objects.get(pk=attempt.pk).is_open
    assert not AnswerEvent.objects.exists()


def test_a_token_of_another_person_opens_nothing(attempt):
    other = Client(enforce_csrf_checks=True)
    other.force_login(make_candidate())
    other.get("/exams/")
    stolen = Client(enforce_csrf_checks=True)
    stolen.force_login(attempt.candidate)
    token = stolen.get(url("pulse", attempt)).json()["token"]
    body = json.dumps({"answers": [{"no": 1, "value": [0], "epoch": 1, "seq": 1}]})
    request = {"data": body, "content_type": "application/json"}

    with_token = other.post(
        url("answer", attempt), headers={"X-CSRFToken": token}, **request
    )
    without = stolen.post(url("answer", attempt), **request)

    assert (with_token.status_code, without.status_code) == (403, 403)
    assert not AnswerEvent.objects.exists()


def test_a_session_that_was_ended_answers_nothing(client, attempt):
    client.force_login(attempt.candidate)
    kept = client.cookies["sessionid"].value
    client.logout()
    replayed = Client()
    replayed.cookies["sessionid"] = kept

    response = say(replayed, attempt)

    assert response.status_code == 302
    assert not AnswerEvent.objects.exists()


def test_a_message_of_another_is_ones_own_answer_and_touches_nobody(client, attempt):
    at = timezone.now()
    message = Answer(1, [1], 1, 1)
    save_answers(attempt.uuid, [message], by=attempt.candidate, at=at)
    other = make_candidate()
    own = AttemptFactory(sitting=attempt.sitting, candidate=other, started_at=at)
    open_room(own, at=at)
    client.force_login(other)

    assert say(client, own, value=[0]).status_code == 200

    assert attempt.answers.get(item_no=1).value == [1]
    assert own.answers.get(item_no=1).value == [0]


def addresses(patterns=urls.urlpatterns, prefix="exams"):
    """Every named address of the app with the converters of its arguments."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}:{pattern.namespace}" if pattern.namespace else prefix
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}:{pattern.name}", pattern.pattern.converters


@pytest.mark.parametrize("who", ["stranger", "other candidate", "other county"])
def test_no_address_tells_others_of_a_candidate_or_of_the_paper(
    client, napo, attempt, who
):
    elsewhere = {"home_division": napo.other_county, "home_code": "451027"}
    client.force_login(
        {
            "stranger": lambda: UserFactory(**elsewhere),
            "other candidate": make_candidate,
            "other county": lambda: UserFactory(
                role=Role.COUNTY_OFFICE, at=napo.other_county
            ),
        }[who]()
    )
    secrets = ["机密题面", "机密解析", "机密出处", "86421357"]
    secrets += [str(attempt.uuid), attempt.candidate.real_name, attempt.seed]
    before = frozen(attempt)
    known = {UUIDConverter: attempt.uuid, IntConverter: attempt.sitting_id}

    for name, converters in addresses():
        given = {
            argument: known.get(type(converter), "x")
            for argument, converter in converters.items()
        }
        address = reverse(name, kwargs=given)
        for response in (client.get(address), client.post(address)):
            told = b"".join(response).decode(errors="replace")
            for secret in secrets:
                # An address that was asked for by its own uuid may repeat it.
                assert secret not in told or secret in address, (name, secret)

    assert frozen(attempt) == before
    assert Sitting.objects.count() == 1
    assert Attempt.objects.filter(candidate=attempt.candidate).count() == 1
    assert ItemVersion.objects.count() == 5
    assert not AnswerEvent.objects.exists()
    assert not DeadlineChange.objects.exists()
    assert not Intervention.objects.exists()
