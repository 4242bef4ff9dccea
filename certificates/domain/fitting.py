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
# Letter and line height, the largest first; each is a class of ``design.css``.
SIZES = ((6.2, 2.0), (5.4, 1.9), (4.6, 1.75), (3.8, 1.6), (3.2, 1.5))
INDENT = 2
# The name is set larger than what stands round it.
NAME_SCALE = 1.25


def breadth(said: Said) -> float:
    """How wide some words are set, in letters; those of a name are wider."""
    letters = sum(1 if east_asian_width(c) in "FWA" else 0.6 for c in said.words)
    return letters * (NAME_SCALE if said.kind == "name" else 1)


def height(paragraphs: Sequence[Sequence[Said]], width: float, size, line) -> float:
    across = int(width / size)
    lines = sum(
        max(1, ceil((INDENT + sum(map(breadth, paragraph))) / across))
        for paragraph in paragraphs
    )
    return lines * size * line


def size_of(
    paragraphs: Sequence[Sequence[Said]], orientation: str, *, has_photo: bool
) -> int | None:
    """The place in ``SIZES`` of the largest letters that fit; None if none do."""
    width, room = ROOM[Orientation(orientation)][has_photo]
    for place, (size, line) in enumerate(SIZES):
        if height(paragraphs, width, size, line) <= room:
            return place
    return None
