"""Questions previewed as a candidate meets them; nothing is kept."""

import pytest
from django.utils import timezone

from accounts.domain.granting import grant_role, sync_admin_access
from accounts.enums import Role
from exams.domain.drafting import as_typed, begin_draft, hand_in_draft
from exams.domain.keying import revise_key
from exams.domain.kinds.ledger_task import LEAST_SEED
from exams.models import AnswerEvent, Item, ItemVersion
from tests.factories.exams import (
    ANSWERS,
    NEWER,
    NOON,
    AttemptFactory,
    SittingFactory,
    content,
    make_candidate,
    make_draft,
    make_version,
)

pytestmark = pytest.mark.django_db


def preview(client, draft, **answer):
    address = f"/exams/drafts/{draft.pk}/preview/?shuffle=1"
    return client.post(address, answer) if answer else client.get(address)


SHOWN = {
    "single": 'type="radio"',
    "multiple": 'type="checkbox"',
    "judge": 'type="radio"',
    "numeric": "平方米",
    "blank": 'maxlength="40"',
    "ordering": "data-ordering",
    "matching": 'class="matching"',
    "case": 'name="value-3"',
    "short": "<textarea",
}


@pytest.mark.parametrize("kind", [*ANSWERS, *NEWER])
def test_every_kind_is_previewed_with_its_key(client, author, kind):
    draft = make_draft(author, kind=kind)

    response = preview(client, draft)

    page = response.content.decode()
    assert response.status_code == 200
    assert SHOWN[kind] in page
    assert "第一条这样写。" in page
    assert "<details>" in page


def test_a_ledger_task_is_previewed_with_its_household(client, author):
    said = as_typed(content("short")) | {
        "kind": "ledger",
        "options": [str(LEAST_SEED)],
        "answer": "",
    }
    draft = begin_draft(said, code="NEW-1", item=None, by=author, at=NOON)

    page = preview(client, draft).content.decode()

    assert "case__card" in page
    assert "explained__reasons" in page


def test_a_preview_looks_as_the_room_does(client, author):
    now = timezone.now()
    attempt = AttemptFactory(sitting=SittingFactory(opens_at=now), started_at=now)
    question = attempt.questions[0]
    client.force_login(attempt.candidate)
    room = client.get(f"/exams/attempts/{attempt.uuid}/").content.decode()
    client.force_login(author)

    page = client.get(f"/exams/questions/{question.version}/preview/").content.decode()

    start, end = '<fieldset class="choices', "</fieldset>"
    one, other = (
        text[text.index(start) : text.index(end)].split("</legend>")[1]
        for text in (room, page)
    )
    assert one == other


def test_trying_an_answer_tells_what_it_earns_and_keeps_nothing(client, author):
    draft = make_draft(author, kind="numeric", answer="13")

    right = preview(client, draft, value="13", no="1").content.decode()
    wrong = preview(client, draft, value="14", no="1").content.decode()

    assert "这个答案得4分，满分4分" in right
    assert "这个答案得0分，满分4分" in wrong
    assert not AnswerEvent.objects.exists()
    assert not ItemVersion.objects.exists()
    draft.refresh_from_db()
    assert draft.number == 1


def test_what_is_no_answer_is_told(client, author):
    draft = make_draft(author, kind="single")

    response = preview(client, draft, value="abc")

    assert response.status_code == 422
    assert "这不是这类试题的答案" in response.content.decode()


def test_people_mark_a_short_answer(client, author):
    page = preview(client, make_draft(author, kind="short"), value="先告知。")

    assert "由人评卷" in page.content.decode()


def test_a_draft_without_a_whole_key_says_what_is_missing(client, author):
    response = preview(client, make_draft(author, answer=""))

    assert response.status_code == 200
    assert "要有正确选项" in response.content.decode()


def test_a_version_is_previewed_by_its_key_in_force(client, author, administrator):
    version = make_version("numeric", code="NEW-1")
    revise_key(version, answer="14", reason="原答案有误。", by=administrator, at=NOON)

    page = client.post(f"/exams/questions/{version.pk}/preview/", {"value": "14"})

    assert "这个答案得4分" in page.content.decode()


def test_nobody_previews_keys_while_sitting_an_exam(client, author, napo):
    sitting = SittingFactory(division=napo.village)
    candidate = make_candidate(at=napo.village)
    AttemptFactory(sitting=sitting, candidate=candidate)
    grant_role(
        candidate, Role.TRAINER, division=napo.region, by=None, on=timezone.localdate()
    )
    client.force_login(candidate)

    version = ItemVersion.objects.first()
    assert client.get(f"/exams/questions/{version.pk}/preview/").status_code == 403


def test_nobody_reads_the_bank_while_sitting_an_exam(client, author, napo):
    sitting = SittingFactory(division=napo.village)
    item = Item.objects.first()
    candidate = make_candidate(at=napo.village)
    today = timezone.localdate()
    grant_role(candidate, Role.TRAINER, division=napo.region, by=None, on=today)
    sync_admin_access(candidate, on=today)
    mine = make_draft(candidate, code="NEW-1")
    pages = [
        f"/admin/questions/inspect/{item.pk}/",
        f"/admin/drafts/add/?item={item.pk}",
        f"/admin/drafts/edit/{mine.pk}/",
        f"/admin/drafts/inspect/{mine.pk}/",
        "/exams/exclusions/",
        "/exams/exchange/",
        "/exams/exchange/export/?format=excel",
    ]
    client.force_login(candidate)
    assert [client.get(each).status_code for each in pages] == [200] * len(pages)

    AttemptFactory(sitting=sitting, candidate=candidate)

    told = [client.get(each) for each in pages]
    told.append(client.post(f"/exams/drafts/{mine.pk}/hand-in/"))
    refused = [each.status_code == 403 or each.url == "/admin/" for each in told]
    assert refused == [True] * len(told)


@pytest.mark.parametrize(
    ("kind", "is_framed"), [("case", True), ("ledger", True), ("single", False)]
)
def test_whoever_reviews_a_case_sees_it_as_a_candidate_does(
    client, author, colleague, kind, is_framed
):
    typed = {"options": [str(LEAST_SEED)], "answer": ""} if kind == "ledger" else {}
    said = as_typed(content("short" if typed else kind)) | typed | {"kind": kind}
    draft = begin_draft(said, code="NEW-1", item=None, by=author, at=NOON)
    hand_in_draft(draft, by=author, at=NOON)
    client.force_login(colleague)

    page = client.get(draft.get_absolute_url()).content.decode()

    address = f"/exams/drafts/{draft.pk}/preview/"
    assert (f'src="{address}"' in page) == is_framed
    assert client.get(address).headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_case_that_is_not_whole_is_not_framed(client, author):
    draft = make_draft(author, kind="case", options=["? single 下一步？"])

    page = client.get(draft.get_absolute_url()).content.decode()

    assert "<iframe" not in page
    assert "? single 下一步？" in page
