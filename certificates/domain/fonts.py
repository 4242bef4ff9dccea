"""The fonts that certificates are printed with."""

import logging
from base64 import b64encode
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from weasyprint import CSS, pdf
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration

from certificates.domain.typefaces import FONTS, ROOT
from certificates.errors import GlyphMissing

INTENT = "--srgb"
# fontTools tells every subset it makes; that is nobody's news.
logging.getLogger("fontTools").setLevel(logging.WARNING)


@dataclass(frozen=True)
class PrintingKit:
    """Fonts and sheet as WeasyPrint keeps them; ``characters`` None: all there are."""

    configuration: FontConfiguration
    sheet: CSS
    characters: frozenset[str] | None = None

    def can_set(self, text: str) -> bool:
        return self.characters is None or self.characters.issuperset(
            "".join(text.split())
        )


@cache
def printing_kit() -> PrintingKit:
    """The whole fonts, read once a process: that halves the time of every PDF."""
    return kit_with({weight: path.as_uri() for weight, path in FONTS.items()})


def kit_with(
    fonts: dict[int, str], characters: frozenset[str] | None = None
) -> PrintingKit:
    configuration = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: Certificate; font-weight: {weight};"
        f' src: url("{address}") }}'
        for weight, address in fonts.items()
    )
    words = (ROOT / "paper" / "paper.css").read_text(encoding="utf-8")
    sheet = CSS(string=faces + words, font_config=configuration)
    return PrintingKit(configuration, sheet, characters)


@lru_cache(maxsize=2)
def cut_kit(characters: frozenset[str]) -> PrintingKit:
    """The fonts cut to ``characters``: a third off the time of every PDF, and a small
    part of the memory. Worth it for many papers, because the cut takes seconds."""
    return kit_with(
        {weight: cut(path, characters) for weight, path in FONTS.items()}, characters
    )


def cut(path: Path, characters: frozenset[str]) -> str:
    """The font at ``path`` with nothing but ``characters``, as a data URI."""
    options = Options()
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    # Cut again, it is the same to the byte: the day of the cut is nobody's news either.
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        cutter = Subsetter(options)
        cutter.populate(text="".join(sorted(characters)))
        cutter.subset(font)
        content = BytesIO()
        font.save(content)
    return f"data:font/ttf;base64,{b64encode(content.getvalue()).decode()}"


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


def uncovered(*texts: str) -> list[str]:
    """The characters of ``texts`` that some weight has no glyph for."""
    return sorted(
        {
            c
            for text in texts
            for c in text
            if not c.isspace() and ord(c) not in covered()
        }
    )


def name_of(character: str) -> str:
    return f"{character} (U+{ord(character):04X})"


def refuse_missing_glyphs(*texts: str) -> None:
    """Raise ``GlyphMissing`` rather than print a box, or another font's letter."""
    if missing := uncovered(*texts):
        raise GlyphMissing(characters="、".join(map(name_of, missing)))
