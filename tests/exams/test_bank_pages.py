import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.domain.granting import sync_admin_access
from exams.domain.authoring import open_bank_to_trainers
from exams.domain.releasing import keep_starter_release
from exams.models import Item, ItemVersion, Release
from tests.factories.exams import NOON, make_version

pytestmark = pytest.mark.django_db
BANK = "/admin/questions/"
RELEASES = "/exams/releases/"


@pytest.fixture
def author(trainer, client):
    open_bank_to_trainers()
    sync_admin_access(trainer, on=timezone.localdate())
    client.force_login(trainer)
    return trainer


def form(**changes):
    return {
        "code": "NEW-1",
        "subject": "policy",
        "kind": "multiple",
        "stem": "哪些对？",
        "options": "甲\n乙\n丙\n",
        "answer": "CA",
        "tolerance": "0",
        "because": "写着的。",
        "difficulty": "2",
        "cites": "解读 一\n解读 二",
        "attested": "source",
        "edition": "gx-2017",
    } | changes


def test_a_trainer_writes_a_question(client, author):
    response = client.post(f"{BANK}new/", form())

    assert response.status_code == 302
    version = ItemVersion.objects.get()
    assert (version.item.code, version.made_by) == ("NEW-1", author)
    assert (version.options, version.answer) == (["甲", "乙", "丙"], [0, 2])
    assert version.cites == ["解读 一", "解读 二"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"kind": "single", "answer": "b"}, [1]),
        ({"kind": "judge", "options": "", "answer": "错"}, [1]),
        ({"kind": "numeric", "options": "", "answer": "13.5", "unit": "亩"}, "13.5"),
        ({"kind": "blank", "options": "", "answer": "三\n叁个"}, ["三", "叁个"]),
        ({"kind": "ordering", "answer": ""}, [0, 1, 2]),
        (
            {"kind": "matching", "options": "甲 = 丙\n乙=丁\n= 戊", "answer": ""},
            [0, 1],
        ),
    ],
)
def test_every_kind_can_be_written(client, author, changes, key):
    client.post(f"{BANK}new/", form(**changes))

    assert ItemVersion.objects.get().answer == key


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"answer": "D"}, "答案所指的选项不存在"),
        ({"kind": "single"}, "只能有一个正确选项"),
        ({"kind": "numeric", "answer": "十三"}, "答案和误差都应是数字"),
        ({"kind": "judge", "answer": "也许"}, "要有正确选项"),
        ({"options": "甲\n甲"}, "至少要有两个选项，而且各不相同"),
        ({"difficulty": "6"}, ""),
        ({"cites": ""}, ""),
        ({"kind": "blank", "answer": ""}, "要有可接受的答案"),
        ({"kind": "ordering", "options": "甲\n乙"}, "至少要有三个步骤"),
        ({"kind": "matching", "options": "甲 =\n乙 = 丁"}, "每个左边都要有对应的右边"),
    ],
)
def test_a_faulty_question_is_refused_at_the_form(client, author, changes, message):
    response = client.post(f"{BANK}new/", form(**changes))

    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Item.objects.exists()


def test_editing_makes_a_new_version_and_keeps_the_code(client, author):
    first = make_version("multiple", code="NEW-1")
    page = client.get(f"{BANK}edit/{first.item_id}/").content.decode()

    client.post(f"{BANK}edit/{first.item_id}/", form(code="OTHER", stem="改过的题？"))

    assert "甲\n乙\n丙\n丁" in page
    assert ">\nAC</textarea>" in page
    item = Item.objects.get()
    assert (item.code, item.current.number) == ("NEW-1", 2)
    assert item.current.stem == "改过的题？"
    assert item.versions.get(number=1).stem == "哪一个对？"


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


def test_what_could_be_written_better_is_said_when_it_is_kept(client, author):
    said = form(options="甲\n乙\n以上都对\n", answer="AB")

    page = client.post(f"{BANK}new/", said, follow=True).content.decode()

    assert Item.objects.get().code == "NEW-1"
    assert "以上都对”）。知道其中两项就能猜中" in page


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


def test_an_author_signs_the_next_release(client, author):
    make_version(code="NEW-1")
    keep_starter_release("starter", at=NOON)
    client.post(f"{BANK}new/", form(code="NEW-2"))
    assert "有1道试题改动后尚未发布" in client.get(RELEASES).content.decode()

    client.post(RELEASES)

    release = Release.objects.get(number=2)
    assert (release.versions.count(), release.signed_by) == (2, author)
    assert "最近一次发布与题库一致" in client.get(RELEASES).content.decode()


def test_loading_files_releases_nothing_that_an_author_wrote(client, author):
    make_version(code="NEW-1")
    first = keep_starter_release("starter", at=NOON)
    client.post(f"{BANK}new/", form(code="NEW-2"))

    assert keep_starter_release("starter", at=NOON) == first
    assert Release.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_releases_cost_the_same_whatever_their_number(
    client, author, count, django_assert_num_queries
):
    for number in range(count):
        make_version(code=f"NEW-{number}")
        keep_starter_release("starter", at=NOON)

    # session, user, grants, current versions, their groundings, last release,
    # waiting, count, releases
    with django_assert_num_queries(9):
        response = client.get(RELEASES)

    assert len(response.context["page"]) == count
