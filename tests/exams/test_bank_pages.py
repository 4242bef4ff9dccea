import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.snippets.models import get_snippet_models

from accounts.domain.granting import sync_admin_access
from exams.domain.authoring import open_bank_to_trainers
from exams.domain.drafting import as_typed, begin_draft, hand_in_draft
from exams.domain.releasing import keep_starter_release
from exams.domain.reviewing import approve_draft
from exams.models import Item, ItemDraft, Release
from tests.factories.exams import NOON, content, make_draft, make_version

pytestmark = pytest.mark.django_db
BANK = "/admin/questions/"
RELEASES = "/exams/releases/"


@pytest.fixture
def author(trainer, client):
    open_bank_to_trainers()
    sync_admin_access(trainer, on=timezone.localdate())
    client.force_login(trainer)
    return trainer


def test_a_question_is_read_with_all_its_versions_and_releases(client, author):
    make_version(code="NEW-1")
    keep_starter_release("starter", at=NOON)
    second = make_version(code="NEW-1", stem="改过的题？")

    page = client.get(f"{BANK}inspect/{second.item_id}/").content.decode()

    assert "哪一个对？" in page
    assert "改过的题？" in page
    assert "题库第1版" in page
    assert "尚未发布" in page


def test_the_author_reads_advice_twins_and_use_beside_the_question(client, author):
    said = {"stem": "这户能退出吗？由谁审定，怎样公示？", "options": ["甲", "乙", "丙"]}
    version = make_version("single", code="NEW-1", **said)
    make_version("single", code="NEW-2", **said, because="另一种解释，写得更长一些。")

    page = client.get(f"{BANK}inspect/{version.item_id}/").content.decode()

    assert "一道题问了不止一件事" in page
    assert "NEW-2" in page
    assert "还没有用于已结束的场次" in page


def written_and_approved(code, author, administrator) -> Item:
    item = Item.objects.filter(code=code).first()
    said = as_typed(content(stem="改过的题？"))
    draft = begin_draft(said, code=code, item=item, by=author, at=NOON)
    hand_in_draft(draft, by=author, at=NOON)
    return approve_draft(draft, seen=1, by=administrator, at=NOON).version.item


def queries_of(client, item) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{BANK}inspect/{item.pk}/")
    return len(queries)


def test_reading_a_question_costs_the_same_however_many_versions(client, author):
    item = make_version(code="NEW-1").item
    queries_of(client, item)  # what is looked up once is known from here on
    once = queries_of(client, item)

    for number in range(3):
        make_version(code="NEW-1", stem=f"第{number}次改过的题？")

    assert queries_of(client, item) == once


def test_who_wrote_and_who_approved_a_version_stand_beside_it(
    client, author, administrator
):
    make_version(code="NEW-1")
    item = written_and_approved("NEW-1", author, administrator)

    page = client.get(f"{BANK}inspect/{item.pk}/").content.decode()

    assert f"由{administrator}批准" in page
    assert page.count("未在此审核") == 1


@pytest.mark.parametrize("address", ["add/", "edit/{pk}/"])
def test_writing_in_the_bank_goes_by_drafts(client, author, address):
    item = make_version(code="NEW-1").item
    address = BANK + address.format(pk=item.pk)

    assert client.get(address).url.startswith("/admin/drafts/add/")
    assert client.post(address, {"code": "OTHER"}).status_code == 405
    assert Item.objects.count() == 1


def test_the_bank_and_its_drafts_are_snippets():
    assert {Item, ItemDraft} <= set(get_snippet_models())


def test_a_question_is_never_deleted(client, author, administrator):
    version = make_version()
    client.force_login(administrator)

    response = client.post(f"{BANK}delete/{version.item_id}/")

    assert response.status_code in (302, 403)
    assert Item.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_bank_lists_and_finds_at_a_constant_cost(
    client, author, count, django_assert_max_num_queries
):
    for number in range(count):
        make_version(stem=f"找得到的题{number}？")
    make_version(stem="别的？")

    with django_assert_max_num_queries(24):
        page = client.get(BANK, {"q": "找得到"}).content.decode()

    assert page.count("找得到的题") == count
    assert "别的？" not in page


@pytest.mark.parametrize("who", ["informant", "county_officer"])
def test_the_bank_is_closed_to_others(request, client, author, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(BANK).status_code == 302
    assert client.get(RELEASES).status_code == 403
    assert client.post(RELEASES).status_code == 403
    assert not Release.objects.exists()


def test_an_author_signs_the_next_release(client, author, administrator):
    make_version(code="NEW-1")
    keep_starter_release("starter", at=NOON)
    written_and_approved("NEW-2", author, administrator)
    assert "有1道试题改动后尚未发布" in client.get(RELEASES).content.decode()

    form = client.get(RELEASES).context["form"]
    client.post(RELEASES, form.initial)

    release = Release.objects.get(number=2)
    assert (release.versions.count(), release.signed_by) == (2, author)
    assert "最近一次发布与题库一致" in client.get(RELEASES).content.decode()


def test_loading_files_releases_nothing_that_an_author_wrote(author, administrator):
    make_version(code="NEW-1")
    first = keep_starter_release("starter", at=NOON)
    written_and_approved("NEW-2", author, administrator)

    assert keep_starter_release("starter", at=NOON) == first
    assert Release.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_releases_cost_the_same_whatever_their_number(
    client, author, count, django_assert_num_queries
):
    for number in range(count):
        make_version(code=f"NEW-{number}")
        keep_starter_release("starter", at=NOON)

    # user, grants, current versions, their groundings, what is kept apart, last
    # release, count, releases
    with django_assert_num_queries(8):
        response = client.get(RELEASES)

    assert len(response.context["page"]) == count


@pytest.mark.parametrize("model", ["item", "itemdraft"])
@pytest.mark.parametrize(
    "address",
    [
        "/admin/bulk/exams/{model}/delete/?id={pk}",
        "/admin/snippets/choose/exams/{model}/create/",
    ],
)
def test_what_snippets_offer_beside_these_pages_changes_nothing(
    client, author, administrator, model, address
):
    item = make_version(code="NEW-1").item
    draft = make_draft(author, item=item)
    sync_admin_access(administrator, on=timezone.localdate())
    pk = (item if model == "item" else draft).pk

    for person in (author, administrator):
        client.force_login(person)
        client.post(address.format(model=model, pk=pk), {"code": "SLIPPED-IN"})

    assert list(Item.objects.all()) == [item]
    assert list(ItemDraft.objects.all()) == [draft]
