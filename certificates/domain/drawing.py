"""The certificate's own drawings as SVG: border, ground, seal and QR code."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

import segno
from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from certificates.domain.typefaces import FONTS

# Millimetres: A4 on its side, and the middle line of the border's band.
WIDTH, HEIGHT = 297, 210
INSET, SWING = 13.2, 3.1
STRANDS = 6
WAVE = 20.4
GOLD, PALE_GOLD, FAINT_GOLD = "#b08a3e", "#e3cd98", "#f1e5c7"
RED, SEAL_RED = "#a4161a", "#c4161c"
# A seal is ink: what it is pressed upon shines through.
INK = 0.82
SEAL_SWEEP = 4.5  # radians that the longest name may take
NOTICE = "演示印章"
QUIET = 4  # modules of nothing round a QR code
# The standard has all eight masks tried and the most even result taken, which makes a
# code five times as dear. That guards against data with a pattern; ours is a signature,
# as even as noise whatever lies over it: this mask's mean score is 2440, the best one's
# 2310, and blurred, turned and dirty both are read as often. A code names its mask.
MASK = 0

Curve = Callable[[float], tuple[float, float]]


def data_uri(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def drawing(width: float, height: float, *parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}mm" height="{height}mm">{"".join(parts)}</svg>'
    )


def path_along(curve: Curve, steps: int, *, closed: bool = False) -> str:
    """Return SVG path data through ``curve`` at 0 … ``steps``, as smooth Béziers."""
    points = [curve(step) for step in range(steps + 1)]
    slopes = [slope_of(curve, step) for step in range(steps + 1)]
    data = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    for (x, y), (dx, dy), (u, v), (du, dv) in zip(
        points, slopes, points[1:], slopes[1:], strict=False
    ):
        data.append(
            f"C{x + dx / 3:.2f} {y + dy / 3:.2f} {u - du / 3:.2f} {v - dv / 3:.2f} "
            f"{u:.2f} {v:.2f}"
        )
    return "".join(data) + ("Z" if closed else "")


def slope_of(curve: Curve, at: float, nudge: float = 1e-4) -> tuple[float, float]:
    (x, y), (u, v) = curve(at - nudge), curve(at + nudge)
    return (u - x) / (2 * nudge), (v - y) / (2 * nudge)


def line(data: str, colour: str, width: float) -> str:
    return f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def frame(inset: float, colour: str, stroke: float, width: float, height: float) -> str:
    return (
        f'<rect x="{inset}" y="{inset}" width="{width - 2 * inset}" '
        f'height="{height - 2 * inset}" fill="none" stroke="{colour}" '
        f'stroke-width="{stroke}"/>'
    )


@lru_cache(maxsize=2)
def border(width: float = WIDTH, height: float = HEIGHT) -> str:
    """The braided band between its rules, with a rosette in every corner."""
    corners = [(x, y) for x in (INSET, width - INSET) for y in (INSET, height - INSET)]
    size = (width, height)
    return drawing(
        *size,
        frame(7.4, RED, 0.9, *size),
        frame(8.9, GOLD, 0.25, *size),
        *braid(*size),
        frame(INSET + SWING + 1.2, GOLD, 0.25, *size),
        frame(INSET + SWING + 2.2, GOLD, 0.6, *size),
        *(part for corner in corners for part in corner_rosette(*corner)),
    )


def braid(width: float, height: float) -> Iterable[str]:
    for strand in range(STRANDS):
        phase = 2 * pi * strand / STRANDS
        colour = GOLD if strand % 2 else PALE_GOLD
        for data in sides(phase, width, height):
            yield line(data, colour, 0.28)


def sides(phase: float, width: float, height: float) -> Iterable[str]:
    """One strand along the four sides, a node every quarter of a wave."""
    across, down = width - 2 * INSET, height - 2 * INSET
    for length, place in (
        (across, lambda along, off: (INSET + along, INSET + off)),
        (across, lambda along, off: (INSET + along, height - INSET + off)),
        (down, lambda along, off: (INSET + off, INSET + along)),
        (down, lambda along, off: (width - INSET + off, INSET + along)),
    ):
        waves = round(length / WAVE)
        steps = 4 * waves
        yield path_along(
            lambda step, length=length, steps=steps, place=place: place(
                length * step / steps, SWING * sin(pi * step / 2 + phase)
            ),
            steps,
        )


def corner_rosette(x: float, y: float) -> Iterable[str]:
    """A disc of paper with a flower of lines over the braid's ends."""
    yield f'<circle cx="{x}" cy="{y}" r="6.4" fill="#fffdf7"/>'
    for turn in range(3):
        yield line(petals(x, y, 4.1, 1.9, 8, turn * pi / 12), GOLD, 0.26)
    yield (
        f'<circle cx="{x}" cy="{y}" r="6.3" fill="none" stroke="{GOLD}" '
        'stroke-width="0.5"/>'
    )
    yield f'<circle cx="{x}" cy="{y}" r="1.3" fill="{RED}"/>'


