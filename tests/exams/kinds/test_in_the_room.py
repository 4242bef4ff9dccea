"""A paper of the newer kinds, from the room to the result."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from exams.domain.showing import questions_explained
from exams.models import AnswerNow, Cell
from tests.factories.exams import (
    HOUR,
    NEWER,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_release,
    make_version,
    right_value,
)

pytestmark = pytest.mark.django_db
STEPS = NEWER["ordering"]["options"]
KINDS = ("blank", "ordering", "matching", "case")


@pytest.fixture
def sitting(napo):
    for kind in NEWER:
        make_version(kind)
    cells = [Cell("policy", kind, 1, 6) for kind in KINDS]
    return SittingFactory(
        opens_at=timezone.now() - HOUR,
        keys_shown="at-once",
        blueprint=make_blueprint("newer", cells),
        release=make_release(),
    )


@pytest.fixture
def at_work(sitting, client):
    """An attempt that its candidate, signed in, has just begun."""
    attempt = AttemptFactory(sitting=sitting, started_at=timezone.now())
    client.force_login(attempt.candidate)
    return attempt


def finished(sitting, right=True):
    begun = timezone.now() - timedelta(minutes=30)
    return AttemptFactory(sitting=sitting, right=right, started_at=begun)


def url(attempt, name):
    return f"/exams/attempts/{attempt.uuid}/{name}"


def stored(attempt):
    return dict(attempt.answers.values_list("item_no", "value"))


def test_a_paper_answered_rightly_earns_all(sitting):
    attempt = finished(sitting)

    assert (attempt.score, attempt.passed) == (24, True)


def test_a_paper_answered_wrongly_does_not_pass(sitting):
    attempt = finished(sitting, right=False)

    assert attempt.passed is False


def test_the_room_shows_every_kind_as_a_form_and_no_key(client, at_work):
    page = client.get(url(at_work, "")).content.decode()

    assert [page.count(f'data-kind="{kind}"') for kind in KINDS] == [1, 1, 1, 1]
    assert page.count('<select name="value"') == 4
    assert page.count("data-move=") == 14
    assert "三千" not in page
    assert sorted(STEPS, key=page.index) != STEPS


@pytest.mark.parametrize(
    ("no", "texts", "value"),
    [
        (1, ["三千元"], "三千元"),
        (2, ["1", "0", "", "3"], [1, 0, None, 3]),
        (2, ["", "", "", ""], None),
        (3, ["2", ""], [2, None]),
    ],
)
def test_a_plain_form_stores_an_answer(client, at_work, no, texts, value):
    client.post(url(at_work, "answer/"), {"no": no, "value": texts})

    assert stored(at_work)[no] == value


@pytest.mark.parametrize(
    ("no", "texts"), [(2, ["4", "0", "1", "2"]), (2, ["0"]), (3, ["x", "1"])]
)
def test_a_plain_form_that_is_no_answer_changes_nothing(client, at_work, no, texts):
    client.post(url(at_work, "answer/"), {"no": no, "value": texts})

    assert stored(at_work) == {1: None, 2: None, 3: None, 4: None}


def test_the_script_stores_every_kind(client, at_work):
    client.get(url(at_work, ""))
    values = {q.no: right_value(q) for q in at_work.questions}
    rows = [
        {"no": no, "value": value, "epoch": 1, "seq": no}
        for no, value in values.items()
    ]

    response = client.post(
        url(at_work, "answer/"),
        json.dumps({"answers": rows}),
        content_type="application/json",
    )

    assert response.status_code == 200
    assert stored(at_work) == values


def test_the_room_shows_what_was_answered(client, at_work):
    client.post(url(at_work, "answer/"), {"no": 3, "value": ["2", ""]})

    page = client.get(url(at_work, "")).content.decode()

    pairs = page[page.index('data-kind="matching"') :]
    assert pairs.count(" selected") == 1
    assert '<option value="2" selected>' in pairs


def test_a_plain_form_stores_the_answers_of_a_case(client, at_work):
    answers = {
        "value-0": "2",
        "value-1": "７天",
        "value-2": "",
        "value-3": ["1", "", ""],
    }

    client.post(url(at_work, "answer/"), {"no": 4} | answers)

    assert stored(at_work)[4] == [[2], "７天", None, [1, None, None]]


def test_the_result_explains_every_kind_in_words(sitting):
    attempt = finished(sitting)

    told = questions_explained(attempt, at=timezone.now() + 9 * HOUR)

    assert [each.verdict for each in told] == ["right"] * 4
    assert told[0].right == "三千元 / 3000"
    assert told[1].right == "1. 申请\n2. 评议\n3. 公示\n4. 公告"
    assert set(told[2].given.split("\n")) == {
        "贫困户 — 八有一超",
        "贫困村 — 十一有一低于",
    }
    assert told[3].right.split("\n")[1:3] == ["(2) 7 天", "(3) 公示"]


def test_the_result_page_is_shown(client, sitting):
    attempt = finished(sitting)
    client.force_login(attempt.candidate)

    page = client.get(url(attempt, "result/")).content.decode()

    assert "贫困户 — 八有一超" in page
    assert AnswerNow.objects.filter(attempt=attempt).count() == 4
