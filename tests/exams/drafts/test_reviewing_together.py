"""Several drafts approved in one act, each after it was read."""

import re

import pytest

from core.models import LogEntry
from exams.domain.batches import batches_for
from exams.domain.drafting import as_typed, hand_in_many
from exams.enums import DraftState
from exams.models import Item, ItemDraft, ItemVersion
from tests.factories.exams import NOON, content, make_draft, make_version

pytestmark = pytest.mark.django_db
PAGE = "/exams/drafts/review/"


@pytest.fixture
def handed_in(colleague):
    """Three drafts that came in by one file."""
    saids = {
        f"IMP-{number}": as_typed(content(stem=f"第{number}题问什么？"))
        for number in range(1, 4)
    }
    return hand_in_many(saids, by=colleague, at=NOON)


def states():
    return dict(ItemDraft.objects.order_by("code").values_list("code", "state"))


def ticked(*drafts, **changes):
    sent = {"approve": [str(each.pk) for each in drafts]}
    return sent | {f"seen-{each.pk}": str(each.number) for each in drafts} | changes


def test_those_ticked_are_approved_and_the_others_wait(
    client, author, colleague, handed_in
):
    answer = client.post(PAGE, ticked(*handed_in[:2]), follow=True)

    assert "已批准：IMP-1, IMP-2" in answer.content.decode()
    assert states() == {
        "IMP-1": DraftState.APPROVED,
        "IMP-2": DraftState.APPROVED,
        "IMP-3": DraftState.IN_REVIEW,
    }
    made = ItemVersion.objects.order_by("pk")
    assert [(str(v), v.made_by) for v in made] == [
        ("IMP-1 v1", colleague),
        ("IMP-2 v1", colleague),
    ]
    assert LogEntry.objects.filter(action="draft.approved", by=author).count() == 2


def test_what_is_refused_is_named_and_nothing_of_it_changes(
    client, author, colleague, handed_in
):
    overtaken, moved, fine = handed_in
    make_version(code="IMP-1", stem="别人先写的题？")
    own = make_draft(author, code="OWN-1", handed_in=True)
    before = ItemDraft.objects.filter(pk__in=[overtaken.pk, moved.pk, own.pk]).values()
    kept = list(before)
    sent = ticked(overtaken, moved, fine, own) | {f"seen-{moved.pk}": "7"}

    text = client.post(PAGE, sent, follow=True).content.decode()

    for code in ("IMP-1", "IMP-2", "OWN-1"):
        assert f"{code}未获批准，保持原样" in text
    assert "已批准：IMP-3。" in text
    assert list(before.all()) == kept
    assert states()["IMP-3"] == DraftState.APPROVED
    assert Item.objects.get(code="IMP-1").versions.count() == 1
    assert not Item.objects.filter(code__in=["IMP-2", "OWN-1"]).exists()
    assert LogEntry.objects.filter(action="draft.approved").count() == 1


def test_approved_twice_they_are_named_the_second_time(client, author, handed_in):
    client.post(PAGE, ticked(*handed_in))
    text = client.post(PAGE, ticked(*handed_in), follow=True).content.decode()

    assert "IMP-1未获批准" in text
    assert ItemVersion.objects.count() == 3


@pytest.mark.parametrize("sent", [{}, {"approve": ["x", "", "1e9"]}])
def test_nothing_ticked_approves_nothing(client, author, handed_in, sent):
    text = client.post(PAGE, sent, follow=True).content.decode()

    assert "请勾选您已读过并同意批准的草稿" in text
    assert not ItemVersion.objects.exists()


def test_the_page_lists_what_each_would_say(client, author, colleague, handed_in):
    item = make_version(code="OLD-1").item
    make_draft(colleague, item=item, stem="哪一个不对？", handed_in=True)
    make_draft(author, code="OWN-1", handed_in=True)

    text = client.get(PAGE).content.decode()

    for number in range(1, 4):
        assert f"第{number}题问什么？" in text
    assert "哪一个<ins>不</ins>对？" in text
    assert "OWN-1" not in text


