import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exams.models import AnswerEvent, Attempt
from tests.factories.exams import (
    HOUR,
    AttemptFactory,
    SittingFactory,
    make_version,
    right_value,
)

pytestmark = pytest.mark.django_db
SINGLE, MULTIPLE, NUMERIC = 2, 4, 5  # places in the tests' paper


@pytest.fixture
def attempt(informant):
    now = timezone.now()
    sitting = SittingFactory(opens_at=now - HOUR)
    return AttemptFactory(sitting=sitting, candidate=informant, started_at=now)


@pytest.fixture
def room(client, attempt):
    """The client of a candidate who has opened the room: epoch 1."""
    client.force_login(attempt.candidate)
    client.get(url("room", attempt))
    return client


def url(name, attempt):
    return reverse(f"exams:{name}", args=[attempt.uuid])


def post(client, attempt, *answers):
    body = {"answers": [dict(zip(FIELDS, row, strict=True)) for row in answers]}
    return client.post(url("answer", attempt), body, content_type="application/json")


FIELDS = ("no", "value", "epoch", "seq")


def value(attempt, item_no):
    return attempt.answers.get(item_no=item_no).value


def make_late(attempt, by=timedelta(minutes=5)):
    """Put the deadline so far into the past."""
    ended = timezone.now() - by
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=ended - HOUR, deadline_at=ended
    )


def test_the_room_holds_the_whole_paper_and_no_key(client, napo, informant):
    secrets = {"because": "机密解析", "cites": ["机密出处"]}
    for number, kind in enumerate(("judge", "single", "single", "multiple")):
        make_version(kind, stem=f"题面{number}", **secrets)
    make_version("numeric", answer="86421357", stem="题面几何", **secrets)
    now = timezone.now()
    sitting = SittingFactory(opens_at=now - HOUR)
    attempt = AttemptFactory(sitting=sitting, candidate=informant, started_at=now)
    client.force_login(informant)

    page = client.get(url("room", attempt)).content.decode()

    assert page.count("data-question>") == 5
    assert page.count("题面") == 5
    for secret in ("机密解析", "机密出处", "86421357", "because", attempt.seed):
        assert secret not in page


def test_the_frozen_paper_holds_no_key(attempt):
    assert {key for row in attempt.paper for key in row} == {
        "no", "version", "kind", "points", "order",
    }  # fmt: skip


def test_the_answer_and_the_pulse_hold_no_key(room, attempt):
    saved = post(room, attempt, (SINGLE, [0], 1, 1)).json()
    pulse = room.get(url("pulse", attempt)).json()

    told = {"epoch", "remaining", "until"}
    assert set(saved) == told | {"acked", "overruled", "said"}
    assert set(pulse) == told | {"open", "messages", "others", "token"}


def test_the_room_shows_what_is_answered_already(room, attempt):
    post(room, attempt, (SINGLE, [2], 1, 1), (NUMERIC, "十三", 1, 2))

    page = room.get(url("room", attempt)).content.decode()

    assert page.count(" checked") == 1
    assert 'value="十三"' in page


def test_answers_are_acknowledged_one_by_one(room, attempt):
    response = post(room, attempt, (SINGLE, [2], 1, 1), (MULTIPLE, [0, 1], 1, 2))

    told = response.json()
    assert (told["acked"], told["overruled"], told["epoch"]) == (
        [[1, 1], [1, 2]], {}, 1,
    )  # fmt: skip
    assert 2690 < told["remaining"] <= 2700
    assert (value(attempt, SINGLE), value(attempt, MULTIPLE)) == ([2], [0, 1])


def test_the_first_tab_learns_what_the_second_answered(room, attempt):
    room.get(url("room", attempt))
    post(room, attempt, (SINGLE, [2], 2, 1))

    told = post(room, attempt, (SINGLE, [0], 1, 7)).json()

    assert (told["overruled"], told["epoch"]) == ({"2": [2]}, 2)
    assert value(attempt, SINGLE) == [2]


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_save_costs_the_person_and_as_many_statements(room, attempt, seq):
    """The attempt, and the log with what stands; sent again or overruled, it costs the
    same."""
    room.get(url("room", attempt))
    post(room, attempt, (SINGLE, [2], 2, 2))

    with CaptureQueriesContext(connection) as spent:
        post(room, attempt, (SINGLE, [2], 2, seq))

    verbs = [query["sql"].split()[0] for query in spent]
    words = 1 if connection.vendor == "postgresql" else 2
    said = [verb for verb in verbs if verb not in {"SAVEPOINT", "RELEASE"}]
    assert said == ["SELECT", "SELECT", *["WITH"] * words]


def test_the_room_opened_last_learns_what_the_earlier_one_sent_only_now(room, attempt):
    post(room, attempt, (SINGLE, [2], 1, 1))
    room.get(url("room", attempt))
    assert room.get(url("pulse", attempt)).json()["others"] == {}

    post(room, attempt, (1, [1], 1, 2), (MULTIPLE, [0], 2, 1))

    assert room.get(url("pulse", attempt)).json()["others"] == {"1": [1]}


def test_the_rooms_own_clock_hands_in_for_nobody(room, attempt):
    make_late(attempt, by=timedelta(seconds=5))

    room.post(url("submit", attempt), {"by-clock": "1"})

    assert Attempt.objects.get().finish_reason == "time-up"


def test_the_candidate_hands_in_within_the_grace_and_not_by_the_clock_before_the_end(
    room, attempt
):
    room.post(url("submit", attempt), {"by-clock": "1"})

    assert Attempt.objects.get().finish_reason == "handed-in"


