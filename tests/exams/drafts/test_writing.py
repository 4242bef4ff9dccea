"""Drafts of questions in the admin: written, handed in, reviewed, previewed."""

import pytest

from exams.domain.contents import content_of
from exams.domain.drafting import as_typed, content_typed, is_overtaken
from exams.domain.keying import revise_key
from exams.domain.kinds.ledger_task import LEAST_SEED
from exams.enums import DraftState
from exams.models import Item, ItemDraft
from tests.factories.exams import (
    NOON,
    make_draft,
    make_version,
)

from .forms import CHOSEN, form, hidden, rows_in

pytestmark = pytest.mark.django_db
DRAFTS = "/admin/drafts/"
HAND_IN = {"action-hand-in": "1"}
ACTS = ("hand-in", "take-back", "catch-up", "redraw", "discard", "approve", "return")


def test_a_trainer_writes_a_draft_and_no_version(client, author):
    response = client.post(f"{DRAFTS}add/", form())

    draft = ItemDraft.objects.get()
    assert response.url == f"{DRAFTS}inspect/{draft.pk}/"
    assert (draft.code, draft.author, draft.state) == ("NEW-1", author, "written")
    said = content_typed(draft.said)
    assert (said.options, said.answer) == (["甲", "乙", "丙"], [0, 2])
    assert said.cites == ["解读 一", "解读 二"]
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"kind": "single", "right": "1"}, [1]),
        ({"kind": "judge", "option": ["对", "错"], "right": "1"}, [1]),
        ({"kind": "numeric", "text": "13.5", "tolerance": "0", "unit": "亩"}, "13.5"),
        ({"kind": "blank", "text": "三\r\n叁个"}, ["三", "叁个"]),
        ({"kind": "ordering", "text": "甲\r\n乙\r\n丙"}, [0, 1, 2]),
        (
            {
                "kind": "matching",
                "left": ["甲", "乙", "", ""],
                "option": ["丙", "丁", "戊", ""],
            },
            [0, 1],
        ),
        (
            {
                "kind": "case",
                "part": ["0", "1", "2"],
                "part-0-shown": "judge",
                "part-0-kind": "judge",
                "part-0-stem": "对吗？",
                "part-0-right": "0",
                "part-0-option": ["对", "错"],
                "part-1-shown": "numeric",
                "part-1-kind": "numeric",
                "part-1-stem": "几天？",
                "part-1-text": "7",
                "part-1-tolerance": "0",
                "part-1-unit": "天",
                "part-2-shown": "",
                "part-2-kind": "",
                "part-2-stem": "",
            },
            [[0], "7"],
        ),
        ({"kind": "short", "text": "先告知。"}, "先告知。"),
    ],
)
def test_every_kind_is_written_and_handed_in(client, author, changes, key):
    client.post(f"{DRAFTS}add/", form(**CHOSEN | changes, **HAND_IN))

    draft = ItemDraft.objects.get()
    assert draft.is_in_review
    assert content_typed(draft.said).answer == key


def test_a_ledger_task_is_written_by_its_seed(client, author):
    changes = {"kind": "ledger", "text": str(LEAST_SEED)}
    client.post(f"{DRAFTS}add/", form(**changes, **HAND_IN))

    assert ItemDraft.objects.get().is_in_review


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"right": ["0", "3"]}, "有空白选项"),
        ({"right": []}, "要有正确选项"),
        ({"kind": "single"}, "只能有一个正确选项"),
        ({"kind": "numeric", "text": "十三"}, "答案和误差都应是数字"),
        ({"kind": "judge", "right": []}, "要有正确选项"),
        ({"option": ["甲", "甲"], "right": "0"}, "至少要有两个选项，而且各不相同"),
        ({"option": [*map(str, range(27))]}, "选项超过26个"),
        (
            {
                "kind": "matching",
                "left": [f"左{n}" for n in range(27)],
                "option": [f"右{n}" for n in range(27)],
            },
            "选项超过26个",
        ),
        ({"difficulty": ""}, "难度"),
        ({"cites": ""}, "出处"),
        ({"stem": ""}, "解析"),
        ({"kind": "blank", "text": ""}, "要有可接受的答案"),
        ({"kind": "ordering", "text": "甲\n乙"}, "至少要有三个步骤"),
        (
            {"kind": "matching", "left": ["甲", "乙"], "option": ["", "丁"]},
            "每个左边都要有对应的右边",
        ),
        ({"kind": "case"}, "案例题要有二至八道小题"),
        ({"kind": "ledger", "text": "7"}, "模拟"),
        ({"kind": "ledger", "text": "9" * 5000}, "模拟"),
    ],
)
def test_what_is_incomplete_is_kept_but_not_handed_in(client, author, changes, message):
    asked = form(**changes, **HAND_IN)

    page = client.post(f"{DRAFTS}add/", asked, follow=True).content.decode()

    assert "草稿已保存，但没有提交" in page
    assert message in page
    assert ItemDraft.objects.get().state == DraftState.WRITTEN


