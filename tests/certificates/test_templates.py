"""What a template may say, which one a certificate gets, and that it keeps it."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

import measures
from certificates.domain.composing import design_of, designed
from certificates.domain.designing import (
    check_words,
    longest_edition,
    version_in_force,
    version_of,
)
from certificates.domain.fitting import size_of
from certificates.domain.issuing import issue_certificate
from certificates.domain.printing import (
    pdf_of,
    pdf_of_sheets,
    print_certificate,
    shown_words,
)
from certificates.domain.reissuing import reissue_certificate
from certificates.domain.uploading import checked_picture, keep_picture
from certificates.domain.wording import FIELDS, edition_name, read_wording
from certificates.enums import Reissue
from certificates.errors import (
    FieldUnclosed,
    FieldUnknown,
    PictureLost,
    WordsTooLong,
    WordsUnprintable,
)
from certificates.models import Certificate, TemplateVersion, private_files
from core.models import LogEntry
from divisions.enums import Level
from tests.factories.certificates import (
    CertificateFactory,
    MarkedAttemptFactory,
    TemplateFactory,
    prepared,
)
from tests.factories.pictures import SEAL, dots

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
NOW = timezone.make_aware(timezone.datetime(2026, 3, 2, 12))


def said(body, **facts):
    """The paragraphs as plain words, for a certificate with ``facts``."""
    certificate = CertificateFactory.build(
        attempt=None, holder=None, division=None, **facts
    )
    return [
        "".join(each.words for each in paragraph)
        for paragraph in read_wording(body).said(certificate, "村级", "2017年版")
    ]


def plain(**facts):
    defaults = {
        "holder_name": "黄小兰",
        "division_code": "451026",
        "post_place": "那坡县",
        "exam_name": "第一期考试",
    }
    return defaults | facts


def checked(**changes):
    words = {
        "title": "上岗证书",
        "body": "{姓名}合格。",
        "signature": "",
        "orientation": "landscape",
        "has_photo": False,
    }
    return check_words(**words | changes)


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words_of(content: bytes) -> str:
    return "".join(read(content).pages[0].extract_text().split())


def test_every_field_says_what_the_certificate_says():
    body = "\n".join(f"{{{name}}}" for name in FIELDS)
    facts = plain(
        number="451026202600001B",
        chosen_on=date(2026, 1, 1),
        trained_on=date(2026, 1, 2),
        passed_on=date(2026, 1, 3),
        issued_on=date(2026, 3, 2),
        expires_on=date(2029, 3, 2),
    )

    assert said(body, **facts) == [
        "黄小兰",
        "451026********1234",
        "村级",
        "那坡县",
        "第一期考试",
        "2017年版",
        "那坡县扶贫开发领导小组办公室",
        "451026 2026 00001 B",
        "K7MPQ2XWZ4",
        "2026年1月1日",
        "2026年1月2日",
        "2026年1月3日",
        "2026年3月2日",
        "2029年3月2日",
    ]


def test_an_aside_about_nothing_is_left_out():
    body = "{姓名}（身份证：{身份证号}）合格（良好）。"

    assert said(body, **plain(masked_id_number="")) == ["黄小兰合格（良好）。"]
    assert said(body, **plain(masked_id_number="45****")) == [
        "黄小兰（身份证：45****）合格（良好）。"
    ]


def test_full_width_braces_are_braces():
    assert said("｛姓名｝合格", **plain()) == ["黄小兰合格"]


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ("{姓名合格", FieldUnclosed),
        ("姓名}合格", FieldUnclosed),
        ("{{姓名}}", FieldUnclosed),
        ("{姓\n名}", FieldUnclosed),
        ("{电话}", FieldUnknown),
        ("{}", FieldUnknown),
    ],
)
def test_a_wrong_field_is_refused_with_the_list_of_those_that_exist(body, refused):
    with pytest.raises(refused) as refusal:
        checked(body=body)

    assert all(f"{{{name}}}" in str(refusal.value) for name in FIELDS)


@pytest.mark.parametrize("place", ["title", "body", "signature"])
def test_a_character_the_font_lacks_is_refused_by_name(place):
    with pytest.raises(WordsUnprintable) as refusal:
        checked(**{place: "证书\ue000"})

    assert "U+E000" in str(refusal.value)


def test_words_that_would_leave_their_room_are_refused():
    checked(body="字" * 200 + "{姓名}{考试名称}")

    with pytest.raises(WordsTooLong):
        checked(body="字\n" * 60)


def test_longer_words_are_set_smaller():
    def size(count):
        paragraphs = read_wording("字" * count).said(None, "", "")
        return size_of(paragraphs, "landscape", has_photo=False)

    assert [size(count) for count in (20, 200, 300, 500, 6000)] == [0, 1, 2, 3, None]


def test_the_closest_template_in_force_is_taken(napo):
    region = TemplateFactory(at=napo.region)
    city = TemplateFactory(at=napo.city)
    TemplateFactory(at=napo.other_county)
    TemplateFactory(at=napo.county, live=False)
    TemplateFactory(at=napo.county, holds_from=date(2026, 3, 3))
    TemplateFactory(at=napo.county, post_level=Level.TOWNSHIP)

    def taken(office, level=Level.VILLAGE, on=TODAY):
        version = version_in_force(office, level, on=on)
        return version and version.template

    assert taken(napo.county) == city
    assert taken(napo.region) == region
    assert taken(napo.county, Level.TOWNSHIP).post_level == Level.TOWNSHIP
    assert taken(napo.county, on=date(2026, 3, 3)).holds_from == date(2026, 3, 3)
    assert taken(napo.region, on=date(2015, 1, 1)) is None


def test_one_content_of_a_template_is_one_version(napo):
    template = TemplateFactory(at=napo.county)
    first = version_of(template)
    assert version_of(template) == first

    template.title = "岗位证书"
    second = version_of(template)
    template.title = first.title

    assert second != first == version_of(template)
    assert LogEntry.objects.filter(action="template.used").count() == 2


def test_a_certificate_keeps_the_version_it_was_issued_with(napo, county_officer):
    template = TemplateFactory(at=napo.county, title="岗位合格证书")
    person = prepared(napo.village)
    certificate = issue_certificate(
        MarkedAttemptFactory(candidate=person), by=None, on=TODAY
    )
    before = pdf_of(certificate)

    template.title, template.body = "另一证书", "{姓名}另有一说。"
    template.save()

    certificate.refresh_from_db()
    assert "岗位合格证书" in words_of(before)
    assert words_of(pdf_of(certificate)) == words_of(before)
    template.live = False
    template.save()
    newer = reissue_certificate(
        certificate, by=county_officer, on=TODAY, why=Reissue.LOST
    )
    assert newer.template_version == certificate.template_version


def test_without_a_template_the_certificate_has_the_paper_of_all(napo):
    person = prepared(napo.village)

    certificate = issue_certificate(
        MarkedAttemptFactory(candidate=person), by=None, on=TODAY
    )

    assert certificate.template_version is None
    assert designed(certificate) is None
    assert not TemplateVersion.objects.exists()


def test_the_paper_of_all_is_pressed_without_a_word_of_templates(
    napo, django_assert_num_queries
):
    certificate = CertificateFactory()
    TemplateFactory(at=napo.county)

    with django_assert_num_queries(0):
        content = pdf_of(certificate)

    assert "扶贫信息员上岗证书" in words_of(content)


def test_a_design_is_read_once_for_the_same_content(napo):
    template = TemplateFactory(at=napo.county)
    other = TemplateFactory(at=napo.city)

    assert design_of(version_of(template)) is design_of(version_of(other))


@pytest.mark.parametrize(
    ("orientation", "size"), [("landscape", (842, 595)), ("portrait", (595, 842))]
)
def test_a_designed_paper_is_an_archive_of_one_page(napo, orientation, size):
    template = TemplateFactory(
        at=napo.county,
        orientation=orientation,
        signature="签发人",
        has_photo=True,
        background=keep_picture(checked_picture(dots(1240, 877)), folder="templates"),
        seal=keep_picture(checked_picture(SEAL), folder="templates"),
    )
    certificate = CertificateFactory(
        holder_name="覃堃", template_version=version_of(template)
    )

    content = pdf_of(certificate)

    reader = read(content)
    page = reader.pages[0]
    words = words_of(content)
    assert len(reader.pages) == 1
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size
    for part in (
        "覃堃（居民身份证号码：451026********1234）",
        "村级",
        "签发人",
        "照片",
    ):
        assert part in words
    assert_archival(reader)
    assert {"证书底图", "印章：那坡县扶贫开发领导小组办公室"} <= alternatives(reader)
    assert pictures_in(reader) == {("/DeviceRGB", False)}


def pictures_in(reader) -> set[tuple[str, bool]]:
    """Of every picture of dots, and of what makes it clear: colours, smoothing."""
    objects = (
        reader.get_object(number) for number in range(1, reader.trailer["/Size"])
    )
    return {
        (str(each["/ColorSpace"]), each["/Interpolate"].value)
        for each in objects
        if hasattr(each, "get") and each.get("/Subtype") == "/Image"
    }


def alternatives(reader) -> set[str]:
    """What is said in place of each picture, by walking the tree of tags."""
    found, waiting = set(), [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if "/Alt" in node:
            found.add(str(node["/Alt"]))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object()
            if hasattr(kid, "get") and kid.get("/S"):
                waiting.append(kid)
    return found


def assert_archival(reader):
    """The claim, the tags, the colours and every font, as for the paper of all."""
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert [each["/S"] for each in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    metadata = root["/Metadata"].get_data()
    assert b'pdfaid:part="3"' in metadata or b"<pdfaid:part>3<" in metadata
    assert b'pdfaid:conformance="A"' in metadata or b"conformance>A<" in metadata
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        described = font.get_object()["/DescendantFonts"][0].get_object()
        assert font.get_object()["/BaseFont"].split("+")[-1].startswith("Certificate")
        assert "/FontFile2" in described["/FontDescriptor"]


def test_a_seal_with_a_clear_ground_is_for_the_archive_too(napo):
    seal = keep_picture(checked_picture(dots(mode="RGBA")), folder="templates")
    version = version_of(TemplateFactory(at=napo.county, seal=seal))

    reader = read(pdf_of(CertificateFactory(template_version=version)))

    assert pictures_in(reader) == {("/DeviceRGB", False), ("/DeviceGray", False)}
    assert_archival(reader)


def test_one_file_holds_sheets_that_lie_and_sheets_that_stand(napo):
    standing = version_of(TemplateFactory(at=napo.county, orientation="portrait"))
    lying = version_of(TemplateFactory(at=napo.city))
    papers = [
        CertificateFactory(template_version=standing),
        CertificateFactory(),
        CertificateFactory(template_version=lying),
        CertificateFactory(template_version=standing),
    ]

    pages = read(pdf_of_sheets(papers)).pages

    assert [page.mediabox.width < page.mediabox.height for page in pages] == [
        True,
        False,
        False,
        True,
    ]


def test_a_designed_paper_is_signed_and_stored_like_any(napo):
    version = version_of(TemplateFactory(at=napo.county))
    certificate = CertificateFactory(template_version=version)

    paper = print_certificate(certificate, at=NOW)

    with paper.file.open("rb") as file:
        assert b"/ByteRange" in file.read()


def test_a_lost_picture_is_a_refusal_on_paper_and_the_plain_paper_on_a_screen(napo):
    seal = keep_picture(checked_picture(dots(333, 333)), folder="templates")
    version = version_of(TemplateFactory(at=napo.county, seal=seal))
    certificate = CertificateFactory(template_version=version)
    private_files().delete(seal)

    with pytest.raises(PictureLost):
        pdf_of(certificate)

    assert shown_words(certificate, "村级", "2017年版") is None


def test_a_version_is_never_edited_nor_deleted(napo):
    version = version_of(TemplateFactory(at=napo.county))
    version.title = "另一种证书"

    for act in (version.save, version.delete):
        with pytest.raises(TypeError):
            act()


def test_words_are_held_to_the_longest_names_of_the_measures():
    written = (Certificate(edition_code=each.code) for each in measures.editions())
    assert longest_edition() == max((edition_name(e, "zh") for e in written), key=len)
