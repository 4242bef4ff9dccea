"""Tags of the project's own questions, in the language of whoever reads them."""

import pytest
from django.utils.translation import override

from exams.models import ItemDraft
from exams.topics import Topic, tag_kept, tag_shown
from tests.factories.exams import make_draft, make_version

from .forms import form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_tag_has_one_name_and_is_found_again_by_it(language):
    with override(language):
        names = [tag_shown(topic.value) for topic in Topic]

        assert len(set(names)) == len(names)
        assert [tag_kept(name) for name in names] == Topic.values
        assert [tag_kept(value) for value in Topic.values] == Topic.values
        assert tag_shown(tag_kept("自拟的标签")) == "自拟的标签"


def test_a_draft_shows_tags_by_their_names(client, author, colleague):
    draft = make_draft(
        colleague, tags=["exit", "ledger-arithmetic", "自拟"], handed_in=True
    )

    for page in (draft.get_absolute_url(), "/exams/drafts/review/"):
        text = client.get(page).content.decode()
        assert "退出<br>台账计算<br>自拟" in text
        assert "ledger-arithmetic" not in text


def test_names_that_are_typed_are_kept_as_their_tags(client, author):
    typed = form(tags="退出\r\n自拟\r\nhousing\r\n住房")
    client.post("/admin/drafts/add/", typed)

    draft = ItemDraft.objects.get()
    assert draft.said["tags"] == ["exit", "自拟", "housing"]
    page = client.get(f"/admin/drafts/edit/{draft.pk}/").content.decode()
    assert "退出\n自拟\n住房</textarea>" in page


def test_the_bank_is_narrowed_by_names(client, author):
    make_version(tags=["exit"])

    page = client.get("/admin/questions/").content.decode()

    assert 'value="exit"' in page
    assert "退出" in page


def test_where_a_new_draft_stands_is_said_in_chinese(client, author):
    page = client.get("/admin/drafts/add/?kind=single").content.decode()

    assert "新建：试题草稿" in page
    assert "New:" not in page
