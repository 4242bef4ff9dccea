"""Reading a number as people write it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

SPACES = re.compile(r"\s+")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
ARABIC = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-"})
POINTS = str.maketrans({"。": ".", "、": ","})
DIGITS = dict(
    zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
# A numeral of more signs is none that a person would write.
LONGEST_NUMERAL = 40
STEPS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}


def number_in(text: str, *, unit: str = "") -> Decimal | None:
    """Return the number that ``text`` writes, with or without its unit, else None.

    Full-width digits, thousands' commas, 万 and Chinese numerals are read:
    ``６０`` and ``六十平方米`` are 60, ``1.5万`` is 15000.
    """
    plain = plain_text(text)
    if unit:
        plain = plain.removesuffix(plain_text(unit))
    factor = 1
    if plain[-1:] in MYRIADS and ARABIC.fullmatch(plain[:-1]):
        factor, plain = MYRIADS[plain[-1]], plain[:-1]
    if ARABIC.fullmatch(plain):
        return Decimal(plain) * factor
    whole = chinese_number(plain)
    return None if whole is None else Decimal(whole)


def plain_text(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(POINTS)).translate(MINUS)
    return THOUSANDS.sub("", SPACES.sub("", folded)).lower()


def chinese_number(text: str) -> int | None:
    """Return what a whole Chinese numeral says: 一百零五 is 105."""
    total = section = digit = 0
    if (
        not 1 <= len(text) <= LONGEST_NUMERAL
        or set(text) - DIGITS.keys() - STEPS.keys() - MYRIADS.keys()
    ):
        return None
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in STEPS:
            section += (digit or 1) * STEPS[sign]
            digit = 0
        else:
            # 亿 counts all before it, 万 what stands since the last 亿.
            before = total if sign == "亿" else 0
            total += (before + section + digit) * MYRIADS[sign] - before
            section = digit = 0
    return total + section + digit
