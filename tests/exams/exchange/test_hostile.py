"""Files that are broken, huge or meant to harm are told in one clear sentence."""

import contextlib
import struct
from io import BytesIO
from time import monotonic
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Refused
from exams.domain.exchange.drafts import MOST, Terms
from exams.domain.exchange.fates import Fate, weigh
from exams.domain.exchange.formats import MEGABYTES, read_file

from .samples import HEADINGS, drafts, row, sample, sheet, zipped

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><quiz><question type="truefalse">
<questiontext><text>&b;</text></questiontext></question></quiz>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<quiz><question type="truefalse"><questiontext><text>&x;</text></questiontext>
</question></quiz>"""


def refusal_of(body):
    with pytest.raises(Refused) as refusal:
        read_file(body)
    return refusal.value


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "it is empty"),
        (b" \n\t ", "it is empty"),
        (b"%PDF-1.7 ...", "neither a workbook, GIFT, Moodle XML nor QTI"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither a workbook, GIFT"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or a locked Office file"),
        ("下面对吗？{T}".encode("gb18030"), "not written in UTF-8 (GBK)"),
        (b"\xff\xfe\x00", "not written in UTF-8"),
        (
            '<?xml version="1.0" encoding="GB2312"?><quiz/>'.encode("gb2312"),
            "it is written in GB2312; save it as UTF-8",
        ),
        ("<quiz>对</quiz>".encode("gbk"), "not written in UTF-8 (GBK)"),
        (ENTITIES, "declares a document type or entities"),
        (OUTSIDE, "declares a document type or entities"),
        (b"<quiz><question></quiz>", "breaks off at line 1"),
        (b"<quiz>&nbsp;</quiz>", "breaks off at line 1"),
        (b"<quiz/>", "there is no question in it"),
        (b"<html><body/></html>", "neither Moodle's nor QTI's"),
        (b"<quiz>" + b"<a>" * 200 + b"</a>" * 200 + b"</quiz>", "nested too deeply"),
        (b"PK\x03\x04 and no more", "zip archive is damaged"),
        (zipped({"readme.txt": b"hello"}), "neither a workbook nor QTI items"),
        (zipped({"imsmanifest.xml": b"<manifest/>"}), "names no QTI items"),
        (zipped({"imsmanifest.xml": ENTITIES}), "declares a document type"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "not a sound Excel workbook"),
        (zipped({"xl/workbook.xml": ENTITIES}), "not a sound Excel workbook"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(body, reason):
    refusal = refusal_of(body)

    assert refusal.code == "file-unreadable"
    assert reason in str(refusal)


def test_the_sentence_is_chinese_for_chinese_readers():
    with override("zh-hans"):
        text = str(refusal_of(b"<quiz><question></quiz>"))

    assert text.startswith("文件无法导入：")
    assert not any("a" <= sign <= "z" for sign in text)


def test_a_file_beyond_the_size_is_refused():
    assert refusal_of(b"x" * (MEGABYTES * 1024 * 1024 + 1)).code == "file-too-big"


def test_more_questions_than_are_taken_at_once_are_refused():
    gift = "\n\n".join(["对吗？{T}"] * (MOST + 1))
    xml = "<quiz>" + '<question type="essay"/>' * (MOST + 1) + "</quiz>"

    assert refusal_of(gift.encode()).code == "too-many-questions"
    assert refusal_of(xml.encode()).code == "too-many-questions"
    assert refusal_of(sheet(*[row()] * (MOST + 30))).code == "too-many-questions"


def test_an_archive_that_swells_is_refused_before_it_is_unpacked():
    bomb = zipped({"imsmanifest.xml": b"<m/>", "a.xml": b"\0" * 70 * 1024 * 1024})

    assert len(bomb) < 100_000
    assert "too large" in str(refusal_of(bomb))


def test_an_archive_that_lies_about_its_sizes_is_refused():
    body = bytearray(zipped({"a.xml": b"<assessmentItem>" + b" " * 100_000}))
    at = body.find(b"PK\x01\x02")
    struct.pack_into("<I", body, at + 24, 10)

    (draft,) = drafts(bytes(body))

    assert draft.faults == ("the file a.xml in it is damaged",)


def test_an_archive_of_many_files_is_refused():
    many = zipped({f"{n}.txt": b"" for n in range(12_001)})

    assert "too many files" in str(refusal_of(many))


def test_a_locked_archive_is_refused():
    body = bytearray(zipped({"a.xml": b"<a/>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.find(mark)
        struct.pack_into("<H", body, at + offset, 1)

    assert "locked with a password" in str(refusal_of(bytes(body)))


def test_paths_that_climb_out_of_the_package_reach_nothing():
    manifest = b"""<manifest><resources><resource type="imsqti_item_xmlv2p1"
    href="../../../../etc/passwd"/></resources></manifest>"""

    (draft,) = drafts(zipped({"imsmanifest.xml": manifest}))

    assert draft.faults == ("the manifest names this file, but the package lacks it",)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b'<quiz><question type="matching">'
        + b"".join(
            b"<subquestion><text>l%d</text><answer><text>r%d</text></answer>"
            b"</subquestion>" % (number, number)
            for number in range(30_000)
        )
        + b"</question></quiz>",
        b'<quiz><question type="cloze"><questiontext format="html"><text>'
        + b"{1:SA:=a} " * 100_000
        + b"</text></questiontext></question></quiz>",
    ],
)
def test_a_question_of_endless_parts_is_refused_soon(body):
    began = monotonic()

    (draft,) = drafts(body)
    (verdict,) = weigh([draft], Terms(edition="gx-2017"))

    assert verdict.fate == Fate.REFUSED
    assert monotonic() - began < 10


def manifest_of(*paths):
    kind = 'type="imsqti_item_xmlv2p1"'
    named = "".join(f'<resource {kind} href="{path}"/>' for path in paths)
    return f"<manifest><resources>{named}</resources></manifest>".encode()


def test_a_file_that_a_manifest_names_often_is_one_question():
    item = sample("qti-2.2/true-false.xml")
    manifest = manifest_of(*["a.xml", "./a.xml", "b/../a.xml"] * 2_000)

    (draft,) = drafts(zipped({"imsmanifest.xml": manifest, "a.xml": item}))

    assert draft.fields["stem"] == "核验可以不入户。"


def test_a_manifest_of_too_many_items_is_refused():
    manifest = manifest_of(*(f"{number}.xml" for number in range(MOST + 1)))

    refusal = refusal_of(zipped({"imsmanifest.xml": manifest}))

    assert refusal.code == "too-many-questions"


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (b"<assessmentItem>" + b" " * 1024 * 1024 + b"</assessmentItem>", "1 MB"),
        (b"<assessmentItem>" + b"<a/>" * 20_000 + b"</assessmentItem>", "elements"),
    ],
)
def test_an_item_that_is_no_question_by_its_size_is_not_read(item, fault):
    manifest = manifest_of("a.xml", "b.xml")
    sound = sample("qti-2.2/true-false.xml")

    body = zipped({"imsmanifest.xml": manifest, "a.xml": item, "b.xml": sound})
    large, other = drafts(body)

    assert fault in large.faults[0]
    assert other.faults == ()


def test_xml_of_too_many_elements_is_refused():
    assert "too many elements" in str(refusal_of(b"<quiz>" + b"<a/>" * 500_000))


@pytest.mark.parametrize(
    "name", ["../../../tmp/evil.xml", "/etc/evil.xml", "C:\\\\e.xml"]
)
def test_names_that_climb_out_of_the_archive_are_only_names(name, tmp_path):
    item = sample("qti-2.2/true-false.xml")

    (draft,) = drafts(zipped({name: item}))

    assert draft.fields["stem"] == "核验可以不入户。"
    assert list(tmp_path.parent.parent.rglob("evil.xml")) == []


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
<assessmentItem><itemBody>&lol3;</itemBody></assessmentItem>"""


