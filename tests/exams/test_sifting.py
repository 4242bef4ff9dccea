"""The list of the bank, narrowed by what authors look for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.domain.granting import sync_admin_access
from exams.domain.authoring import open_bank_to_trainers
from exams.domain.planning import STARTER
from exams.domain.releasing import sign_release
from exams.models import Grounding
from tests.factories.exams import NOON, make_draft, make_version

pytestmark = pytest.mark.django_db
BANK = "/admin/questions/"


@pytest.fixture
def author(trainer, client):
    open_bank_to_trainers()
    sync_admin_access(trainer, on=timezone.localdate())
    client.force_login(trainer)
    return trainer


@pytest.fixture
def bank(author):
    """Four questions: as released, changed since, with drafts, and stale."""
    make_version("judge", code="AS-RELEASED", tags=["housing", "住房"])
    changed = make_version("single", code="CHANGED", difficulty=4)
    stale = make_version("numeric", code="STALE", subject="entry")
    drafted = make_version("blank", code="DRAFTED", cites=["解读 五", "解读 三(二)1"])
    sign_release(STARTER, by=author, at=NOON)
    make_version("single", code="CHANGED", difficulty=4, stem="改过的题？")
    Grounding.objects.filter(version=stale).update(mark="as it read then")
    make_draft(author, item=drafted.item)
    make_draft(author, item=changed.item, handed_in=True, stem="再改的题？")


def found(client, **asked) -> set[str]:
    page = client.get(BANK, asked)
    assert page.status_code == 200
    return {item.code for item in page.context["object_list"]}


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, {"AS-RELEASED", "CHANGED", "STALE", "DRAFTED"}),
        ({"standing": "drafted"}, {"DRAFTED"}),
        ({"standing": "in-review"}, {"CHANGED"}),
        ({"standing": "released"}, {"AS-RELEASED", "STALE", "DRAFTED"}),
        ({"standing": "waiting"}, {"CHANGED"}),
        ({"standing": "stale"}, {"STALE"}),
        ({"subject": "entry"}, {"STALE"}),
        ({"kind": "judge"}, {"AS-RELEASED"}),
        ({"difficulty": "4"}, {"CHANGED"}),
        ({"cites": "解读 五"}, {"DRAFTED"}),
        ({"tag": "住房"}, {"AS-RELEASED"}),
        ({"tag": "住房", "kind": "single"}, set()),
        ({"standing": "released", "q": "STALE"}, {"STALE"}),
    ],
)
def test_the_bank_is_narrowed(client, bank, asked, codes):
    assert found(client, **asked) == codes


def test_the_state_of_a_draft_stands_beside_its_question(client, bank):
    rows = client.get(BANK).content.decode().split("<tr")

    told = {
        code: [word for word in ("撰写中", "审核中") if word in row]
        for row in rows
        for code in ("CHANGED", "DRAFTED", "STALE")
        if code in row
    }
    assert told == {"CHANGED": ["审核中"], "DRAFTED": ["撰写中"], "STALE": []}


def test_what_the_bank_does_not_know_narrows_nothing(client, bank):
    assert len(found(client, tag="nowhere", cites="解读 九")) == 4


def test_before_the_first_release_every_question_waits(client, author):
    make_version(code="ONE")

    assert found(client, standing="waiting") == {"ONE"}
    assert found(client, standing="released") == set()


def test_citations_and_tags_in_use_are_offered(client, bank):
    page = client.get(BANK).content.decode()

    for word in ("解读 五", "解读 三(二)1", "住房", "housing"):
        assert f'value="{word}"' in page


@pytest.mark.parametrize("asked", [{}, {"tag": "住房"}, {"standing": "stale"}])
def test_narrowing_costs_the_same_however_large_the_bank(client, author, asked):
    make_version(tags=["住房"])
    client.get(BANK, asked)

    costs = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(BANK, asked)
        costs.append(len(queries))
        for number in range(3):
            make_version(stem=f"第{number}题？", tags=["住房", str(number)])

    assert costs[0] == costs[1]
