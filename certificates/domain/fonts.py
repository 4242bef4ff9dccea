"""The fonts that certificates are printed with."""

import logging
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from weasyprint import CSS, pdf
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration

from certificates.errors import GlyphMissing

ROOT = Path(__file__).resolve().parents[1]
FONTS = {
    400: ROOT / "fonts" / "NotoSerifSC_400Regular.ttf",
    700: ROOT / "fonts" / "NotoSerifSC_700Bold.ttf",
}
INTENT = "--srgb"
# fontTools tells every subset it makes; that is nobody's news.
logging.getLogger("fontTools").setLevel(logging.WARNING)


@cache
def printing_kit() -> tuple[FontConfiguration, CSS]:
    """Fonts and sheet, read once a process: that halves the time of every PDF."""
    configuration = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: Certificate; font-weight: {weight};"
        f' src: url("{path.as_uri()}") }}'
        for weight, path in FONTS.items()
    )
    words = (ROOT / "paper" / "paper.css").read_text(encoding="utf-8")
    return configuration, CSS(string=faces + words, font_config=configuration)


@cache
def srgb() -> bytes:
    """The colour profile that the archive asks for, WeasyPrint's own file."""
    return (Path(pdf.__file__).parent / "sRGB2014.icc").read_bytes()


def colours() -> dict[str, ColorProfile]:
    """The output intent, made here because WeasyPrint's own never closes its file."""
    rgb = (["r"], ["g"], ["b"])
    intent = "relative-colorimetric"
    return {INTENT: ColorProfile(BytesIO(srgb()), "sRGB2014.icc", intent, rgb)}


@cache
def covered() -> frozenset[int]:
    """The characters that every weight has a glyph for."""
    coverage = []
    for path in FONTS.values():
        with TTFont(path, lazy=True) as font:
            coverage.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*coverage)


def refuse_missing_glyphs(*texts: str) -> None:
    """Raise ``GlyphMissing`` rather than print a box, or another font's letter."""
    missing = sorted(
        {
            c
            for text in texts
            for c in text
            if not c.isspace() and ord(c) not in covered()
        }
    )
    if missing:
        named = "、".join(f"{c} (U+{ord(c):04X})" for c in missing)
        raise GlyphMissing(characters=named)