def test_an_item_that_would_swell_or_reach_outside_is_its_own_fault():
    good = sample("qti-2.2/true-false.xml")

    swells, reads, good = drafts(
        zipped({"a.xml": BOMB, "b.xml": OUTSIDE, "c.xml": good})
    )

    fault = "it declares a document type or entities, which are not read"
    assert (swells.faults, reads.faults, good.faults) == ((fault,), (fault,), ())


@pytest.mark.parametrize(
    "text",
    [
        "**a " * 1_000_000,
        "[html]" + "<p " * 1_000_000,
        "[html]" + "<!" * 2_000_000,
        "[markdown]" + "__a " * 1_000_000,
        "{1:SA:" * 700_000,
        "~=" * 2_000_000,
        "{=" + "a~" * 2_000_000 + "}",
        "{=" + "a->" * 1_300_000 + "}",
        "&amp;" * 900_000,
        "data:image/png;base64," * 200_000,
    ],
)
@pytest.mark.django_db
def test_one_line_of_millions_of_signs_is_told_within_seconds(text):
    began = monotonic()
    with contextlib.suppress(Refused):
        assert all(map(is_refused, drafts(text.encode())))
    cloze = f"""<quiz><question type="cloze"><questiontext format="html"><text><![CDATA[
    {text}]]></text></questiontext></question></quiz>"""
    with contextlib.suppress(Refused):
        assert all(map(is_refused, drafts(cloze.encode())))

    assert monotonic() - began < 15


