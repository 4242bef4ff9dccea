"""Ledger tasks: a simulated household, judged by the Measures."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

import measures
from exams.domain.exchange import workbook, workbook_writing
from exams.domain.exchange.formats import FORMATS
from exams.domain.kinds import asking_for
from exams.domain.kinds.ledger_task import drawn, key_of, truth_of
from exams.domain.marking import points_for
from exams.domain.showing import question_shown
from exams.models import Cell, ItemVersion, Question
from exercises.enums import Decision
from tests.factories.exams import (
    HOUR,
    AttemptFactory,
    SittingFactory,
    content,
    make_blueprint,
    make_release,
    make_version,
)

ASKING = asking_for("ledger")
SEEDS = {"exit": 7300006, "stay": 7300762, "remove": 7300019}


def version_of(seed: int, **changes) -> ItemVersion:
    said = ASKING.read({"seed": seed}) | changes
    return ItemVersion(kind="ledger", stem="这户能否退出？", **said)


def question_of(version, points=10) -> Question:
    return Question(1, 1, "ledger", points, ASKING.order(version, Random(7)))


@pytest.mark.parametrize("decision", SEEDS)
def test_the_key_is_what_the_measures_answer(decision):
    version = version_of(SEEDS[decision])
    facts = version.options[0]["facts"]

    answer = measures.check_household(measures.read_household(facts), "gx-2017")

    assert version.answer[:-1] == [[0 if f.met else 1] for f in answer.findings]
    assert version.answer[-1] == [list(Decision).index(decision)]
    assert list(ASKING.faults(version)) == []


def test_ten_answers_share_the_points_equally():
    version = version_of(SEEDS["stay"])
    question = question_of(version)
    right = ASKING.right(question, version)
    other = [(right[3][0] + 1) % 2]

    assert points_for(question, version, right) == 10
    assert points_for(question, version, [*right[:3], other, *right[4:]]) == 9
    assert points_for(question, version, [None] * 9 + [right[9]]) == 1
    assert points_for(question, version, None) == 0


def test_a_key_of_somebody_s_own_is_refused():
    version = version_of(SEEDS["exit"])
    wrong = [[1], *version.answer[1:]]

    assert list(ASKING.faults(version_of(SEEDS["exit"], answer=wrong)))


@pytest.mark.parametrize(
    "typed", [["x"], [], ["-4"], ["99999999999"], ["１２"], ["999999"]]
)
def test_what_is_no_number_of_a_household_is_refused(typed):
    content = ItemVersion(kind="ledger", **ASKING.typed(typed, ""))

    assert len(list(ASKING.faults(content))) == 1


def test_what_an_author_types_comes_back():
    version = version_of(SEEDS["stay"])

    again = ASKING.typed(**ASKING.retyped(version))

    assert again == ASKING.read({"seed": SEEDS["stay"]})


def test_the_room_shows_the_card_and_reads_no_key():
    version = version_of(SEEDS["stay"])
    question = question_of(version)
    del version.answer  # what the room does not load

    shown = question_shown(question, version, None)

    assert shown.card.people
    assert len(shown.parts) == 10
    assert not any("没有大病保险" in str(part) for part in shown.parts)


def test_nothing_shown_tells_the_seed():
    version = version_of(SEEDS["stay"])

    shown = question_shown(question_of(version), version, None)

    assert str(SEEDS["stay"]) not in repr(shown)


def test_every_answer_has_its_reason_with_the_clause():
    reasons = ASKING.reasons(version_of(SEEDS["stay"]))

    assert len(reasons) == 10
    assert any("没有大病保险" in reason.text for reason in reasons)
    assert all(reason.citation.startswith("解读") for reason in reasons)


def test_no_reason_contradicts_the_key_that_was_promised():
    version = version_of(SEEDS["stay"])
    version.answer = [[0], *version.answer[1:-1], [0]]

    assert ASKING.reasons(version) == []


def test_the_facts_stay_with_the_version_whatever_the_generator_learns(monkeypatch):
    version = version_of(SEEDS["exit"])
    monkeypatch.setattr(
        "exams.domain.kinds.ledger_task.draw_case", lambda seed: pytest.fail("drawn")
    )

    assert key_of(truth_of(version)) == version.answer


def test_a_seed_is_a_household_for_good():
    assert drawn(SEEDS["exit"]) == drawn(SEEDS["exit"]) != drawn(SEEDS["stay"])


# ---- from the room to the result ----------------------------------------------------


@pytest.fixture
def sitting(napo):
    make_version("ledger", **ASKING.read({"seed": SEEDS["stay"]}))
    return SittingFactory(
        opens_at=timezone.now() - HOUR,
        keys_shown="at-once",
        blueprint=make_blueprint("ledger", [Cell("policy", "ledger", 1, 10)]),
        release=make_release(),
    )


@pytest.mark.django_db
def test_the_room_shows_card_and_ten_questions_and_takes_a_plain_form(client, sitting):
    attempt = AttemptFactory(sitting=sitting, started_at=timezone.now())
    client.force_login(attempt.candidate)
    room = f"/exams/attempts/{attempt.uuid}/"

    page = client.get(room).content.decode()
    answers = {f"value-{at}": "0" for at in range(10)}
    client.post(f"{room}answer/", {"no": 1} | answers)

    assert page.count("case__part") == 10
    assert page.count("data-part") == 10
    assert 'class="record' in page
    assert "没有大病保险" not in page
    assert attempt.answers.get().value == [[0]] * 10


@pytest.mark.django_db
def test_the_result_says_of_each_why(client, sitting):
    begun = timezone.now() - timedelta(minutes=30)
    attempt = AttemptFactory(sitting=sitting, right=True, started_at=begun)
    client.force_login(attempt.candidate)

    page = client.get(f"/exams/attempts/{attempt.uuid}/result/").content.decode()

    assert (attempt.score, attempt.passed) == (10, True)
    assert "没有大病保险" in page
    assert "解读 四(一)2" in page


def test_a_workbook_carries_it_and_other_formats_name_it():
    task = content("ledger", **ASKING.read({"seed": SEEDS["exit"]}))

    (back,) = workbook.read(workbook_writing.write({"L-1": task})).drafts
    carried = {code for code, each in FORMATS.items() if "ledger" in each.carries}

    names = ("kind", "options", "parts", "answer")
    assert {n: back.fields[n] for n in names} == {n: getattr(task, n) for n in names}
    assert carried == {"excel"}
