"""The pages of the exchange: who may, where they lead, what they cost."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.domain.granting import sync_admin_access
from exams.domain.authoring import open_bank_to_trainers
from exams.domain.exchange.formats import FORMATS, read_file
from exams.domain.kinds.ledger_task import drawn
from exams.enums import Kind
from exams.models import Item, ItemDraft
from tests.factories.exams import content, make_version

from .samples import row, sample, sheet

pytestmark = pytest.mark.django_db

START = "/exams/exchange/"
TERMS = {
    "way": "versions",
    "subject": "policy",
    "difficulty": "3",
    "edition": "gx-2017",
    "attested": "assumed",
    "cites": "解读 一\r\n解读 二",
    "because": "见解读。",
    "prefix": "NN",
}


@pytest.fixture
def author(client, trainer):
    client.force_login(trainer)
    return client


def send(client, body, name="题库.xlsx", **changes):
    file = SimpleUploadedFile(name, body)
    return client.post(START, TERMS | changes | {"file": file})


def confirm(client, url):
    seen = client.get(url).context["preview"].mark
    return client.post(url, {"seen": seen}, follow=True)


def test_a_file_is_previewed_then_written(author):
    sent = send(author, sample("moodle.xml"), "moodle.xml")
    preview = author.get(sent.url)

    assert preview.status_code == 200
    assert preview.content.count(b"<tr>") == 8  # headings and seven questions
    assert not Item.objects.exists()

    done = confirm(author, sent.url)

    assert Item.objects.count() == 6
    assert "6" in str(next(iter(done.context["messages"])))
    again = author.get(sent.url)
    assert again.context["preview"].is_idle


def test_only_rows_of_one_fate_can_be_shown(author):
    sent = send(author, sample("moodle.xml"), "moodle.xml")

    pages = [author.get(f"{sent.url}?fate={fate}") for fate in ("refused", "new")]

    assert [len(page.context["page"].object_list) for page in pages] == [1, 6]


def test_the_preview_shows_markup_as_text(author):
    sent = send(author, sheet(row(题干="<script>alert(1)</script>？")))

    page = author.get(sent.url).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same_whatever_its_length(
    author, count, django_assert_num_queries
):
    rows = [row(编号=f"XL-{n}", 题干=f"第{n}题？") for n in range(count)]
    sent = send(author, sheet(*rows))
    author.get(sent.url)

    # user, grants, whether in an exam, versions, current ones
    with django_assert_num_queries(5):
        page = author.get(sent.url)

    assert page.content.count("第".encode()) >= count


def test_a_bad_file_is_told_at_its_field(author):
    sent = send(author, b"<quiz>", "moodle.xml")

    assert sent.status_code == 422
    assert "XML" in sent.context["form"].errors["file"][0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"prefix": "a b"}, "prefix"),
        ({"subject": ""}, "subject"),
        ({"edition": "gx-1999"}, "edition"),
        ({"difficulty": "9"}, "difficulty"),
    ],
)
def test_the_terms_are_checked(author, changes, field):
    sent = send(author, sheet(row()), **changes)

    assert sent.status_code == 422
    assert list(sent.context["form"].errors) == [field]


def test_the_terms_fill_what_the_file_leaves_open(author):
    sent = send(author, "核验要入户。{T}".encode(), "a.txt", difficulty="5")
    confirm(author, sent.url)

    version = Item.objects.get().current
    assert (version.difficulty, version.cites) == (5, ["解读 一", "解读 二"])
    assert version.because == "见解读。"
    assert version.item.code.startswith("NN-")


def test_a_changed_bank_leads_back_to_the_preview(author):
    sent = send(author, sheet(row()))
    author.get(sent.url)
    make_version(code="XL-1")

    answer = author.post(sent.url, {"seen": "stale"})

    assert answer.url == sent.url
    assert Item.objects.get().current.number == 1


def test_a_preview_that_is_gone_leads_to_the_start(author):
    for url in ("nothing/", "nothing/outcome/"):
        assert author.get(START + url).url == START


def test_the_annotated_workbook_is_named_after_the_file(author):
    sent = send(author, sheet(row()), "题库 一.xlsx")

    answer = author.get(f"{sent.url}outcome/")

    assert "%E9%A2%98%E5%BA%93%20%E4%B8%80-" in answer["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert len(book.get_sheet_by_index(0).to_python()) == 2


def test_the_template_is_a_workbook(author):
    answer = author.get(f"{START}template/")

    assert CalamineWorkbook.from_filelike(BytesIO(answer.content)).sheet_names


@pytest.mark.parametrize("format", FORMATS)
def test_the_bank_is_downloaded_in_any_format(author, format):
    make_version(code="Q-1")
    make_version(code="Q-2", subject="entry")

    answer = author.get(f"{START}export/", {"format": format, "subject": "policy"})

    _format, reading = read_file(answer.content)
    assert [draft.code for draft in reading.drafts] == ["Q-1"]
    assert answer["Content-Disposition"].startswith("attachment")


def test_losses_are_shown_before_the_download(author):
    make_version(code="Q-1", stem="一\r二")
    wanted = {"format": "moodle-xml"}

    warned = author.get(f"{START}export/", wanted)
    given = author.get(f"{START}export/", wanted | {"anyway": "on"})

    assert "Q-1" in warned.content.decode()
    assert warned["Content-Type"].startswith("text/html")
    assert given["Content-Type"] == "application/xml"


def test_an_empty_bank_or_an_unknown_format_leads_to_the_start(author):
    assert author.get(f"{START}export/", {"format": "excel"}).url == START
    assert author.get(f"{START}export/", {"format": "word"}).url == START


ADDRESSES = ["", "template/", "export/?format=excel", "x/", "x/outcome/"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_trainers_and_administrators_alone_may(
    client, path, informant, county_officer, region_officer, trainer, administrator
):
    make_version()
    for person in (informant, county_officer, region_officer):
        client.force_login(person)
        assert client.get(START + path).status_code == 403
    for person in (trainer, administrator):
        client.force_login(person)
        assert client.get(START + path).status_code in (200, 302)


@pytest.mark.parametrize("path", ADDRESSES)
def test_strangers_are_sent_to_sign_in(client, path):
    assert client.get(START + path).url.startswith(reverse("account_login"))


def test_anothers_upload_is_not_shown(client, author, administrator):
    sent = send(author, sheet(row()))
    client.force_login(administrator)

    assert client.get(sent.url).url == START
    assert client.post(sent.url, {"seen": "x"}).url == START
    assert not Item.objects.exists()


def test_the_exchange_is_found_in_the_authors_menu(author, trainer):
    open_bank_to_trainers()
    sync_admin_access(trainer, on=timezone.localdate())

    page = author.get("/admin/").content.decode()

    assert START in page


def test_the_page_says_which_kinds_each_format_carries(author):
    page = author.get(START).content.decode()

    assert page.count("可带题型：") == len(FORMATS)
    assert "不能带：排序题 · 案例题 · 台账操作题。" in page
    assert page.count("不能带：台账操作题。") == 4


def test_a_bank_of_which_a_format_carries_nothing_is_told(author):
    make_version("ledger", code="Q-1", **drawn(2_000_000))

    for format in set(FORMATS) - {"excel"}:
        page = author.get(f"{START}export/", {"format": format})
        assert [loss.code for loss in page.context["losses"]] == ["Q-1"]


def test_a_question_of_every_kind_comes_in_through_the_page(author):
    bank = {f"Q-{kind}": content(kind) for kind in Kind.values if kind != "ledger"}
    bank["Q-ledger"] = content("ledger", **drawn(2_000_000))

    confirm(author, send(author, FORMATS["excel"].write(bank)).url)

    hashes = dict(Item.objects.values_list("code", "current__content_hash"))
    assert hashes == {code: each.hash for code, each in bank.items()}


@pytest.mark.parametrize("chosen", [{"way": "drafts"}, {"way": ""}])
def test_a_file_is_handed_in_for_review_unless_its_sender_says_otherwise(
    author, trainer, chosen
):
    sent = send(author, sheet(row(), row(编号="XL-3", 正确答案="Z")), **chosen)
    page = author.get(sent.url)

    fates = [str(each.fate) for each in page.context["preview"].verdicts]
    assert fates == ["draft", "refused"]
    done = confirm(author, sent.url)

    draft = ItemDraft.objects.get()
    assert (draft.code, draft.author, draft.is_in_review) == ("XL-1", trainer, True)
    assert not Item.objects.exists()
    assert "1" in str(next(iter(done.context["messages"])))
    assert author.get(sent.url).context["preview"].is_idle


def test_drafts_are_what_is_offered_first(author):
    page = author.get(START)

    assert page.context["form"]["way"].initial == "drafts"


def test_the_annotated_workbook_says_draft(author):
    sent = send(author, sheet(row()), way="drafts")

    body = author.get(f"{sent.url}outcome/").content

    rows = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0)
    assert rows.to_python()[1][0] == "草稿"