@pytest.mark.parametrize(
    "changes",
    [
        {"difficulty": "6"},
        {"code": ""},
        {"code": "NEW 1/2"},
        {"stem": "长" * 20_001},
        {"kind": "numeric", "text": "7", "tolerance": "宽"},
        {"kind": "matching", "left": "甲=乙", "option": "丙"},
    ],
)
def test_what_no_field_can_hold_is_refused_at_the_form(client, author, changes):
    response = client.post(f"{DRAFTS}add/", form(**changes))

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not ItemDraft.objects.exists()


def test_a_new_version_begins_with_what_the_question_says(client, author):
    item = make_version("multiple", code="NEW-1").item
    page = client.get(f"/admin/questions/edit/{item.pk}/", follow=True)

    asked = form(code="OTHER", stem="改过的题？", seen_base=item.current_id)
    client.post(f"{DRAFTS}add/?item={item.pk}", asked)

    assert rows_in(page.content.decode()) == [
        ("甲", True),
        ("乙", False),
        ("丙", True),
        ("丁", False),
        ("", False),
        ("", False),
    ]
    draft = ItemDraft.objects.get()
    assert (draft.code, draft.base, draft.stem) == ("NEW-1", item.current, "改过的题？")
    item.refresh_from_db()
    assert item.current.number == 1


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 18, "²", "-1", "A"])
def test_a_question_that_is_none_is_not_found(client, author, number):
    assert client.get(f"{DRAFTS}add/?item={number}").status_code == 404


def test_lines_as_browsers_send_them_change_nothing(client, author):
    words = {"stem": "哪些对？\n选两项。", "because": "写着的。\n两处。"}
    item = make_version("multiple", code="NEW-1", **words).item
    given = as_typed(content_of(item.current))
    lines = {"cites": "\r\n".join(given["cites"]), "tags": ""}
    lines |= {"option": given["options"], "right": ["0", "2"]}
    sent = {name: text.replace("\n", "\r\n") for name, text in words.items()}
    seen = {"code": "NEW-1", "seen_base": item.current_id}

    asked = given | seen | lines | sent | HAND_IN
    page = client.post(f"{DRAFTS}add/?item={item.pk}", asked, follow=True)

    draft = ItemDraft.objects.get()
    assert (draft.said["stem"], draft.said["because"]) == tuple(words.values())
    assert "没有改动" in page.content.decode()


def test_a_new_version_begins_with_the_key_in_force(client, author, administrator):
    version = make_version(code="NEW-1")
    revise_key(version, answer=[2], reason="原答案有误。", by=administrator, at=NOON)

    page = client.get(f"{DRAFTS}add/?item={version.item_id}").content.decode()

    assert [tick for _text, tick in rows_in(page)][:4] == [False, False, True, False]


def seen_in(page):
    return {name: hidden(page, name) for name in ("seen_base", "seen_key")}


def test_a_draft_stands_beside_what_its_author_read(client, author, administrator):
    version = make_version(code="NEW-1")
    revise_key(version, answer=[2], reason="原答案有误。", by=administrator, at=NOON)
    add = f"{DRAFTS}add/?item={version.item_id}"
    seen = seen_in(client.get(add).content.decode())

    client.post(add, form(**seen))

    draft = ItemDraft.objects.get()
    assert (draft.base, draft.base_key) == (version, version.key_revisions.get())
    assert not is_overtaken(draft)