def petals(
    x: float, y: float, radius: float, swing: float, count: int, turn: float
) -> str:
    steps = count * 4

    def curve(step: float) -> tuple[float, float]:
        angle = 2 * pi * step / steps
        reach = radius + swing * cos(count * angle)
        return x + reach * cos(angle + turn), y + reach * sin(angle + turn)

    return path_along(curve, steps, closed=True)


@lru_cache(maxsize=1)
def ground() -> str:
    """The pale rosette in the paper, behind the words."""
    rings = [
        line(petals(60, 60, 34, swing, 12, turn * pi / 36), FAINT_GOLD, 0.22)
        for turn in range(3)
        for swing in (22, -14)
    ]
    return drawing(120, 120, *rings)


@lru_cache(maxsize=1)
def rule() -> str:
    """The line under the title: two strokes that taper from a diamond."""
    return drawing(
        100,
        4,
        f'<path d="M0 2L44 1.6V2.4Z M100 2L56 1.6V2.4Z" fill="{GOLD}"/>',
        f'<path d="M50 0.2L51.8 2L50 3.8L48.2 2Z" fill="{RED}"/>',
        f'<circle cx="46.2" cy="2" r="0.6" fill="{GOLD}"/>',
        f'<circle cx="53.8" cy="2" r="0.6" fill="{GOLD}"/>',
    )


@lru_cache(maxsize=256)
def seal(office: str) -> str:
    """A round seal that names the office and says that it is a demonstration.

    Its characters are outlines: it looks the same wherever it is shown.
    """
    return drawing(
        100,
        100,
        f'<circle cx="50" cy="50" r="47.6" fill="none" stroke="{SEAL_RED}" '
        f'stroke-opacity="{INK}" stroke-width="2.6"/>',
        f'<g fill="{SEAL_RED}" fill-opacity="{INK}">',
        *around(office),
        f'<path d="{star(50, 49, 13.5)}"/>',
        *(
            f'<path d="{outline(character, 10.4, 10.4, 0, x, 80.5)}"/>'
            for place, character in enumerate(NOTICE)
            for x in [50 + (place - 1.5) * 11.6]
        ),
        "</g>",
    )


def around(office: str) -> Iterable[str]:
    """The characters of ``office`` along the upper rim, evenly, feet inwards."""
    count = len(office)
    step = min(0.37, SEAL_SWEEP / max(count - 1, 1))
    squeeze = 0.86 if count > 12 else 1
    size = min(12, step * 36 * 0.98 / squeeze)
    for place, character in enumerate(office):
        turn = (place - (count - 1) / 2) * step
        x, y = 50 + 33.6 * sin(turn), 50 - 33.6 * cos(turn)
        data = outline(character, size * squeeze, size, turn, x, y)
        yield f'<path d="{data}"/>'


def outline(
    character: str, width: float, height: float, turn: float, x: float, y: float
) -> str:
    """Path data of a character of the bold font: its foot's middle at ``x``, ``y``,
    turned clockwise by ``turn``. What the font lacks is left blank."""
    face = bold()
    name = face.names.get(ord(character))
    if name is None:
        return "M0 0"
    glyph = face.glyphs[name]
    pen = SVGPathPen(face.glyphs, ntos=lambda number: f"{number:.2f}")
    across, up = width / face.em, height / face.em
    middle = glyph.width / 2
    turned = Transform(cos(turn), sin(turn), -sin(turn), cos(turn), x, y)
    glyph.draw(TransformPen(pen, turned.scale(across, -up).translate(-middle, 0)))
    return pen.getCommands()


@dataclass(frozen=True)
class Face:
    """A font as its outlines are read."""

    em: int
    names: dict[int, str]
    glyphs: Mapping


@lru_cache(maxsize=1)
def bold() -> Face:
    font = TTFont(FONTS[700], lazy=True)
    return Face(font["head"].unitsPerEm, font.getBestCmap(), font.getGlyphSet())


def star(x: float, y: float, radius: float) -> str:
    corners = (
        (
            x + radius * (1 if point % 2 == 0 else 0.382) * sin(point * pi / 5),
            y - radius * (1 if point % 2 == 0 else 0.382) * cos(point * pi / 5),
        )
        for point in range(10)
    )
    return "M" + "L".join(f"{u:.2f} {v:.2f}" for u, v in corners) + "Z"


def qr(address: str) -> segno.QRCode:
    """The address as a QR code.

    Its last part is of capitals and figures, which take less room by themselves.
    """
    way, slash, code = address.rpartition("/")
    return segno.make([way + slash, code], error="m", micro=False, mask=MASK)


def qr_code(address: str) -> str:
    """The QR code with its quiet zone, as a data URI."""
    return qr(address).svg_data_uri(border=QUIET)
