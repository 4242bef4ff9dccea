import hashlib
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from certificates.domain.printing import pdf_of, print_certificate
from certificates.domain.reissuing import reissue_certificate
from certificates.enums import Reissue
from certificates.errors import GlyphMissing
from certificates.models import Paper
from certificates.tasks import print_paper
from core.models import LogEntry
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(timezone.datetime(2026, 3, 2, 12))
LONG_NAME = "阿卜杜热合曼·买买提"


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words_of(reader: PdfReader) -> str:
    return "".join(reader.pages[0].extract_text().split())


def content_of(paper: Paper) -> bytes:
    with paper.file.open("rb") as file:
        return file.read()


@pytest.fixture
def certificate():
    return CertificateFactory(
        holder_name=LONG_NAME,
        post_place="百色市那坡县城厢镇永宁村委会",
        issued_on=NOW.date(),
    )


def test_the_paper_says_what_the_certificate_says(certificate):
    words = words_of(read(pdf_of(certificate)))

    for part in (
        "扶贫信息员上岗证书",
        certificate.spaced_number.replace(" ", ""),
        f"{LONG_NAME}（居民身份证号码：451026********1234）",
        "在“2026年第一期扶贫信息员上岗考试”中成绩合格，具备从事村级扶贫信息员工作的资格。",
        "百色市那坡县城厢镇永宁村委会",
        "2026年3月2日",
        "2029年3月2日",
        certificate.verification_code,
        "那坡县扶贫开发领导小组办公室",
        "演示印章",
    ):
        assert part in words


def test_a_paper_given_anew_names_the_number_it_replaces(certificate, county_officer):
    newer = reissue_certificate(
        certificate, by=county_officer, on=certificate.issued_on, why=Reissue.LOST
    )

    words = words_of(read(pdf_of(newer)))

    old = certificate.spaced_number.replace(" ", "")
    assert f"换发证书，原编号{old}作废" in words
    assert "换发" not in words_of(read(pdf_of(certificate)))


def test_the_paper_is_one_landscape_page_with_its_title(certificate):
    reader = read(pdf_of(certificate))

    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans"
    assert reader.metadata.title == f"扶贫信息员上岗证书 {certificate.spaced_number}"


def test_the_longest_words_stay_on_the_page(certificate):
    certificate.exam_name = "考" * 100
    certificate.holder_name = "阿" * 40
    certificate.office_name = "环江毛南族自治县扶贫开发领导小组办公室"

    reader = read(pdf_of(certificate))

    assert len(reader.pages) == 1
    assert words_of(reader).count("考") >= 100


def test_every_font_is_an_embedded_true_type_subset(certificate):
    reader = read(pdf_of(certificate))

    found = {}
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        described = font.get_object()["/DescendantFonts"][0].get_object()
        found[font.get_object()["/BaseFont"].split("+")[-1]] = described
    # No system font has this name: any other would be a fallback.
    assert set(found) == {"Certificate", "Certificate-Bold"}
    for described in found.values():
        assert described["/Subtype"] == "/CIDFontType2"
        assert "/FontFile2" in described["/FontDescriptor"]


def test_the_paper_is_tagged_for_the_archive(certificate):
    root = read(pdf_of(certificate)).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert [i["/S"] for i in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert b"pdfaid:conformance" in root["/Metadata"].get_data()


def test_printing_twice_keeps_the_first_paper(certificate):
    first = print_certificate(certificate, at=NOW)
    second = print_certificate(certificate, at=timezone.now())

    content = content_of(first)
    assert second == first
    assert first.sha256 == hashlib.sha256(content).hexdigest()
    assert content.startswith(b"%PDF-")
    assert LogEntry.objects.filter(action="certificate.printed").count() == 1


def test_a_lost_file_is_printed_again(certificate):
    first = print_certificate(certificate, at=NOW)
    first.file.storage.delete(first.file.name)

    again = print_certificate(certificate, at=NOW)

    assert again.pk == first.pk
    assert content_of(again).startswith(b"%PDF-")


def test_a_character_the_font_lacks_is_refused_by_name(certificate):
    certificate.holder_name = "黄\ue000兰\U000323af"

    with pytest.raises(GlyphMissing) as refusal:
        print_certificate(certificate, at=NOW)

    assert refusal.value.code == "glyph-missing"
    assert "U+E000" in str(refusal.value)
    assert "U+323AF" in str(refusal.value)
    assert not Paper.objects.exists()


def test_rare_characters_of_names_are_printed(certificate):
    certificate.holder_name = "覃堃犇翀㼆"

    assert "覃堃犇翀㼆" in words_of(read(pdf_of(certificate)))


def test_the_task_prints_and_a_refusal_does_not_fail_it(certificate):
    broken = CertificateFactory(holder_name="\ue000")

    print_paper.delay(certificate.pk)
    print_paper.delay(broken.pk)

    assert [paper.certificate for paper in Paper.objects.all()] == [certificate]
