"""The pictures of a paper as WeasyPrint draws them, kept from one paper to the next.

Turning an SVG into marks on a page took half the time of a certificate. Border, ground,
rule and seal are the same on every paper of an office: their marks are made once a
process and repeated. The QR code is drawn from its squares, without an SVG between.
"""

import re
from copy import deepcopy
from functools import lru_cache
from xml.etree import ElementTree
from zlib import compress

import pydyf
from weasyprint.images import RasterImage, SVGImage
from weasyprint.pdf.stream import Stream

from certificates.domain import drawing

# How opaque lines ("A0.82") and areas ("a1.0") are, by WeasyPrint's names: all that a
# picture may lean on. Anything else would be missing where it is repeated.
ALPHA = re.compile(r"[Aa](\d+(?:\.\d+)?)")
BORDER, GROUND, RULE = "picture:border", "picture:ground", "picture:rule"


class KeptPicture(SVGImage):
    """An SVG of lines and areas, whose marks are kept, packed, for every size it is
    drawn in, and go into the document as a form of their own.

    They may let what is below shine through (``fill-opacity``). Text cannot be set
    without a document; groups and gradients lean on theirs, and drawing them raises
    ``ValueError``.
    """

    def __init__(self, svg: str):
        super().__init__(ElementTree.fromstring(svg), None, None, None)
        self.packed: dict[tuple[float, float], bytes] = {}
        self.alphas: set[str] = set()

    def draw(self, stream: Stream, width: float, height: float, style) -> None:
        size = (width, height)
        if size not in self.packed:
            self.packed[size] = compress(self.marks_of(stream, width, height))
        form = stream.add_group(0, 0, width, height)
        for name in sorted(self.alphas):
            form.set_alpha(float(name[1:]), stroke=name.startswith("A"))
        del form.extra["Group"]
        form.extra["Filter"] = "/FlateDecode"
        form.compress, form.stream = False, [self.packed[size]]
        stream.draw_x_object(form.id)

    def marks_of(self, stream: Stream, width: float, height: float) -> bytes:
        kinds = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")
        needs = {kind: pydyf.Dictionary() for kind in kinds}
        aside = stream.clone(resources=pydyf.Dictionary(needs | {"Font": None}))
        self._svg.draw(aside, width, height, None, None)
        # It would keep what it drew into, and with it the fonts of the document.
        self._svg.stream = None
        names = set().union(*needs.values())
        if not all(map(ALPHA.fullmatch, names)):
            raise ValueError("A kept picture is of lines and areas alone")
        self.alphas |= names
        return b"\n".join(aside.stream)


class GivenDrawing(KeptPicture):
    """A drawing that somebody brought along: kept where it can be, and drawn anew where
    it leans on the document."""

    is_kept = True

    def draw(self, stream: Stream, width: float, height: float, style) -> None:
        if self.is_kept:
            try:
                return super().draw(stream, width, height, style)
            except ValueError:
                self.is_kept = False
        return SVGImage.draw(self, stream, width, height, style)


class KeptDots(RasterImage):
    """A picture of dots as it stands in a document, made once: WeasyPrint unpacks a PNG
    and packs it again for every paper, which takes longer than the paper's words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.made: dict[tuple[bool, float], pydyf.Stream] = {}

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> pydyf.Stream:
        key = (interpolate, dpi_ratio)
        if key not in self.made:
            self.made[key] = super().get_x_object(interpolate, dpi_ratio)
        # Each document numbers its own; the dots themselves are not copied.
        return deepcopy(self.made[key])


class Squares:
    """A QR code, of dark squares on the paper's own ground."""

    def __init__(self, address: str):
        code = drawing.qr(address)
        self.rows = list(code.matrix_iter(border=drawing.QUIET))

    def get_intrinsic_size(self, resolution, font_size) -> tuple[float, float, float]:
        return len(self.rows), len(self.rows), 1

    def draw(self, stream: Stream, width: float, height: float, style) -> None:
        side = len(self.rows)
        runs = " ".join(
            f"{first} {y} {past - first} 1 re"
            for y, row in enumerate(self.rows)
            for first, past in dark_runs(row)
        )
        scale = f"q {width / side:.6f} 0 0 {height / side:.6f} 0 0 cm"
        stream.set_alpha(1.0)
        stream.stream.append(f"{scale} 0 0 0 rg {runs} f Q".encode())


def dark_runs(row) -> list[tuple[int, int]]:
    """Where a row's dark squares begin and end: neighbours are one rectangle, so that
    no viewer shows a seam between them."""
    framed = bytes([0, *row, 0])
    edges = [at for at in range(len(row) + 1) if framed[at] != framed[at + 1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


@lru_cache(maxsize=1)
def fixtures() -> dict[str, KeptPicture]:
    """What every paper shows, by the address that its template uses."""
    return {
        BORDER: KeptPicture(drawing.border()),
        GROUND: KeptPicture(drawing.ground()),
        RULE: KeptPicture(drawing.rule()),
    }


@lru_cache(maxsize=256)
def seal(office: str) -> KeptPicture:
    return KeptPicture(drawing.seal(office))
