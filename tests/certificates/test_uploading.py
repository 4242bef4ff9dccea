"""Pictures that people bring along: what is kept of them and what is refused."""

from io import BytesIO

import pytest
from PIL import Image

from certificates.domain.uploading import checked_picture, keep_picture
from certificates.errors import (
    DrawingUnreadable,
    PictureActive,
    PictureTooBig,
    PictureTooLarge,
    PictureTooSmall,
    PictureUnreadable,
)
from certificates.models import private_files
from tests.factories.pictures import SEAL, dots


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (dots(), "png"),
        (dots(mode="RGBA"), "png"),
        (dots(mode="P"), "png"),
        (dots(mode="CMYK", kind="JPEG"), "jpg"),
        (dots(mode="L", kind="JPEG"), "jpg"),
        (SEAL, "svg"),
    ],
)
def test_a_picture_is_redrawn_in_the_colours_of_the_archive(content, ending):
    picture = checked_picture(content)

    assert picture.ending == ending
    if ending != "svg":
        redrawn = Image.open(BytesIO(picture.content))
        assert redrawn.mode in ("RGB", "RGBA")
        assert redrawn.size == (300, 300)


def test_what_was_written_into_a_photograph_is_gone():
    told = Image.Exif()
    told[0x010E] = "secret place"
    content = dots(kind="JPEG", exif=told.tobytes())
    assert b"secret place" in content

    assert b"secret" not in checked_picture(content).content


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", PictureUnreadable),
        (b"%PDF-1.7", PictureUnreadable),
        (b"<html><body>hello</body></html>", DrawingUnreadable),
        (b"GIF89a\x01\x00\x01\x00", PictureUnreadable),
        (dots()[:60], PictureUnreadable),
        (dots(kind="JPEG")[:700], PictureUnreadable),
        (b"x" * (5 * 1024 * 1024 + 1), PictureTooBig),
        (dots(4001, 200), PictureTooLarge),
        (dots(149, 200), PictureTooSmall),
    ],
)
def test_what_is_no_fit_picture_is_refused(content, refused):
    with pytest.raises(refused):
        checked_picture(content)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        '<image href="#a"/>',
        "<text>印</text>",
        "<style>@import url(x)</style>",
        '<path d="M0 0" onclick="alert(1)"/>',
        '<use href="#b"/>',
        '<linearGradient href="https://example.cn/a.svg#b"/>',
        '<path d="M0 0" style="fill:url(https://example.cn/a)"/>',
        '<path d="M0 0" style="fill:u\\72l(https://example.cn/a)"/>',
        '<g><g><animate attributeName="x"/></g></g>',
    ],
)
def test_a_drawing_that_acts_or_reaches_outside_is_refused(inside):
    content = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'

    with pytest.raises(PictureActive):
        checked_picture(content.encode())


def test_a_drawing_with_entities_is_refused():
    content = (
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>'
    )

    with pytest.raises(DrawingUnreadable):
        checked_picture(content)


@pytest.mark.parametrize(
    "drawing",
    [
        '<svg xmlns="{ns}" viewBox="a b c d"><path d="M0 0L9 9"/></svg>',
        '<svg xmlns="{ns}" viewBox="0 0 10"><path d="M0 0L9 9"/></svg>',
        '<svg xmlns="{ns}" viewBox="0 0 9 9"><path d="A 1 1 0 0"/></svg>',
        '<svg xmlns="{ns}" viewBox="0 0 9 9"><path transform="rotate()"/></svg>',
        '<svg xmlns="{ns}">' + "<g>" * 5000 + "</g>" * 5000 + "</svg>",
        '<svg xmlns="{ns}">' + "<g/>" * 5001 + "</svg>",
    ],
)
def test_a_drawing_that_would_stop_the_press_is_refused(drawing):
    content = drawing.replace("{ns}", "http://www.w3.org/2000/svg")

    with pytest.raises(DrawingUnreadable):
        checked_picture(content.encode())


def test_notes_of_drawing_programs_are_taken_out():
    content = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:ink="http://ink.example" '
        b'ink:note="who"><metadata>who</metadata><ink:view/><path d="M0 0"/></svg>'
    )

    kept = checked_picture(content).content

    assert b"who" not in kept
    assert b"view" not in kept
    assert b"path" in kept


@pytest.mark.parametrize(
    ("size", "kept"), [((3000, 1500), (800, 400)), ((300, 300), (300, 300))]
)
def test_a_seal_is_kept_no_larger_than_it_is_shown(size, kept):
    content = checked_picture(dots(*size, mode="RGBA"), drawn_within=800).content

    assert Image.open(BytesIO(content)).size == kept


def test_the_same_picture_is_kept_once():
    picture = checked_picture(dots(310, 310))

    first = keep_picture(picture, folder="templates")

    assert keep_picture(picture, folder="templates") == first
    with private_files().open(first, "rb") as file:
        assert file.read() == picture.content