def test_drafts_of_one_file_are_known_again(
    client, author, administrator, colleague, handed_in
):
    make_draft(administrator, code="ALONE", handed_in=True)

    (batch,) = batches_for(author)
    assert (batch.author, batch.at, batch.count) == (colleague, NOON, 3)
    assert batches_for(colleague) == []
    page = client.get(PAGE).content.decode()
    assert re.search(r"，2026年3月2日 \d\d:00（3份）", page)
    address = {"author": colleague.pk, "at": NOON.isoformat()}
    assert len(client.get(PAGE, address).context["drafts"]) == 3
    assert len(client.get(PAGE).context["drafts"]) == 4
    for odd in ("2026-03-02", "nonsense", ""):
        assert client.get(PAGE, address | {"at": odd}).status_code == 200


def test_a_ledger_task_is_read_as_its_candidate_meets_it(client, author, colleague):
    said = as_typed(content("short")) | {"kind": "ledger", "options": ["1234567"]}
    (draft,) = hand_in_many({"LED-1": said | {"answer": ""}}, by=colleague, at=NOON)

    text = client.get(PAGE).content.decode()

    assert text.count("case__card") == 1
    assert f'name="shown-{draft.pk}-8"' in text
    assert text.index("<fieldset") < text.index('class="facts"')


def test_cases_are_read_as_their_candidates_meet_them(client, author, colleague):
    cases = [
        make_draft(colleague, code=f"CASE-{number}", kind="case", handed_in=True)
        for number in range(2)
    ]

    page = client.get(PAGE)

    text = page.content.decode()
    for draft in cases:
        assert f'name="shown-{draft.pk}-1"' in text
        assert f'name="shown-{draft.pk}-3"' in text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    # Its notation is there for whoever wants it, and the key as this paper has it.
    assert text.count('<details class="writing__kept">') == 2
    assert text.index("<fieldset") < text.index("? ")
    first = page.context["drafts"][0][0]
    assert first.asked.right in text.replace("<br>", "\n")


def test_what_is_shown_of_a_case_is_not_sent_with_the_ticks(client, author, colleague):
    make_draft(colleague, kind="case", handed_in=True)

    text = client.get(PAGE).content.decode()

    shown = text[text.index("<fieldset") : text.rindex("</fieldset>")]
    assert shown.startswith('<fieldset class="choices choices--boxed" disabled>')
    assert text.count('name="shown-') == shown.count('name="shown-') > 0


def test_near_duplicates_of_each_are_named(client, author, colleague):
    stem = "2017年认定的贫困户脱贫要达到哪些条件，由谁来认定，认定结果要公示几天？"
    twin = make_version(code="OLD-1", stem=stem)
    make_draft(colleague, code="NEW-1", stem=f"{stem}！", handed_in=True)
    make_draft(colleague, code="NEW-2", handed_in=True)
    make_draft(colleague, item=twin.item, stem=f"{stem}。", handed_in=True)

    page = client.get(PAGE)

    assert {each.draft.code: each.twins for each, _d in page.context["drafts"]} == {
        "NEW-1": ["OLD-1"],
        "NEW-2": [],
        "OLD-1": [],
    }
    assert page.content.decode().count("与OLD-1几乎相同。") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_its_length(
    client, author, colleague, count, django_assert_num_queries
):
    for number in range(count):
        item = make_version(code=f"OLD-{number}", stem=f"第{number}题？").item
        make_draft(colleague, item=item, stem=f"改过的第{number}题？", handed_in=True)

    # user, grants, own running attempts, count, drafts, the bank, batches and their
    # authors
    with django_assert_num_queries(7 + (count > 1)):
        response = client.get(PAGE)

    assert len(response.context["drafts"]) == count


def test_the_list_of_drafts_leads_there(client, author):
    assert PAGE in client.get("/admin/drafts/").content.decode()
