import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from exams.domain.answering import Answer, open_room
from exams.domain.late.receiving import receive_late
from exams.domain.late.sealing import FORMAT, Given, room_key, seal
from exams.models import Attempt, LateAnswer, LateDecision
from tests.factories.accounts import UserFactory
from tests.factories.exams import HOUR, AttemptFactory, SittingFactory, make_candidate

pytestmark = pytest.mark.django_db
SINGLE = 2
MESSAGE = {"no": SINGLE, "value": [3], "epoch": 1, "seq": 1, "left": 125}
HALF = {"no": 5, "value": "1\ud83d"}


@pytest.fixture
def sitting(napo):
    now = timezone.now()
    return SittingFactory(
        division=napo.county, opens_at=now - 2 * HOUR, closes_at=now + HOUR
    )


@pytest.fixture
def attempt(sitting, informant):
    """Over a few minutes ago, after the room was opened once."""
    return over(sitting, informant)


def over(sitting, candidate):
    now = timezone.now()
    attempt = AttemptFactory(
        sitting=sitting, candidate=candidate, started_at=now - 10 * HOUR / 60
    )
    open_room(attempt, at=now - 9 * HOUR / 60)
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=now - 3 * HOUR / 60)
    attempt.refresh_from_db()
    return attempt


def url(name, *args):
    return reverse(f"exams:{name}", args=args)


def send(client, attempt, *messages):
    body = {"answers": messages or [MESSAGE]}
    address = url("late-send", attempt.uuid)
    return client.post(address, body, content_type="application/json")


def keep(attempt, *, seq=1):
    given = [Given(Answer(SINGLE, [3], 1, seq), 125)]
    receive_late(attempt.uuid, given, by=attempt.candidate, at=timezone.now())


def upload(attempt, **changes):
    log = json.dumps([MESSAGE])
    told = {"format": FORMAT, "attempt": str(attempt.uuid), "log": log}
    told["seal"] = seal(attempt.uuid, log, room_key(attempt.uuid))
    content = json.dumps(told | changes).encode()
    return SimpleUploadedFile("x.answers.json", content, "application/json")


def test_the_phone_sends_late_answers_and_is_told_which_arrived(client, attempt):
    client.force_login(attempt.candidate)

    response = send(client, attempt)
    again = send(client, attempt, MESSAGE, MESSAGE | {"seq": 2, "value": [0]})

    assert response.json() == {"acked": [[1, 1]]}
    assert again.json() == {"acked": [[1, 1], [1, 2]]}
    kept = LateAnswer.objects.values_list("item_no", "value", "left", "way")
    assert list(kept) == [(SINGLE, [3], 125, "network"), (SINGLE, [0], 125, "network")]


def test_while_the_attempt_runs_nothing_is_late(client, sitting, informant):
    attempt = AttemptFactory(
        sitting=sitting, candidate=informant, started_at=timezone.now()
    )
    open_room(attempt, at=timezone.now())
    client.force_login(informant)

    response = send(client, attempt)

    assert (response.status_code, response.json()["code"]) == (409, "not-late")
    assert not LateAnswer.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"answers": []}', 400),
        (b'{"answers": [1]}', 400),
        (json.dumps({"answers": [MESSAGE] * 201}).encode(), 400),
        (json.dumps({"answers": [MESSAGE | {"value": [9]}]}).encode(), 422),
        (json.dumps({"answers": [MESSAGE | HALF]}).encode(), 422),
    ],
)
def test_what_is_no_message_is_told_so_and_not_kept(client, attempt, body, status):
    client.force_login(attempt.candidate)
    address = url("late-send", attempt.uuid)

    response = client.post(address, body, content_type="application/json")

    assert response.status_code == status
    assert not LateAnswer.objects.exists()


def test_the_candidate_reads_that_answers_wait_and_what_was_decided(
    client, attempt, county_officer
):
    client.force_login(attempt.candidate)
    keep(attempt)
    result = url("result", attempt.uuid)
    waiting = client.get(result).content.decode()
    client.force_login(county_officer)
    decide(client, attempt, accept="no", reason="当天该村网络正常")

    client.force_login(attempt.candidate)
    decided = client.get(result).content.decode()

    assert "有1条答案在考试结束后才到达服务器" in waiting
    assert "未被采纳，不计分。理由：当天该村网络正常" in decided
    assert "有1条答案" not in decided


