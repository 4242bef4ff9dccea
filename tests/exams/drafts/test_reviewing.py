"""Drafts of questions in the admin: read by a second person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exams.domain.drafting import (
    hand_in_draft,
)
from exams.domain.reviewing import return_draft
from exams.enums import DraftState
from exams.models import Item, ItemDraft
from tests.factories.exams import (
    NOON,
    make_draft,
    make_version,
)

pytestmark = pytest.mark.django_db
DRAFTS = "/admin/drafts/"
ACTS = ("hand-in", "take-back", "catch-up", "redraw", "discard", "approve", "return")


def act(client, draft, name, **fields):
    return client.post(f"/exams/drafts/{draft.pk}/{name}/", fields, follow=True)


def page_of(client, draft) -> str:
    return client.get(draft.get_absolute_url()).content.decode()


def test_the_reviewer_sees_it_beside_what_it_would_replace(client, author, colleague):
    item = make_version(code="NEW-1").item
    draft = make_draft(colleague, item=item, stem="哪一个不对？", handed_in=True)

    page = page_of(client, draft)

    assert "哪一个<ins>不</ins>对？" in page
    assert page.count("· 有变化") == 1
    assert f"/exams/drafts/{draft.pk}/approve/" in page
    assert f"/exams/questions/{draft.base_id}/preview/" in page


def test_approving_makes_the_version(client, author, colleague):
    item = make_version(code="NEW-1").item
    draft = make_draft(colleague, item=item, handed_in=True)

    response = act(client, draft, "approve", seen="1")

    assert "已批准" in response.content.decode()
    item.refresh_from_db()
    assert (item.current.number, item.current.made_by) == (2, colleague)
    draft.refresh_from_db()
    assert draft.reviewed_by == author


def test_the_author_finds_no_button_and_no_way_to_approve(client, author):
    draft = make_draft(author, handed_in=True)

    assert "/approve/" not in page_of(client, draft)
    response = act(client, draft, "approve", seen="1")

    assert "这份草稿是您自己写的" in response.content.decode()
    assert not Item.objects.exists()


def test_the_author_reads_why_it_was_returned(client, author, colleague):
    draft = make_draft(author, handed_in=True)
    client.force_login(colleague)
    act(client, draft, "return", seen="1", reason="题干<b>不清。")
    client.force_login(author)

    assert "题干&lt;b&gt;不清。" in page_of(client, draft)
    edit = client.get(f"{DRAFTS}edit/{draft.pk}/").content.decode()
    assert "题干&lt;b&gt;不清。" in edit


@pytest.mark.parametrize(
    ("name", "fields", "message"),
    [
        ("approve", {"seen": "7"}, "草稿在您打开之后又有改动"),
        ("approve", {"seen": "9" * 5000}, "草稿在您打开之后又有改动"),
        ("approve", {}, "草稿在您打开之后又有改动"),
        ("return", {"seen": "1", "reason": " "}, "请写明理由"),
        ("take-back", {}, "只有作者本人"),
        ("catch-up", {}, "只有作者本人"),
        ("hand-in", {}, "只有作者本人"),
    ],
)
def test_what_is_refused_says_why_and_changes_nothing(
    client, author, colleague, name, fields, message
):
    draft = make_draft(colleague, handed_in=True)

    page = act(client, draft, name, **fields).content.decode()

    assert message in page
    draft.refresh_from_db()
    assert draft.is_in_review
    assert not Item.objects.exists()


def test_an_overtaken_draft_says_so_to_both(client, author, colleague):
    item = make_version(code="NEW-1").item
    draft = make_draft(author, item=item, handed_in=True)
    make_version(code="NEW-1", stem="文件的新题？")

    assert f"/exams/drafts/{draft.pk}/catch-up/" in page_of(client, draft)
    act(client, draft, "catch-up")
    client.force_login(colleague)

    assert "文件的新题？" not in page_of(client, draft)
    draft.refresh_from_db()
    assert draft.base.number == 2


def test_the_administrator_reviews_the_only_trainers_draft(
    client, author, administrator
):
    draft = make_draft(author, handed_in=True)
    client.force_login(administrator)

    act(client, draft, "approve", seen="1")

    assert Item.objects.get().current.made_by == author


def test_only_author_and_administrator_discard(
    client, author, colleague, administrator
):
    draft = make_draft(colleague)
    assert act(client, draft, "discard").status_code == 403
    client.force_login(administrator)

    act(client, draft, "discard")

    draft.refresh_from_db()
    assert draft.state == DraftState.DISCARDED


def test_what_was_returned_and_mended_shows_what_was_said_before(
    client, author, colleague
):
    draft = make_draft(colleague, handed_in=True)
    return_draft(draft, reason="题干不清。", seen=1, by=author, at=NOON)
    hand_in_draft(draft, by=colleague, at=NOON)

    assert "题干不清。" in page_of(client, draft)


@pytest.mark.parametrize("who", ["informant", "county_officer", "region_officer"])
def test_drafts_are_closed_to_others(request, client, author, who):
    draft = make_draft(author, handed_in=True)
    client.force_login(request.getfixturevalue(who))

    assert client.get(DRAFTS).status_code == 302
    assert client.get(draft.get_absolute_url()).status_code == 302
    assert client.get(f"/exams/drafts/{draft.pk}/preview/").status_code == 403
    for name in ACTS:
        assert act(client, draft, name, seen="1", reason="不行。").status_code == 403
    draft.refresh_from_db()
    assert draft.is_in_review


@pytest.mark.parametrize("name", [*ACTS, "preview"])
def test_an_unknown_draft_is_not_found(client, author, name):
    assert act(client, ItemDraft(pk=7), name).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_done_by_a_link(client, author, name):
    draft = make_draft(author)

    assert client.get(f"/exams/drafts/{draft.pk}/{name}/").status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_drafts_are_listed_at_a_constant_cost(client, author, count):
    for number in range(count):
        make_draft(author, code=f"N-{number}", stem=f"第{number}题？")
    client.get(DRAFTS)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(DRAFTS).content.decode()

    assert page.count("题？") == count
    # user, groups' permissions and grants, pages of the admin, count, drafts
    assert len(queries) == 10
