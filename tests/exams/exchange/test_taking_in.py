"""A file taken in is written whole or not at all, and once."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from core.models import LogEntry
from core.workbooks.refusals import PreviewGone
from exams.domain.contents import content_of
from exams.domain.exchange.drafts import Terms
from exams.domain.exchange.fates import Fate
from exams.domain.exchange.formats import FORMATS
from exams.domain.exchange.giving_out import annotate, bank_contents, write_out
from exams.domain.exchange.refusals import BankChanged, NothingToWrite
from exams.domain.exchange.taking_in import Upload, held, hold, preview_file, take_in
from exams.models import Item, ItemVersion
from tests.factories.exams import make_release, make_version

from .samples import HEADINGS, row, sample, sheet

pytestmark = pytest.mark.django_db

TERMS = Terms(
    prefix="NN",
    subject="policy",
    edition="gx-2017",
    cites=("解读 一",),
    because="见解读。",
)


def upload(body, name="题库.xlsx", terms=TERMS):
    return Upload(name, body, terms)


def take(each, by):
    return take_in(each, seen=preview_file(each).mark, by=by)


def test_a_preview_writes_nothing(trainer):
    preview = preview_file(upload(sample("moodle.xml"), "moodle.xml"))

    assert preview.counts == {"new": 6, "revised": 0, "unchanged": 0, "refused": 1}
    assert not Item.objects.exists()
    assert not LogEntry.objects.filter(action__startswith="item").exists()


def test_what_is_confirmed_is_written_and_logged(trainer):
    take(upload(sample("moodle.xml"), "moodle.xml"), trainer)

    item = Item.objects.get(code="DY-01")
    assert Item.objects.count() == 6
    assert item.current.made_by == trainer
    assert content_of(item.current).answer == [1]
    entry = LogEntry.objects.get(action="questions.taken-in")
    assert (entry.by, entry.detail["new"], entry.detail["refused"]) == (trainer, 6, 1)


@pytest.mark.parametrize(
    "name",
    [
        *("moodle.xml", "moodle.gift.txt", "tao-2.1", "qti-3.0", "handmade.gift.txt"),
        *("moodle-4.xml", "moodle-4.gift.txt", "tao-2.2", "citolab-3.0", "ims-2.1"),
    ],
)
def test_the_same_file_again_changes_nothing(trainer, name):
    each = upload(sample(name), name)
    take(each, trainer)
    versions, entries = ItemVersion.objects.count(), LogEntry.objects.count()

    again = preview_file(each)
    with pytest.raises(NothingToWrite):
        take(each, trainer)

    assert versions > 0
    assert {verdict.fate for verdict in again.verdicts} <= {
        Fate.UNCHANGED,
        Fate.REFUSED,
    }
    assert (ItemVersion.objects.count(), LogEntry.objects.count()) == (
        versions,
        entries,
    )


def test_a_bank_changed_since_the_preview_is_not_written_over(trainer):
    each = upload(sheet(row(), row(编号="XL-2", 题干="另一题？")))
    seen = preview_file(each).mark
    make_version(code="XL-1")

    with pytest.raises(BankChanged):
        take_in(each, seen=seen, by=trainer)

    assert not Item.objects.filter(code="XL-2").exists()
    assert take(each, trainer).counts["revised"] == 1


def test_an_open_release_keeps_its_versions(trainer):
    make_version(code="XL-1")
    release = make_release()

    take(upload(sheet(row())), trainer)

    assert [version.number for version in release.versions.all()] == [1]
    assert Item.objects.get(code="XL-1").current.number == 2


def test_a_file_is_held_for_its_sender_alone(trainer, administrator):
    token = hold(upload(b"x"), by=trainer)

    assert held(token, by=trainer).body == b"x"
    with pytest.raises(PreviewGone):
        held(token, by=administrator)
    with pytest.raises(PreviewGone):
        held("other", by=trainer)


@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
def test_a_bank_goes_through_any_format_into_itself_unchanged(trainer, format):
    for kind in ("single", "multiple", "judge", "numeric"):
        make_version(kind, code=f"Q-{kind}", stem=f"{kind}？", tags=["住房"])

    body = write_out(bank_contents(), format).body

    preview = preview_file(upload(body))
    assert preview.counts == {"new": 0, "revised": 0, "unchanged": 4, "refused": 0}


def test_one_subject_can_be_given_out_alone():
    make_version(code="Q-1")
    make_version(code="Q-2", subject="entry")

    assert list(bank_contents("entry")) == ["Q-2"]


def cells(body):
    return (
        CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
    )


def test_the_workbook_comes_back_with_every_rows_fate(trainer):
    make_version(code="XL-1")
    body = sheet(
        row(), row(编号="XL-2", 题干="另一题？"), [], row(编号="XL-3", 正确答案="Z")
    )

    headings, *rows = cells(annotate(preview_file(upload(body))))

    assert headings == ["Outcome", "Reason and remarks", *HEADINGS]
    assert [(each[0], each[2]) for each in rows] == [
        ("new version", "XL-1"),
        ("new", "XL-2"),
        ("refused", "XL-3"),
    ]
    assert "the answer “Z” does not name its options by letter" in rows[2][1]
    assert rows[0][5] == "核验之后是哪一步？"


def test_the_annotated_workbook_can_be_mended_and_sent_again(trainer):
    body = annotate(preview_file(upload(sheet(row(), row(编号="XL-3", 正确答案="Z")))))
    headings, *rows = cells(body)
    rows[1][headings.index("正确答案")] = "B"

    preview = preview_file(upload(sheet(*rows, headings=headings)))

    assert preview.counts["new"] == 2


def test_other_files_come_back_as_a_list_of_their_questions(trainer):
    body = annotate(preview_file(upload(sample("moodle.xml"), "moodle.xml")))

    headings, first, *_rows, last = cells(body)

    assert headings[2:] == ["Place in the file", "Code", "Question"]
    assert first[:1] + first[2:] == ["new", "Question 1", "DY-01", "返贫由谁 提出？"]
    assert last[:2] == [
        "refused",
        "it shows a picture, sound or film, which the bank cannot hold",
    ]
