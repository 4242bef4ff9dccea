"""Evening out how people write the same words.

Full-width signs, spaces, capitals, punctuation at the ends, quotation marks and the
way a number is written make no difference to an answer: ``３０００元。``, ``三千元``
and ``3,000 元`` are the same. What is no numeral (``十三五``) stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

from .reckoning import DIGITS, MYRIADS, STEPS, chinese_number, plain_text

BANKERS = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億圆", "一二三四五六七八九十百千万亿元"
)
MARKS = str.maketrans("", "", "《》〈〉“”‘’「」『』\"'`")
ENDS = " .,;:!?。、·…—-_~()[]"
NUMERAL = re.compile(f"[{''.join((*DIGITS, *STEPS, *MYRIADS))}]+")
MULTIPLIED = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([万亿])(?![万亿千百十])")
OF_HUNDRED = re.compile(r"百分之(\d+(?:\.\d+)?)")
SIGNS = "零一二三四五六七八九"
NO_STEP = re.compile(r"[零〇一二三四五六七八九]+")
# What ``chinese`` writes; a larger numeral stays as it is.
LIMIT = 10**12


def folded(text: str) -> str:
    """Return ``text`` in the one form in which answers are compared."""
    plain = unicodedata.normalize("NFKC", text).translate(BANKERS).translate(MARKS)
    # Signs that spaces kept apart may have come together.
    plain = unicodedata.normalize("NFKC", plain_text_of(plain)).strip(ENDS)
    plain = plain.replace("百分之", "\0")
    plain = NUMERAL.sub(lambda found: in_digits(found[0]), plain)
    plain = plain.replace("\0", "百分之")
    plain = MULTIPLIED.sub(lambda found: times(found[1], found[2]), plain)
    return OF_HUNDRED.sub(r"\1%", plain)


def plain_text_of(text: str) -> str:
    """As numbers are read, but a full stop stays one and not a decimal point."""
    return "。".join(plain_text(part) for part in text.split("。"))


def in_digits(numeral: str) -> str:
    """Return a well-formed Chinese numeral in digits, anything else as it is."""
    if NO_STEP.fullmatch(numeral):
        return "".join(str(DIGITS[sign]) for sign in numeral)
    value = chinese_number(numeral)
    if value is None or value >= LIMIT:
        return numeral
    plain = numeral.replace("两", "二").replace("〇", "零")
    if plain in (chinese(value), chinese(value, short=True)):
        return str(value)
    return numeral


def times(figure: str, step: str) -> str:
    """Move the point to the right; a whole number has none."""
    whole, _, part = figure.partition(".")
    zeros = len(str(MYRIADS[step])) - 1
    part = part.rstrip("0").ljust(zeros, "0")
    rest = part[zeros:]
    return (whole + part[:zeros]).lstrip("0").zfill(1) + (f".{rest}" if rest else "")


def chinese(number: int, *, short: bool = False) -> str:
    """Write a number below a trillion in Chinese; short: 十五 for 一十五."""
    words, gap = "", False
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, size)
        if not section:
            gap = bool(words)
            continue
        if words and (gap or section < 1000):
            words += SIGNS[0]
        words += in_section(section) + name
        gap = False
    words = words or SIGNS[0]
    return words[1:] if short and words.startswith("一十") else words


def in_section(number: int) -> str:
    words, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            words += (SIGNS[0] if gap and words else "") + SIGNS[digit] + name
        gap = not digit
    return words
