"""Two people at the same draft in the same moment, on a database with real locks."""

from functools import partial

import pytest
from django.db import connection

from core.models import LogEntry
from exams.domain.draft_refusals import DraftInAnotherState
from exams.domain.drafting import begin_draft
from exams.domain.reviewing import approve_draft, approve_drafts, return_draft
from exams.enums import DraftState
from exams.models import Item, ItemDraft, ItemVersion
from tests.factories.accounts import UserFactory
from tests.factories.exams import HOUR, NOON, make_draft
from tests.racing import at_once

LATER = NOON + HOUR
# Whoever comes first differs from one to the next.
ROUNDS = 5

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
    pytest.mark.django_db(transaction=True),
]


def refusals(outcomes):
    return [each for each in outcomes if isinstance(each, str)]


@pytest.fixture
def colleagues(trainer, administrator):
    return trainer, administrator, UserFactory()


def test_two_people_who_approve_at_once_make_one_version(colleagues):
    author, *reviewers = colleagues
    for number in range(ROUNDS):
        draft = make_draft(author, code=f"NEW-{number}", handed_in=True)

        outcomes = at_once(
            *[
                partial(approve_draft, draft, seen=1, by=by, at=LATER)
                for by in reviewers
            ]
        )

        assert refusals(outcomes) == [DraftInAnotherState.code]
        draft.refresh_from_db()
        item = Item.objects.get(code=draft.code)
        assert list(item.versions.all()) == [item.current] == [draft.version]
        assert draft.reviewed_by in reviewers
    assert LogEntry.objects.filter(action="draft.approved").count() == ROUNDS


def test_one_who_approves_and_one_who_returns_do_not_both(colleagues):
    author, one, other = colleagues
    for number in range(ROUNDS):
        draft = make_draft(author, code=f"NEW-{number}", handed_in=True)

        outcomes = at_once(
            partial(approve_draft, draft, seen=1, by=one, at=LATER),
            partial(return_draft, draft, reason="不清。", seen=1, by=other, at=LATER),
        )

        assert len(refusals(outcomes)) == 1
        draft.refresh_from_db()
        versions = ItemVersion.objects.filter(item__code=draft.code).count()
        assert versions == (draft.state == DraftState.APPROVED)


def test_two_who_begin_a_draft_of_one_code_at_once_leave_one(colleagues):
    one, other, _reviewer = colleagues
    said = make_draft(one, code="OTHER").said
    for number in range(ROUNDS):
        code = f"NEW-{number}"

        outcomes = at_once(
            *[
                partial(begin_draft, said, code=code, item=None, by=by, at=NOON)
                for by in (one, other)
            ]
        )

        assert len(refusals(outcomes)) == 1
        assert ItemDraft.objects.filter(code=code).count() == 1


def test_two_people_who_approve_several_at_once_make_each_version_once(colleagues):
    author, *reviewers = colleagues
    for number in range(ROUNDS):
        drafts = [
            make_draft(author, code=f"NEW-{number}-{each}", handed_in=True)
            for each in range(3)
        ]
        seen = {draft.pk: draft.number for draft in drafts}

        outcomes = at_once(
            *(partial(approve_drafts, seen, by=by, at=LATER) for by in reviewers)
        )

        assert sorted(len(each.approved) for each in outcomes) == [0, 3]
        assert sorted(len(each.refused) for each in outcomes) == [0, 3]
    assert ItemVersion.objects.count() == 3 * ROUNDS
