"""The form of a draft shows the fields of its kind, and more when asked."""

import pytest

from exams.enums import Kind
from exams.models import ItemDraft
from tests.factories.exams import make_draft

from .forms import form, hidden, rows_in

pytestmark = pytest.mark.django_db
DRAFTS = "/admin/drafts/"


def test_first_the_kind_is_chosen(client, author):
    page = client.get(f"{DRAFTS}add/").content.decode()

    for kind in Kind:
        assert f'href="?kind={kind.value}"' in page
        assert str(kind.label) in page
    assert "<textarea" not in page


@pytest.mark.parametrize("kind", Kind)
def test_the_form_shows_the_fields_of_its_kind(client, author, kind):
    page = client.get(f"{DRAFTS}add/?kind={kind.value}").content.decode()

    assert f"答案：{kind.label}" in page
    assert hidden(page, "shown") == kind.value


def test_another_kind_shows_its_fields_and_keeps_what_is_typed(client, author):
    asked = form(kind="blank", shown="multiple", option=["甲", "乙"], stem="填什么？")

    page = client.post(f"{DRAFTS}add/", asked).content.decode()

    assert "尚未保存：下面是您所选题型的填写栏" in page
    assert "填什么？" in page
    assert 'name="text"' in page
    assert 'name="option"' not in page
    assert not ItemDraft.objects.exists()


def test_more_rows_are_shown_on_request_and_nothing_is_saved(client, author):
    draft = make_draft(author, kind="multiple")
    asked = form(option=[*"甲乙丙丁"], seen="1", **{"action-fields": "1"})

    page = client.post(f"{DRAFTS}edit/{draft.pk}/", asked).content.decode()

    assert rows_in(page) == [
        ("甲", True),
        ("乙", False),
        ("丙", True),
        ("丁", False),
        ("", False),
        ("", False),
    ]
    assert hidden(page, "seen") == "1"
    assert "尚未保存" not in page
    draft.refresh_from_db()
    assert draft.number == 1


def test_what_no_draft_can_hold_stays_in_its_field(client, author):
    changes = {"kind": "matching", "left": "甲=乙", "option": "丙"}

    page = client.post(f"{DRAFTS}add/", form(**changes)).content.decode()

    assert "左边的“甲=乙”中有等号" in page
    assert 'value="甲=乙"' in page


def test_the_form_says_what_the_key_lacks(client, author):
    draft = make_draft(author, kind="multiple", answer="")

    page = client.get(f"{DRAFTS}edit/{draft.pk}/").content.decode()

    assert "要有正确选项" in page
