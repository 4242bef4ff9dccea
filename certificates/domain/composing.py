"""A template's version as it is put to use: read once a process, for many papers."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

from PIL import Image
from weasyprint import CSS, DEFAULT_OPTIONS

from certificates.domain import drawing
from certificates.domain.designing import APPEARANCE, value_of
from certificates.domain.fitting import size_that_fits
from certificates.domain.pictures import GivenDrawing, KeptDots, KeptPicture
from certificates.domain.typefaces import ROOT
from certificates.domain.wording import Said, Wording, read_wording
from certificates.errors import PictureLost
from certificates.models import (
    Certificate,
    CertificateTemplate,
    TemplateVersion,
    private_files,
)

KINDS = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


@dataclass(frozen=True)
class Given:
    """A stored picture, for the press and for a screen."""

    name: str
    content: bytes = field(compare=False, repr=False)

    @property
    def address(self) -> str:
        return f"picture:{self.name}"

    @property
    def data_uri(self) -> str:
        kind = KINDS[self.name.rpartition(".")[2]]
        return f"data:{kind};base64,{b64encode(self.content).decode()}"


@lru_cache(maxsize=64)
def given(name: str) -> Given:
    """The stored picture of that name: its name is its hash, so it never changes.
    Raises ``PictureLost``."""
    try:
        return stored(name)
    except FileNotFoundError as problem:
        raise PictureLost from problem


def stored(name: str) -> Given:
    with private_files().open(name, "rb") as file:
        return Given(name, file.read())


@lru_cache(maxsize=64)
def pressed(picture: Given) -> GivenDrawing | KeptDots:
    """As WeasyPrint draws it, on one paper after the other."""
    if picture.name.endswith(".svg"):
        return GivenDrawing(picture.content.decode())
    return raster(picture)


def raster(picture: Given) -> KeptDots:
    image = Image.open(BytesIO(picture.content))
    key = picture.name.rpartition("/")[2].partition(".")[0]
    return KeptDots(image, key, picture.content, options=DEFAULT_OPTIONS)


@dataclass(frozen=True)
class Design:
    """A version of a template with its words read and its pictures at hand."""

    title: str
    wording: Wording
    orientation: str
    background: Given | None
    seal: Given | None
    signature: str
    has_photo: bool

    def paragraphs(self, certificate: Certificate, level: str, edition: str):
        return self.wording.said(certificate, level, edition)

    def size(self, paragraphs: list[list[Said]]) -> int:
        """The class of the letters."""
        return size_that_fits(paragraphs, self.orientation, has_photo=self.has_photo)


@lru_cache(maxsize=64)
def design_of_content(content: tuple[tuple[str, object], ...]) -> Design:
    said = dict(content)
    return Design(
        title=said["title"],
        wording=read_wording(said["body"]),
        orientation=said["orientation"],
        background=given(said["background"]) if said["background"] else None,
        seal=given(said["seal"]) if said["seal"] else None,
        signature=said["signature"],
        has_photo=said["has_photo"],
    )


def design_of(
    template: CertificateTemplate | TemplateVersion, **instead: object
) -> Design:
    """The design that ``template`` says, made once a process for every content."""
    content = {name: value_of(template, name) for name in APPEARANCE}
    return design_of_content(tuple({**content, **instead}.items()))


def designed(certificate: Certificate) -> Design | None:
    """The design that ``certificate`` was issued with; None: the paper of all."""
    if certificate.template_version_id is None:
        return None
    return design_of(certificate.template_version)


@lru_cache(maxsize=1)
def design_sheet() -> CSS:
    path = ROOT / "static" / "certificates" / "design.css"
    return CSS(string=path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def portrait_border() -> KeptPicture:
    return KeptPicture(drawing.border(drawing.HEIGHT, drawing.WIDTH))
