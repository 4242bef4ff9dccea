"""Pictures that people bring along: looked at, redrawn, and kept under their hash.

What is kept is never the file as it came: photographs are drawn anew in the screen's
colours without what was written into them, drawings are written anew without what a
drawing does not need. So what lies in a PDF is a picture and nothing else.
"""

import re
import warnings
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from certificates.domain.fonts import printing_kit
from certificates.domain.pictures import GivenDrawing
from certificates.domain.pressing import press
from certificates.errors import (
    DrawingUnreadable,
    PictureActive,
    PictureTooBig,
    PictureTooLarge,
    PictureTooSmall,
    PictureUnreadable,
)
from certificates.models import private_files

MEGABYTES = 5
# A sheet of A4 at 300 dots an inch, and some room.
MOST_DOTS = 4000
FEWEST_DOTS = 150
RASTER = ("PNG", "JPEG")
END_OF_JPEG = b"\xff\xd9"
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
# Lines and areas. Letters are none of these: their font may be missing at the press.
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
SHADES = {"linearGradient", "radialGradient", "stop"}
# Nothing that repeats another part: a few levels of it would keep the press for hours.
DRAWN = SHAPES | SHADES | {"svg", "g", "defs", "clipPath", "title", "desc"}
MOST_PARTS, DEEPEST = 5000, 50
# What drawing programs note for themselves; the picture is the same without it.
NOTES = {"metadata"}
FOREIGN = re.compile(r"url\s*\(\s*[\"']?(?!#)|@import|javascript:|\\", re.I)


TRIAL = "picture:trial"


class Picture(NamedTuple):
    """A picture as it is kept."""

    content: bytes
    ending: str


def keep_picture(picture: Picture, *, folder: str) -> str:
    """Store ``picture`` under its hash and return its name; the same one twice is one
    file, and no file is ever written over."""
    name = f"{folder}/{sha256(picture.content).hexdigest()}.{picture.ending}"
    storage = private_files()
    if storage.exists(name):
        return name
    return storage.save(name, ContentFile(picture.content))


def checked_picture(
    content: bytes,
    *,
    may_be_drawn: bool = True,
    most: int = MOST_DOTS,
    drawn_within: int | None = None,
) -> Picture:
    """Return what may be kept of an uploaded file of at most ``most`` dots a side, made
    smaller to lie ``drawn_within`` so many; what it is, its content tells.

    Raises ``PictureTooBig``, ``PictureTooLarge``, ``PictureTooSmall``,
    ``PictureUnreadable``, ``DrawingUnreadable`` or ``PictureActive``.
    """
    if len(content) > MEGABYTES * 1024 * 1024:
        raise PictureTooBig(megabytes=MEGABYTES)
    is_svg = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    if is_svg and may_be_drawn:
        return Picture(checked_svg(content), "svg")
    return checked_dots(content, most, drawn_within)


def checked_dots(content: bytes, most: int, drawn_within: int | None) -> Picture:
    """A PNG or JPEG, upright, in the screen's colours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            refuse_torn(content)
            image = Image.open(BytesIO(content), formats=RASTER)
            refuse_size(*image.size, most)
            image.load()
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as problem:
        raise PictureUnreadable from problem
    is_jpeg = image.format != "PNG"
    has_holes = "A" in image.getbands() or "transparency" in image.info
    image = ImageOps.exif_transpose(image)
    image = image.convert("RGBA" if has_holes else "RGB")
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    if drawn_within:
        bare.thumbnail((drawn_within, drawn_within))
    drawn = BytesIO()
    if is_jpeg:
        bare.save(drawn, "JPEG", quality=90)
    else:
        bare.save(drawn, "PNG", optimize=True)
    return Picture(drawn.getvalue(), "jpg" if is_jpeg else "png")


def refuse_torn(content: bytes) -> None:
    """WeasyPrint has the whole process draw what is left of half a file."""
    with Image.open(BytesIO(content), formats=RASTER) as image:
        is_whole = END_OF_JPEG in content[len(content) // 2 :]
        if image.format == "PNG":
            image.verify()
        elif not is_whole:
            raise PictureUnreadable


def refuse_size(width: int, height: int, most: int) -> None:
    if max(width, height) > most:
        raise PictureTooLarge(most=most)
    if min(width, height) < FEWEST_DOTS:
        raise PictureTooSmall(fewest=FEWEST_DOTS)


def checked_svg(content: bytes) -> bytes:
    """A drawing of lines and areas that reaches for nothing outside itself, and that
    the press has drawn once."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise DrawingUnreadable from problem
    if root.tag != f"{SVG}svg":
        raise DrawingUnreadable
    refuse_endless(root)
    clean(root)
    cleaned = tostring(root)
    try_out(cleaned)
    return cleaned


def refuse_endless(root: Element) -> None:
    """Not by recursion, which a drawing deep enough would end."""
    level, parts = [root], 0
    for _depth in range(DEEPEST):
        parts += len(level)
        level = [child for element in level for child in element]
        if not level and parts <= MOST_PARTS:
            return
    raise DrawingUnreadable


def try_out(svg: bytes) -> None:
    """Draw it on a sheet that nobody keeps: what the press trips over, be it a number
    that is none or a part that leads to itself, would stop every certificate later."""
    try:
        shown = {TRIAL: GivenDrawing(svg.decode())}
        press(f'<img src="{TRIAL}" alt="">', printing_kit(), shown)
    except Exception as problem:
        raise DrawingUnreadable from problem


def clean(element: Element) -> None:
    """Take out what notes hold, refuse what acts or reaches outside."""
    for child in list(element):
        if not isinstance(child.tag, str) or is_note(child.tag):
            element.remove(child)
        elif child.tag.removeprefix(SVG) not in DRAWN:
            raise PictureActive(what=f"<{child.tag.rpartition('}')[2]}>")
        else:
            clean(child)
    for name, value in list(element.attrib.items()):
        local = name.removeprefix(XLINK)
        if local.lower().startswith("on") or FOREIGN.search(value):
            raise PictureActive(what=local)
        if local == "href" and not value.startswith("#"):
            raise PictureActive(what=local)
        if local.startswith("{"):
            del element.attrib[name]


def is_note(tag: str) -> bool:
    """Whether it is of another language than the drawing's, or says so itself."""
    return not tag.startswith(SVG) or tag.removeprefix(SVG) in NOTES
