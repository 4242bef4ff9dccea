"""PDF/A-3a and PDF/UA-1, not by our word: what veraPDF says of every kind of paper that
is kept or handed out."""

from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfWriter

from certificates.domain.binding import bind
from certificates.domain.photographing import give_photo, photo_of
from certificates.domain.printing import pdf_of, pdf_of_sheets, print_certificate
from certificates.domain.uploading import checked_picture, keep_picture
from certificates.models import TemplateVersion
from tests.factories.certificates import CertificateFactory, TemplateFactory
from tests.factories.pictures import dots

from ..test_templates import version_of
from .verapdf import faults_of

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(timezone.datetime(2026, 3, 2, 12))


def signed(certificate) -> bytes:
    with print_certificate(certificate, at=NOW).file.open("rb") as file:
        return file.read()


def of_an_office(county, orientation: str, picture: bytes) -> TemplateVersion:
    kept = keep_picture(checked_picture(picture), folder="templates")
    return version_of(
        TemplateFactory(
            at=county,
            name=f"县证书{orientation}",
            orientation=orientation,
            signature="签发人",
            has_photo=True,
            background=kept,
            seal=kept,
        )
    )


@pytest.fixture
def certificates(napo):
    return [
        CertificateFactory(at=napo.village, holder_name=name)
        for name in ("黄美兰", "阿卜杜热合曼·买买提", "㛃堃")
    ]


@pytest.fixture
def with_pictures(napo, informant):
    """Upright with clear dots and a photo of its holder; and lying, with neither."""
    give_photo(informant, dots(400, 500), by=informant, at=NOW)
    upright = of_an_office(napo.county, "portrait", dots(mode="RGBA"))
    lying = of_an_office(napo.county, "landscape", dots(mode="L", kind="JPEG"))
    return [
        CertificateFactory(
            holder=informant, template_version=upright, photo=photo_of(informant)
        ),
        CertificateFactory(at=napo.village, template_version=lying),
    ]


def test_verapdf_finds_no_fault_in_any_paper(certificates, with_pictures, tmp_path):
    whole = BytesIO()
    bind([pdf_of_sheets(certificates), pdf_of_sheets(with_pictures)], whole)
    papers = {
        "a paper": signed(certificates[0]),
        "a long name": signed(certificates[1]),
        "rare characters": signed(certificates[2]),
        "an office's own, with a photo": signed(with_pictures[0]),
        "an office's own, with a box": signed(with_pictures[1]),
        "the sheets of many": pdf_of_sheets(certificates),
        "the print file": whole.getvalue(),
    }

    none = {name: [] for name in papers}
    assert faults_in(papers, tmp_path, "3a ua1") == {"3a": none, "ua1": none}


# What is taken away from a paper, and the rules that are broken then.
RULES = {
    "/MarkInfo": {"6.7.2.2-1"},
    "/StructTreeRoot": {"6.7.3.3-1"},
    "/Metadata": {"6.6.2.1-1"},
    "/OutputIntents": {"6.2.10-2", "6.2.4.3-2"},
}


def test_verapdf_tells_what_a_paper_lacks(certificates, tmp_path):
    paper = pdf_of(certificates[0])
    papers = {name[1:]: without(name, paper) for name in RULES}

    found = faults_in(papers, tmp_path, "3a")["3a"]

    assert {
        f"/{name}": {fault.partition(":")[0] for fault in faults}
        for name, faults in found.items()
    } == RULES


def without(name: str, paper: bytes) -> bytes:
    writer, target = PdfWriter(clone_from=BytesIO(paper)), BytesIO()
    del writer.root_object[name]
    writer.write(target)
    return target.getvalue()


def faults_in(
    papers: dict[str, bytes], folder, flavours: str
) -> dict[str, dict[str, list[str]]]:
    for name, content in papers.items():
        (folder / name).write_bytes(content)
    return faults_of(*map(folder.joinpath, papers), flavours=flavours)
