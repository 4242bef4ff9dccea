"""A template as it would be printed, for a person who is made up and said to be."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

import measures
from certificates.domain import drawing
from certificates.domain.composing import Design, design_of
from certificates.domain.issuing import office_code, office_name
from certificates.domain.lasting import months_for
from certificates.domain.printing import pressed_sheets
from certificates.domain.sheets import words_of
from certificates.domain.wording import edition_name, level_name
from certificates.enums import Orientation
from certificates.models import Certificate, CertificateTemplate
from certificates.numbering import check_character
from core.dates import add_months
from divisions.enums import Level
from divisions.models import Division

SPECIMEN = "样张 · 示例人员 · 不是证书"
PERSON = "韦示例"


def specimen_pdf(template: CertificateTemplate) -> bytes:
    """The PDF of ``template``, marked as a specimen, not signed."""
    return pressed_sheets([specimen_sheet(template, design_of(template))])


def specimen_words(template: CertificateTemplate, orientation: str) -> dict:
    """What ``_design.html`` needs to show ``template`` on a screen, lying or standing
    whatever it says itself; pictures come with it."""
    if orientation not in Orientation:
        orientation = template.orientation
    design = design_of(template, orientation=str(orientation))
    sheet = specimen_sheet(template, design)
    office = sheet["certificate"].office_name
    is_portrait = orientation == Orientation.PORTRAIT
    size = (drawing.HEIGHT, drawing.WIDTH) if is_portrait else ()
    framed = {
        "border": drawing.data_uri(drawing.border(*size)),
        "ground": drawing.data_uri(drawing.ground()),
    }
    if design.background:
        framed = {"background": design.background.data_uri}
    seal = design.seal and design.seal.data_uri
    return {
        **sheet["design"],
        **framed,
        "rule": drawing.data_uri(drawing.rule()),
        "seal": seal or drawing.data_uri(drawing.seal(office)),
        "is_own_seal": bool(seal),
        "qr": drawing.qr_code(sheet["address"]),
    }


def specimen_sheet(template: CertificateTemplate, design: Design) -> dict[str, object]:
    certificate = specimen(template)
    level = level_name(certificate, "zh")
    edition = edition_name(certificate, "zh")
    words = words_of(design, certificate, level, edition)
    return {
        "certificate": certificate,
        "design": {**words, "specimen": SPECIMEN},
        "address": f"{settings.SITE_URL.rstrip('/')}/verify",
    }


def specimen(template: CertificateTemplate) -> Certificate:
    """A certificate that is nobody's and stands in no register."""
    today = timezone.localdate()
    place = division_of(template)
    level = template.post_level or Level.VILLAGE
    edition = measures.in_force(today).code
    body = f"{office_code(place)}{today.year}00000"
    return Certificate(
        number=body + check_character(body),
        holder_name=PERSON,
        masked_id_number="450000********0000",
        post_level=level,
        post_place=f"{place.full_name}示例乡示例村",
        exam_name=f"{today.year}年第一期扶贫信息员上岗考试",
        edition_code=edition,
        office_name=office_name(place),
        office_code=office_code(place),
        chosen_on=today,
        trained_on=today,
        passed_on=today,
        issued_on=today,
        expires_on=add_months(today, months_for(level, edition)),
        verification_code="0" * 10,
    )


def division_of(template: CertificateTemplate) -> Division:
    """That of the template, or of a new one without any yet the region's."""
    if template.division_id:
        return template.division
    return Division.objects.filter(level=Level.REGION).first() or Division(
        code="45", name="", full_name="", level=Level.REGION
    )
