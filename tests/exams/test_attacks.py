"""What strangers, other candidates and other counties find at an exam that runs."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from exams.domain.accommodating import grant_extra_time
from exams.models import AnswerEvent, Attempt, DeadlineChange, Intervention
from tests.factories.accounts import UserFactory
from tests.factories.exams import (
    HOUR,
    AttemptFactory,
    SittingFactory,
    make_candidate,
    make_version,
)

pytestmark = pytest.mark.django_db
OF_AN_ATTEMPT = {
    "room",
    "answer",
    "pulse",
    "review",
    "submit",
    "result",
    "late-send",
}
OF_A_SITTING = {"board", "extend", "close", "withdraw", "tell", "note", "late"}
OFFICES_ONLY = {"releases", "sittings", "schedule", "accommodations"}


@pytest.fixture
def sitting(napo):
    return SittingFactory(division=napo.county, opens_at=timezone.now() - HOUR)


@pytest.fixture
def attempt(sitting, informant):
    now = timezone.now()
    return AttemptFactory(sitting=sitting, candidate=informant, started_at=now)


@pytest.fixture
def granted(informant, county_officer, napo):
    informant.home_division, informant.home_code = napo.village, napo.village.code
    informant.save()
    facts = {"percent": 25, "reason": "视力障碍", "at": timezone.now()}
    return grant_extra_time(informant, by=county_officer, **facts)


@pytest.fixture
def others(napo):
    from_elsewhere = {"home_division": napo.other_county, "home_code": "451027"}
    return {
        "stranger": UserFactory(**from_elsewhere),
        "other candidate": make_candidate(),
        "other county": UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county),
    }


POSTED = {
    "no": "1",
    "value": "0",
    "confirm": "1",
    "words": "越权",
    "minutes": 60,
    "notice": 1,
    "reason": "越权",
    "division": "451026",
}


SPOKEN = {"answers": [{"no": 1, "value": [0], "epoch": 1, "seq": 1, "left": 9}]}


def knock(client, name, *args):
    address = reverse(f"exams:{name}", args=args)
    if name == "late-send":
        posted = client.post(address, SPOKEN, content_type="application/json")
    else:
        posted = client.post(address, POSTED | {"key": uuid4()})
    return {client.get(address).status_code, posted.status_code}


@pytest.mark.parametrize("who", ["stranger", "other candidate", "other county"])
def test_nobody_comes_in_where_they_have_no_business(
    client, others, attempt, granted, who
):
    client.force_login(others[who])
    is_office = who == "other county"

    for name in sorted(OF_AN_ATTEMPT):
        assert knock(client, name, attempt.uuid) <= {404, 405}, name
    for name in sorted(OF_A_SITTING):
        expected = 404 if is_office else 403
        assert knock(client, name, attempt.sitting.pk) == {expected}, name
    outside = {404} if is_office else {403}
    assert knock(client, "timeline", attempt.uuid) == outside
    assert knock(client, "late-decide", attempt.uuid) == outside
    assert knock(client, "end-accommodation", granted.pk) <= outside | {405}
    assert knock(client, "publish", attempt.sitting.pk) <= outside | {405}
    question = attempt.questions[0].version
    assert knock(client, "confirm", question) <= {403, 405}
    for name in ("retire", "restore"):
        assert knock(client, name, question) <= {403, 405}, name
    if not is_office:
        for name in sorted(OFFICES_ONLY):
            assert knock(client, name) == {403}, name
    if who != "other candidate":
        assert knock(client, "rules", attempt.sitting.pk) == {404}

    attempt.refresh_from_db()
    granted.refresh_from_db()
    assert attempt.is_open
    assert granted.ended_at is None
    assert not AnswerEvent.objects.exists()
    assert not DeadlineChange.objects.exists()
    assert not Intervention.objects.exists()


def test_a_candidate_moves_no_deadline_of_their_own(client, informant, attempt):
    client.force_login(informant)

    for name in sorted(OF_A_SITTING):
        assert knock(client, name, attempt.sitting.pk) == {403}, name
    assert knock(client, "timeline", attempt.uuid) == {403}
    assert knock(client, "late-decide", attempt.uuid) == {403}

    before = attempt.deadline_at
    attempt.refresh_from_db()
    assert attempt.deadline_at == before


def test_an_officer_who_sits_reads_no_time_line_of_their_own(
    client, county_officer, sitting, napo
):
    county_officer.home_division = napo.village
    county_officer.home_code = napo.village.code
    county_officer.save()
    own = AttemptFactory(
        sitting=sitting, candidate=county_officer, started_at=timezone.now()
    )
    client.force_login(county_officer)

    assert client.get(reverse("exams:timeline", args=[own.uuid])).status_code == 404


def test_no_page_holds_a_key_while_others_can_still_sit(client, napo, informant):
    secrets = {"because": "机密解析", "cites": ["机密出处"]}
    for number, kind in enumerate(("judge", "single", "single", "multiple")):
        make_version(kind, stem=f"题面{number}", **secrets)
    make_version("numeric", answer="86421357", stem="题面几何", **secrets)
    now = timezone.now()
    sitting = SittingFactory(division=napo.county, opens_at=now - HOUR)
    attempt = AttemptFactory(sitting=sitting, candidate=informant, started_at=now)
    client.force_login(informant)
    told = [
        client.get(reverse(f"exams:{name}", args=[attempt.uuid])).content.decode()
        for name in ("room", "pulse", "review")
    ]
    client.post(reverse("exams:submit", args=[attempt.uuid]))

    result = client.get(reverse("exams:result", args=[attempt.uuid]))
    told.append(result.content.decode())

    assert "得0分" in told[-1]
    assert "正确答案保留至" in told[-1]
    for page in told:
        for secret in ("机密解析", "机密出处", "86421357", "正确答案</dt>"):
            assert secret not in page


def test_keys_wait_for_the_last_who_was_given_more_time(client, napo, informant):
    now = timezone.now()
    sitting = SittingFactory(
        division=napo.county, opens_at=now - 4 * HOUR, closes_at=now - HOUR / 60
    )
    done = AttemptFactory(
        sitting=sitting, candidate=informant, started_at=now - 2 * HOUR, right=True
    )
    last = AttemptFactory(sitting=sitting, started_at=now - HOUR / 2)
    Attempt.objects.filter(pk=last.pk).update(deadline_at=now + HOUR)
    client.force_login(informant)
    address = reverse("exams:result", args=[done.uuid])

    assert client.get(address).context["questions"] == []

    Attempt.objects.filter(pk=last.pk).update(deadline_at=now - HOUR / 4)
    assert len(client.get(address).context["questions"]) == 5
