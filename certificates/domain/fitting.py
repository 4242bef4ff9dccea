"""Whether the words of a certificate fit on its sheet, and how large they are set."""

from collections.abc import Sequence
from math import ceil
from unicodedata import east_asian_width

from certificates.domain.wording import Said
from certificates.enums import Orientation

# Millimetres, as in ``design.css``: the room for the words, without and with a photo.
ROOM = {
    Orientation.LANDSCAPE: {False: (221, 64), True: (184, 64)},
    Orientation.PORTRAIT: {False: (150, 100), True: (114, 100)},
}
# Letter and line height, the largest first; each is a class of ``design.css`` and of
# ``paper.css``.
SIZES = ((6.2, 2.0), (5.4, 1.9), (4.6, 1.75), (3.8, 1.6), (3.2, 1.5))
INDENT = 2
# The room for the place, among the facts beside the QR code: as wide as its cell, and
# as high as leaves those below it clear of the note. Its sizes are in the sheets, too.
PLACE_ROOM = (78, 14.4)
PLACE_SIZES = ((4.0, 1.5), (3.2, 1.4), (2.6, 1.3), (2.0, 1.2))
# The issuing office's: over the seal, and as high as leaves its day clear of the line
# for a signature.
OFFICE_ROOM = (84, 15.4)
OFFICE_SIZES = ((5.2, 1.5), (4.3, 1.5), (3.6, 1.4), (3.0, 1.3), (2.4, 1.2), (2.0, 1.2))
# Latin letters that are wider than the others, in bold.
WIDE = {"W": 1.15, "M": 1.05, "w": 1.0, "m": 1.0}
# The name is set larger than what stands round it.
NAME_SCALE = 1.25


def breadth(said: Said) -> float:
    """How wide some words are set, in letters; those of a name are wider."""
    letters = sum(map(width_of, said.words))
    return letters * (NAME_SCALE if said.kind == "name" else 1)


def width_of(character: str) -> float:
    if east_asian_width(character) in "FWA":
        return 1
    if character in WIDE:
        return WIDE[character]
    return 0.85 if character.isupper() else 0.6


def lines_of(paragraph: Sequence[Said], across: int) -> int:
    """How many lines of ``across`` letters; what stays whole may begin a new one."""
    used = float(INDENT)
    for said in paragraph:
        wide = breadth(said)
        if said.kind == "whole" and used % across + wide > across:
            used = ceil(used / across) * across
        used += wide
    return ceil(used / across)


def height(paragraphs: Sequence[Sequence[Said]], width: float, size, line) -> float:
    across = int(width / size)
    return sum(lines_of(each, across) for each in paragraphs) * size * line


def place_size(place: str) -> int:
    """The place in ``PLACE_SIZES`` of the largest letters that leave room below."""
    return largest(place, PLACE_SIZES, PLACE_ROOM)


def office_size(office: str) -> int:
    """The place in ``OFFICE_SIZES``: in one line, if letters of the first two fit so,
    and else in as many as there is room for."""
    width, _height = OFFICE_ROOM
    letters = breadth(Said(office, ""))
    for number, (size, _line) in enumerate(OFFICE_SIZES[:2]):
        if letters * size <= width:
            return number
    return 1 + largest(office, OFFICE_SIZES[1:], OFFICE_ROOM)


def largest(
    words: str,
    sizes: Sequence[tuple[float, float]],
    room: tuple[float, float],
) -> int:
    """The place in ``sizes`` of the largest letters that fit; the last, if none do."""
    letters = breadth(Said(words, ""))
    for number, (size, line) in enumerate(sizes):
        if ceil(letters / int(room[0] / size)) * size * line <= room[1]:
            return number
    return len(sizes) - 1


def size_that_fits(
    paragraphs: Sequence[Sequence[Said]], orientation: str, *, has_photo: bool
) -> int:
    """As ``size_of``; what fits nowhere is set in the smallest."""
    fits = size_of(paragraphs, orientation, has_photo=has_photo)
    return len(SIZES) - 1 if fits is None else fits


def size_of(
    paragraphs: Sequence[Sequence[Said]], orientation: str, *, has_photo: bool
) -> int | None:
    """The place in ``SIZES`` of the largest letters that fit; None if none do."""
    width, room = ROOM[Orientation(orientation)][has_photo]
    for place, (size, line) in enumerate(SIZES):
        if height(paragraphs, width, size, line) <= room:
            return place
    return None
