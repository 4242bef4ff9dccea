"""A designed sheet as its HTML needs it, for the press and for the preview."""

from __future__ import annotations

from certificates.domain import pictures
from certificates.domain.composing import (
    Design,
    Given,
    portrait_border,
    pressed,
    raster,
    stored,
)
from certificates.domain.fitting import office_size, place_size
from certificates.enums import Orientation
from certificates.errors import PhotoLost
from certificates.models import Certificate

PORTRAIT_BORDER = "picture:portrait-border"


def words_of(
    design: Design, certificate: Certificate, level: str, edition: str
) -> dict[str, object]:
    """What ``_design.html`` needs beside its pictures."""
    paragraphs = design.paragraphs(certificate, level, edition)
    return {
        "certificate": certificate,
        "edition": edition,
        "title": design.title,
        "paragraphs": paragraphs,
        "size": design.size(paragraphs),
        "place_size": place_size(certificate.post_place),
        "office_size": office_size(certificate.office_name),
        "orientation": design.orientation,
        "signature": design.signature,
        "has_photo": design.has_photo,
        "photo": None,
        "of": design,
    }


def pictures_of(sheet: dict[str, object]) -> dict[str, object]:
    """Name the pictures of a designed sheet to its HTML; return them by name."""
    words = sheet["design"]
    design = words["of"]
    shown: dict[str, object] = {}
    words |= {"qr": sheet["qr"], "seal": sheet["seal"], "rule": pictures.RULE}
    if design.background:
        words["background"] = design.background.address
        shown[design.background.address] = pressed(design.background)
    elif design.orientation == Orientation.PORTRAIT:
        words |= {"border": PORTRAIT_BORDER, "ground": pictures.GROUND}
        shown[PORTRAIT_BORDER] = portrait_border()
    else:
        words |= {"border": pictures.BORDER, "ground": pictures.GROUND}
    if design.seal:
        words["seal"], words["is_own_seal"] = design.seal.address, True
        shown[design.seal.address] = pressed(design.seal)
    if design.has_photo and sheet["certificate"].photo_id:
        photo = printed_photo(sheet["certificate"])
        words["photo"] = photo.address
        shown[photo.address] = raster(photo)
    return shown


def printed_photo(certificate: Certificate) -> Given:
    """Raises ``PhotoLost`` rather than print a paper unlike the one of before."""
    try:
        return stored(certificate.photo.file.name)
    except FileNotFoundError as problem:
        raise PhotoLost from problem
