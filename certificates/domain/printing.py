"""Making the PDF of a certificate, once, and signed."""

import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from certificates.domain import pictures
from certificates.domain.composing import design_sheet, designed
from certificates.domain.fitting import office_size, place_size, size_that_fits
from certificates.domain.fonts import (
    PrintingKit,
    printing_kit,
    refuse_missing_glyphs,
)
from certificates.domain.pressing import press
from certificates.domain.sheets import pictures_of, words_of
from certificates.domain.wording import Said, edition_name, level_name
from certificates.enums import Orientation
from certificates.errors import PictureLost
from certificates.models import Certificate, Paper
from certificates.trust.codes import encode_code
from certificates.trust.errors import AuthorityMissing
from certificates.trust.signing import sign_pdf
from core.audit import record

# Neither marks nor addresses of pictures are set in type.
TAGS = re.compile(r"<[^>]*>")


def print_certificate(
    certificate: Certificate, *, at: datetime, kit: PrintingKit | None = None
) -> Paper:
    """Return the certificate's paper, made now if there is none yet.

    The PDF is made before the transaction, so that nobody waits for it; of two made
    at once the first one stored stays. Raises ``GlyphMissing``, ``AuthorityMissing``
    or ``TimestampMissing``.
    """
    if paper := stored_paper(certificate):
        return paper
    content = sign_pdf(pdf_of(certificate, kit=kit))
    return store_paper(certificate, content, at=at)


def stored_paper(certificate: Certificate) -> Paper | None:
    """The paper, unless there is none or its file was lost."""
    paper = Paper.objects.filter(certificate=certificate).first()
    return paper if paper and is_kept(paper) else None


def is_kept(paper: Paper) -> bool:
    return paper.file.storage.exists(paper.file.name)


@transaction.atomic
def store_paper(certificate: Certificate, content: bytes, *, at: datetime) -> Paper:
    Certificate.objects.select_for_update().only("pk").get(pk=certificate.pk)
    paper = Paper.objects.filter(certificate=certificate).first()
    if paper and is_kept(paper):
        return paper
    paper = paper or Paper(certificate=certificate)
    paper.sha256 = sha256(content).hexdigest()
    paper.made_at = at
    paper.file.save(file_name(certificate), ContentFile(content), save=False)
    paper.save()
    record("certificate.printed", certificate, by=None, sha256=paper.sha256)
    return paper


def file_name(certificate: Certificate) -> str:
    """The check character may be an asterisk, which no file system wants."""
    return f"{certificate.number.replace('*', '_')}.pdf"


def pdf_of(certificate: Certificate, *, kit: PrintingKit | None = None) -> bytes:
    """Return the PDF, not yet signed; all of it is in the certificate's own fonts."""
    return pdf_of_sheets([certificate], kit=kit)


def pdf_of_sheets(
    certificates: Iterable[Certificate], *, kit: PrintingKit | None = None
) -> bytes:
    """Return one PDF of many certificates for the office's printer, not signed; set
    with ``kit`` unless it lacks a character."""
    sheets = [checked_words(certificate) for certificate in certificates]
    return pressed_sheets(sheets, kit=kit)


def pressed_sheets(
    sheets: list[dict[str, object]], *, kit: PrintingKit | None = None
) -> bytes:
    """Put the pictures to the sheets and press them. A sheet of the paper that every
    office has knows nothing of templates."""
    shown = dict(pictures.fixtures())
    for place, sheet in enumerate(sheets):
        sheet["qr"], sheet["seal"] = f"picture:qr-{place}", f"picture:seal-{place}"
        shown[sheet["qr"]] = pictures.Squares(sheet["address"])
        shown[sheet["seal"]] = pictures.seal(sheet["certificate"].office_name)
        if sheet["design"]:
            shown |= pictures_of(sheet)
    with override("zh-hans"):
        html = render_to_string("certificates/paper.html", {"sheets": sheets})
    if kit is None or not kit.can_set(TAGS.sub("", html)):
        kit = printing_kit()
    rules = [design_sheet()] if any(sheet["design"] for sheet in sheets) else []
    # Parts of one batch are bound together: the same fonts in each are there once.
    is_part = len(sheets) > 1 and kit.characters is not None
    return press(html, kit, shown, rules, whole_fonts=is_part)


def checked_words(certificate: Certificate) -> dict[str, object]:
    """What the paper's template needs; raises ``GlyphMissing``."""
    words = paper_words(certificate)
    refuse_missing_glyphs(
        certificate.holder_name,
        certificate.exam_name,
        certificate.post_place,
        certificate.office_name,
        words["level"],
        words["edition"],
    )
    return words


def paper_words(certificate: Certificate) -> dict[str, object]:
    """What the paper's template needs."""
    level = level_name(certificate, "zh")
    edition = edition_name(certificate, "zh")
    return {
        "certificate": certificate,
        "level": level,
        "edition": edition,
        "design": designed_words(certificate, level, edition),
        "address": public_address(certificate),
        "size": size_that_fits(
            standard_words(certificate, level), Orientation.LANDSCAPE, has_photo=False
        ),
        "place_size": place_size(certificate.post_place),
        "office_size": office_size(certificate.office_name),
        "border": pictures.BORDER,
        "ground": pictures.GROUND,
        "rule": pictures.RULE,
    }


def standard_words(certificate: Certificate, level: str) -> list[list[Said]]:
    """What the paper of all says, as ``paper.html`` sets it."""
    masked = certificate.masked_id_number
    return [
        [
            Said(certificate.holder_name, "name"),
            Said(f"（居民身份证号码：{masked}）" if masked else "", "whole"),
            Said(f"在“{certificate.exam_name}”中成绩合格，", "strong"),
            Said(f"具备从事{level}扶贫信息员工作的资格。", ""),
        ],
        [Said("准予持证上岗，特发此证。", "")],
    ]


def designed_words(
    certificate: Certificate, level: str, edition: str
) -> dict[str, object] | None:
    """What the office's template says of ``certificate``; None: the paper of all.
    Raises ``PictureLost``."""
    design = designed(certificate)
    return design and words_of(design, certificate, level, edition)


def shown_words(
    certificate: Certificate, level: str, edition: str
) -> dict[str, object] | None:
    """The same for a screen, which shows the paper of all rather than nothing where a
    picture of the template was lost; what is printed never does."""
    try:
        return designed_words(certificate, level, edition)
    except PictureLost:
        return None


def shown_address(certificate: Certificate) -> str:
    """The address for a screen: without an authority the one that people type."""
    try:
        return public_address(certificate)
    except AuthorityMissing:
        path = reverse(
            "verify:answer", args=[certificate.number, certificate.verification_code]
        )
        return settings.SITE_URL.rstrip("/") + path


def public_address(certificate: Certificate) -> str:
    """Where anyone who holds the paper can check it; a phone that knows the keys can
    do so without going there."""
    path = reverse("verify:code", args=[encode_code(certificate)])
    return settings.SITE_URL.rstrip("/") + path
