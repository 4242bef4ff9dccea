"""Keys are revised in fields of their kind; nobody needs a notation."""

import pytest

from exams.domain.keying import in_force
from exams.domain.kinds.ledger_task import drawn, key_of, truth_of
from exams.domain.writing.keys import (
    KEYS,
    key_gathered,
    key_laid_out,
    key_posted,
)
from exams.enums import Kind
from exams.models import KeyRevision
from tests.factories.exams import ANSWERS, NEWER, content, make_version

pytestmark = pytest.mark.django_db
PAGE = "/exams/questions/{}/key/"
SEED = 1_234_567
# What a form sends for the key as it is; and what it sends for another, which becomes.
SAME = {
    "judge": {"right": "0"},
    "single": {"right": "1"},
    "multiple": {"right": ["0", "2"]},
    "numeric": {"text": "13", "tolerance": "0"},
    "blank": {"text": "三千元\r\n3000\r\n"},
    "ordering": {"place": ["0", "1", "2", "3"]},
    "matching": {"place": ["0", "1"]},
    "case": {
        "part-0-right": "1",
        "part-1-text": "7",
        "part-2-text": "公示",
        "part-3-place": ["0", "1", "2"],
    },
    "short": {"text": "先告知农户（2分），再评议（2分）。"},
}
OTHER = {
    "judge": ({"right": "1"}, [1]),
    "single": ({"right": "3"}, [3]),
    "multiple": ({"right": ["3", "1"]}, [1, 3]),
    "numeric": ({"text": "14.5", "tolerance": "0.5"}, "14.5"),
    "blank": ({"text": "3000"}, ["3000"]),
    "ordering": ({"place": ["1", "0", "2", "3"]}, [1, 0, 2, 3]),
    "matching": ({"place": ["2", "2"]}, [2, 2]),
    "case": (
        SAME["case"] | {"part-1-text": "8", "part-3-place": ["2", "1", "0"]},
        [[1], "8", ["公示"], [2, 1, 0]],
    ),
    "short": ({"text": "先告知（4分）。\r\n再公示。"}, "先告知（4分）。\n再公示。"),
}
FAULTY = [
    ("judge", {}, "要有正确选项"),
    ("single", {"right": ["0", "1"]}, "只能有一个正确选项"),
    ("multiple", {"right": "9"}, "要有正确选项"),
    ("numeric", {"text": "十几", "tolerance": "0"}, "答案和误差都应是数字"),
    ("numeric", {"text": "13", "tolerance": "-1"}, "误差“-1”"),
    ("blank", {"text": " \r\n"}, "要有可接受的答案"),
    ("ordering", {"place": ["0", "0", "2", "3"]}, "每个步骤"),
    ("ordering", {"place": ["0"]}, "每个步骤"),
    ("matching", {"place": ["0", ""]}, "每个左边都要有对应的右边"),
    ("matching", {"place": ["0", "x"]}, "每个左边都要有对应的右边"),
    ("case", SAME["case"] | {"part-2-text": ""}, "要有可接受的答案"),
    ("short", {"text": ""}, "评"),
]


@pytest.fixture(autouse=True)
def author(client, trainer):
    client.force_login(trainer)
    return trainer


def sent(fields, **changes):
    named = {f"key-{name}": value for name, value in fields.items()}
    return named | {"rule": "only", "reason": "印错了答案。"} | changes


@pytest.mark.parametrize("kind", sorted(SAME))
def test_the_page_shows_the_key_and_sent_back_it_is_the_same(client, kind):
    version = make_version(kind)
    page = client.get(PAGE.format(version.pk))
    assert page.status_code == 200

    answer = client.post(PAGE.format(version.pk), sent(SAME[kind]))

    assert "与现行答案相同" in answer.content.decode()
    assert not KeyRevision.objects.exists()


@pytest.mark.parametrize("kind", sorted(OTHER))
def test_another_key_is_kept_and_shown(client, kind):
    version = make_version(kind)
    fields, key = OTHER[kind]

    answer = client.post(PAGE.format(version.pk), sent(fields))

    assert answer.status_code == 302
    revision = KeyRevision.objects.get()
    assert (revision.answer, revision.version) == (key, version)
    assert str(revision.tolerance.normalize()) == fields.get("tolerance", "0")
    laid = key_laid_out(in_force(version), "key-")
    assert key_gathered(version, laid).answer == key
    assert client.get(PAGE.format(version.pk)).status_code == 200


@pytest.mark.parametrize(("kind", "fields", "words"), FAULTY)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, kind, fields, words):
    version = make_version(kind)

    page = client.post(PAGE.format(version.pk), sent(fields, reason="只有理由。"))

    assert words in page.content.decode()
    assert "只有理由。" in page.content.decode()
    assert not KeyRevision.objects.exists()


def test_the_key_of_a_ledger_task_is_what_the_measures_answer(client):
    version = make_version("ledger", **drawn(SEED))

    page = client.get(PAGE.format(version.pk)).content.decode()
    assert version.parts[-1]["stem"] in page
    assert "'seed'" not in page
    answer = client.post(PAGE.format(version.pk), sent({}))

    assert "与现行答案相同" in answer.content.decode()
    client.post(PAGE.format(version.pk), sent({}, rule="all"))
    revision = KeyRevision.objects.get()
    assert revision.answer == version.answer == key_of(truth_of(version))


def test_every_kind_has_fields_for_its_key():
    assert set(KEYS) == set(Kind)


@pytest.mark.parametrize("kind", sorted(ANSWERS | NEWER))
def test_nothing_sent_is_never_an_error(kind):
    said = content(kind)

    laid = key_posted(said, lambda name: [], "key-")

    assert key_gathered(said, laid).answer != said.answer