def test_a_draft_of_words_that_have_changed_meanwhile_is_overtaken(client, author):
    version = make_version(code="NEW-1")
    add = f"{DRAFTS}add/?item={version.item_id}"
    seen = seen_in(client.get(add).content.decode())
    make_version(code="NEW-1", stem="别人改过？")

    page = client.post(add, form(**seen, **HAND_IN), follow=True).content.decode()

    draft = ItemDraft.objects.get()
    assert (draft.base, draft.state) == (version, DraftState.WRITTEN)
    assert is_overtaken(draft)
    assert "草稿已保存，但没有提交" in page


@pytest.mark.parametrize(
    "seen", [{}, {"seen_base": "999999"}, {"seen_base": "9" * 5000}]
)
def test_a_draft_that_names_no_version_takes_nothing_for_granted(client, author, seen):
    item = make_version(code="NEW-1").item

    client.post(f"{DRAFTS}add/?item={item.pk}", form(**seen))

    assert all(map(is_overtaken, ItemDraft.objects.all()))


def test_the_code_of_a_question_in_the_bank_is_refused(client, author):
    make_version(code="NEW-1")

    response = client.post(f"{DRAFTS}add/", form())

    assert "题库里已有试题NEW-1" in response.content.decode()
    assert not ItemDraft.objects.exists()


def test_a_second_draft_is_refused_with_the_authors_name(client, author, colleague):
    item = make_version(code="NEW-1").item
    make_draft(colleague, item=item)

    response = client.post(f"{DRAFTS}add/?item={item.pk}", form())
    shown = client.get(f"/admin/questions/edit/{item.pk}/", follow=True)

    assert str(colleague) in response.content.decode()
    assert ItemDraft.objects.count() == 1
    assert shown.redirect_chain[-1][0] == ItemDraft.objects.get().get_absolute_url()


def test_the_author_writes_on(client, author):
    draft = make_draft(author)
    edit = f"{DRAFTS}edit/{draft.pk}/"
    assert "改过的题？" in client.get(edit).content.decode()

    client.post(edit, form(stem="再改的题？", seen="1"))
    stale = client.post(edit, form(stem="旧窗口？", seen="1")).content.decode()

    draft.refresh_from_db()
    assert (draft.stem, draft.number) == ("再改的题？", 2)
    assert "草稿在您打开之后又有改动" in stale
    assert "旧窗口？" in stale  # what was typed is not lost
    assert "<dd>再改的题？</dd>" in stale
    assert hidden(stale, "seen") == "2"
    client.post(edit, form(stem="旧窗口？", seen="2"))
    draft.refresh_from_db()
    assert (draft.stem, draft.number) == ("旧窗口？", 3)


def test_what_is_in_review_is_not_written_to(client, author):
    draft = make_draft(author, handed_in=True)
    edit = f"{DRAFTS}edit/{draft.pk}/"

    assert client.get(edit).url == draft.get_absolute_url()
    page = client.post(edit, form(stem="偷改？", seen="1")).content.decode()

    assert "审核中" in page
    draft.refresh_from_db()
    assert draft.stem == "改过的题？"


def test_a_colleague_does_not_write_in_it(client, author, colleague):
    draft = make_draft(colleague)
    edit = f"{DRAFTS}edit/{draft.pk}/"

    assert client.get(edit).url == draft.get_absolute_url()
    client.post(edit, form(stem="别人改？", seen="1"))

    draft.refresh_from_db()
    assert draft.stem == "改过的题？"


def test_what_could_be_written_better_is_said_when_it_is_kept(client, author):
    asked = form(option=["甲", "乙", "以上都对"], right=["0", "1"])

    page = client.post(f"{DRAFTS}add/", asked, follow=True).content.decode()

    assert "以上都对”）。知道其中两项就能猜中" in page


def test_saving_leads_to_the_preview(client, author):
    asked = form(**{"action-preview": "1"})

    response = client.post(f"{DRAFTS}add/", asked)

    draft = ItemDraft.objects.get()
    assert response.url == f"/exams/drafts/{draft.pk}/preview/"


def test_a_draft_is_never_deleted(client, author, administrator):
    draft = make_draft(author)
    client.force_login(administrator)

    client.post(f"{DRAFTS}delete/{draft.pk}/")

    assert ItemDraft.objects.exists()