@pytest.mark.parametrize(("seconds", "reason"), [(20, "handed-in"), (40, "time-up")])
def test_the_grace_for_handing_in_is_its_own(room, attempt, seconds, reason):
    make_late(attempt, by=timedelta(seconds=seconds))

    room.post(url("submit", attempt))

    assert Attempt.objects.get().finish_reason == reason


def test_an_answer_after_the_deadline_is_refused_and_the_attempt_finished(
    room, attempt
):
    make_late(attempt)

    response = post(room, attempt, (SINGLE, [2], 1, 1))

    assert response.status_code == 409
    assert response.json()["code"] == "time-up"
    assert "太晚" in response.json()["message"]
    assert not AnswerEvent.objects.exists()
    assert Attempt.objects.get().state == "marked"


def test_an_answer_after_handing_in_is_refused(room, attempt):
    room.post(url("submit", attempt))

    response = post(room, attempt, (SINGLE, [2], 1, 1))

    assert (response.status_code, response.json()["code"]) == (409, "attempt-finished")
    assert not AnswerEvent.objects.exists()


@pytest.mark.parametrize(("no", "value"), [(SINGLE, [9]), (NUMERIC, "1\ud83d")])
def test_what_is_no_answer_is_refused_by_code(room, attempt, no, value):
    response = post(room, attempt, (no, value, 1, 1))

    assert (response.status_code, response.json()["code"]) == (422, "not-an-answer")
    assert not AnswerEvent.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"[]",
        b"{}",
        b"\xff",
        b'{"answers": []}',
        b'{"answers": {}}',
        b'{"answers": [1]}',
        b'{"answers": [{"no": 1, "epoch": 1, "seq": 1}]}',
        b'{"answers": [{"no": "1", "value": [0], "epoch": 1, "seq": 1}]}',
        b'{"answers": [{"no": 1, "value": [0], "epoch": true, "seq": 1}]}',
        json.dumps(
            {"answers": [{"no": 1, "value": [0], "epoch": 1, "seq": 1}] * 201}
        ).encode(),
    ],
)
def test_a_malformed_message_is_no_fault_of_ours(room, attempt, body):
    response = room.post(url("answer", attempt), body, content_type="application/json")

    assert response.status_code == 400
    assert not AnswerEvent.objects.exists()


def test_without_scripts_each_question_is_a_form(room, attempt):
    for number, given in ((SINGLE, "3"), (MULTIPLE, ["0", "2"]), (NUMERIC, "13")):
        response = room.post(url("answer", attempt), {"no": number, "value": given})
        following = min(number + 1, 5)
        assert response.url == f"{url('room', attempt)}#q-{following}"

    assert value(attempt, SINGLE) == [3]
    assert value(attempt, MULTIPLE) == [0, 2]
    assert value(attempt, NUMERIC) == "13"


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"no": "x"},
        {"no": "99", "value": "0"},
        {"no": "2", "value": "x"},
        {"no": "2", "value": "９"},
        {"no": "2", "value": "-1"},
        {"no": "2", "value": ["0", "1"]},
    ],
)
def test_a_bad_form_says_so_and_writes_nothing(room, attempt, posted):
    response = room.post(url("answer", attempt), posted, follow=True)

    assert "答案无法识别" in response.content.decode()
    assert not AnswerEvent.objects.exists()


def test_a_form_after_the_deadline_leads_to_the_result(room, attempt):
    make_late(attempt)

    response = room.post(
        url("answer", attempt), {"no": SINGLE, "value": "3"}, follow=True
    )

    assert response.redirect_chain[-1][0] == url("result", attempt)
    assert "已经交卷，答案不能再改" in response.content.decode()
    assert not AnswerEvent.objects.exists()


def test_the_review_lists_what_is_unanswered_and_hands_nothing_in(room, attempt):
    post(room, attempt, (SINGLE, [2], 1, 1))

    response = room.get(url("review", attempt))

    assert [question.no for question in response.context["unanswered"]] == [1, 3, 4, 5]
    assert "还有4题没有作答" in response.content.decode()
    assert Attempt.objects.get().is_open


def test_handing_in_takes_a_post_and_is_done_once(room, attempt):
    assert room.get(url("submit", attempt)).status_code == 405
    answers = [
        (question.no, right_value(question), 1, question.no)
        for question in attempt.questions
    ]
    post(room, attempt, *answers)

    first = room.post(url("submit", attempt))
    finished_at = Attempt.objects.get().finished_at
    second = room.post(url("submit", attempt))

    assert first.url == second.url == url("result", attempt)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.finished_at) == (17, finished_at)


@pytest.mark.parametrize("name", ["room", "review"])
def test_an_attempt_that_is_over_leads_to_its_result(room, attempt, name):
    make_late(attempt)

    assert room.get(url(name, attempt)).url == url("result", attempt)


def test_the_room_is_never_kept_by_caches(room, attempt):
    assert "no-store" in room.get(url("room", attempt))["Cache-Control"]


def test_the_worker_comes_from_above_the_rooms_own_path(client, room, attempt):
    response = room.get(reverse("exams:worker"))

    script = response.content.decode()
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert url("room", attempt).startswith(reverse("exams:worker").rpartition("/")[0])
    assert "caches.open" in script
    assert str(attempt.uuid) not in script


def test_the_page_says_whose_it_is_so_that_no_other_finds_it_kept(room, attempt):
    page = room.get(url("room", attempt)).content.decode()

    assert f'data-person="{attempt.candidate_id}"' in page