def is_refused(draft):
    terms = Terms(subject="policy", edition="gx-2017", cites=("解读",), because="见。")
    (verdict,) = weigh([draft], terms)
    return verdict.fate == Fate.REFUSED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_xml_in_any_unicode_encoding_is_read(encoding):
    text = sample("moodle-4.xml").decode()
    text = text.replace(
        'encoding="UTF-8"', 'encoding="UTF-16"' * (encoding == "utf-16")
    )

    assert len(drafts(text.encode(encoding))) == 11


@pytest.mark.parametrize(
    "number", ["1e999999999", "9" * 100_000, "亿" * 100_000, "NaN"]
)
def test_numbers_beyond_reason_are_refused_at_once(number):
    (typed,) = drafts(f"几？{{#{number}}}".encode())
    (marked,) = drafts(
        f"""<quiz><question type="numerical"><answer fraction="100">
        <text>{number}</text></answer></question></quiz>""".encode()
    )

    assert typed.faults[0].endswith("is not a number")
    assert marked.faults[0].endswith("is not a number")


def test_text_is_never_a_formula_in_the_workbooks_we_write():
    body = sheet(row(题干='@SUM(1+1)|"x"', 解析="+1"))

    (draft,) = drafts(body)

    assert draft.fields["stem"] == '@SUM(1+1)|"x"'


SEEDS = [
    sample("moodle.gift.txt"),
    sample("moodle.xml"),
    sample("tao-2.1"),
    sample("qti-3.0/items/multiple.xml"),
    sheet(row(), row(编号="XL-2"), headings=HEADINGS),
]


@settings(CALM, max_examples=60)
@given(st.data())
def test_whatever_is_done_to_a_file_it_is_read_or_refused(data):
    """Cut it short, flip bytes, or both: never anything but a refusal."""
    body = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _time in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    body = bytes(body[: data.draw(st.integers(1, len(body)))])
    try:
        _format, reading = read_file(body)
    except Refused:
        return
    assert reading.drafts


@settings(CALM)
@given(st.text(max_size=300))
def test_any_text_at_all_is_read_or_refused(text):
    with contextlib.suppress(Refused):
        read_file(text.encode("utf-8", "replace"))


@settings(CALM)
@given(
    st.lists(
        st.sampled_from(
            [*'{}~=#:%\\[]\n"; 甲T', "::", "->", "//", "50", "..", "####", "[html]<b>"]
        )
    )
)
def test_any_heap_of_gifts_own_signs_is_read_or_refused(signs):
    with contextlib.suppress(Refused):
        read_file("".join(signs).encode())


def test_a_workbook_whose_sheet_is_damaged_is_refused():
    buffer = BytesIO()
    with (
        ZipFile(BytesIO(sheet(row()))) as whole,
        ZipFile(buffer, "w", ZIP_DEFLATED) as torn,
    ):
        for name in whole.namelist():
            body = whole.read(name)
            torn.writestr(name, body[:200] if "sheet1" in name else body)

    assert "not a sound Excel workbook" in str(refusal_of(buffer.getvalue()))