def test_the_result_offers_late_sending_only_while_it_is_taken(client, attempt):
    client.force_login(attempt.candidate)
    result = url("result", attempt.uuid)

    assert b"data-late-url" in client.get(result).content

    past = timezone.now() - timedelta(hours=73)
    Attempt.objects.update(started_at=past - HOUR, deadline_at=past)
    assert b"data-late-url" not in client.get(result).content


def decide(client, attempt, **posted):
    address = url("late-decide", attempt.uuid)
    upto = client.get(address).context["comparison"].upto
    return client.post(address, {"upto": upto} | posted, follow=True)


def test_an_office_sees_both_answers_and_no_key_and_decides(
    client, attempt, county_officer
):
    keep(attempt)
    client.force_login(county_officer)

    page = client.get(url("late-decide", attempt.uuid))
    decide(client, attempt, accept="yes", reason="基站停电")

    (row,) = page.context["comparison"].rows
    assert (row.no, row.stands, row.came, row.left) == (SINGLE, "", "D", "2:05")
    for secret in ("第一条这样写", "正确答案</dt>"):
        assert secret not in page.content.decode()
    made = LateDecision.objects.get()
    assert (made.accepted, made.by, made.reason) == (True, county_officer, "基站停电")
    assert attempt.answers.get(item_no=SINGLE).value == [3]


@pytest.mark.parametrize(
    "posted",
    [{}, {"accept": "yes"}, {"reason": "停电"}, {"accept": "x", "reason": "x"}],
)
def test_a_decision_without_a_word_or_a_reason_is_none(
    client, attempt, county_officer, posted
):
    keep(attempt)
    client.force_login(county_officer)

    response = decide(client, attempt, **posted)

    assert response.context["form"].errors
    assert not LateDecision.objects.exists()


def test_nobody_decides_about_their_own(client, attempt, napo):
    keep(attempt)
    UserFactory(role=Role.COUNTY_OFFICE, at=napo.county)
    attempt.candidate.grants.update(
        role=Role.COUNTY_OFFICE, division=napo.county, division_code="451026"
    )
    client.force_login(attempt.candidate)

    assert client.get(url("late-decide", attempt.uuid)).status_code == 404


def test_a_file_is_taken_in_and_leads_to_the_decision(client, attempt, county_officer):
    client.force_login(county_officer)
    address = url("late", attempt.sitting_id)

    response = client.post(address, {"file": upload(attempt)}, follow=True)

    assert response.redirect_chain[-1][0] == url("late-decide", attempt.uuid)
    assert "其中1条答案是新的" in response.content.decode()
    assert LateAnswer.objects.get().brought_by == county_officer


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"log": "[]"}, "文件校验不通过"),
        ({"format": "x"}, "不是考场保存的答案文件"),
    ],
)
def test_a_bad_file_is_told_so_and_nothing_is_taken_in(
    client, attempt, county_officer, changes, words
):
    client.force_login(county_officer)
    address = url("late", attempt.sitting_id)

    page = client.post(address, {"file": upload(attempt, **changes)})

    assert words in page.content.decode()
    assert not LateAnswer.objects.exists()


def test_the_list_teaches_when_nothing_came_late(client, sitting, county_officer):
    client.force_login(county_officer)

    page = client.get(url("late", sitting.pk)).content.decode()

    assert "没有迟到答案" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, sitting, county_officer, count, django_assert_num_queries
):
    for _ in range(count):
        keep(over(sitting, make_candidate()))
    client.force_login(county_officer)

    with django_assert_num_queries(5):  # user, grants, sitting, count, page
        response = client.get(url("late", sitting.pk))

    assert [row.waiting for row in response.context["page"]] == [1] * count


def test_the_board_and_the_time_line_tell_of_late_answers(
    client, attempt, county_officer
):
    keep(attempt)
    client.force_login(county_officer)
    decide(client, attempt, accept="no", reason="查无停电")
    keep(attempt, seq=2)

    board = client.get(url("board", attempt.sitting_id)).content.decode()
    line = client.get(url("timeline", attempt.uuid)).content.decode()

    assert "1名考生有迟到答案" in board
    assert line.count("迟到答案1条") == 2
    assert "查无停电" in line
