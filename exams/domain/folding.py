"""Evening out how people write the same words.

Full-width signs, spaces, capitals, punctuation at the ends, quotation marks and the
way a number is written make no difference to an answer: ``３０００元。``, ``三千元``,
``3千元`` and ``3,000.00 元`` are the same. What is no numeral (``十三五``) stays as it
is.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from .reckoning import ARABIC, BANKERS, DIGITS, plain_text, reading, spelled

MARKS = str.maketrans("", "", "《》〈〉“”‘’「」『』\"'`")
ENDS = " .,;:!?。、·…—-_~()[]"
SIGNS = f"0-9{''.join(DIGITS)}十百千万亿"
RUN = re.compile(rf"[{SIGNS}]+(?:[.点][{SIGNS}]+)*")
# 2017.10 is a month and not the number 2017.1.
MONTH = re.compile(r"(?:19|20)[0-9]{2}\.(?:0[1-9]|1[0-2])")
# With 分 behind it 3点50 is a time and not 3.5.
CLOCK = re.compile(r".+点..")
PERCENT, WHOLE_PERCENT = "百分之", "百分之百"
OF_HUNDRED = re.compile(r"百分之([0-9]+(?:\.[0-9]+)?)")
SQUARE_METRES = re.compile(r"(?<=[0-9])(?:平米|m2)")
YUAN = re.compile(r"(?<=[0-9])块钱")


def folded(text: str) -> str:
    """Return ``text`` in the one form in which answers are compared."""
    plain = unicodedata.normalize("NFKC", text).translate(BANKERS).translate(MARKS)
    # Signs that spaces kept apart may have come together.
    plain = unicodedata.normalize("NFKC", plain_text_of(plain)).strip(ENDS)
    plain = plain.replace(WHOLE_PERCENT, "100%")
    parts = [RUN.sub(figure, part) for part in plain.split(PERCENT)]
    plain = OF_HUNDRED.sub(r"\1%", PERCENT.join(parts))
    return YUAN.sub("元", SQUARE_METRES.sub("平方米", plain))


def plain_text_of(text: str) -> str:
    """As numbers are read, but a full stop stays one and not a decimal point."""
    return "。".join(plain_text(part) for part in text.split("。"))


def figure(found: re.Match) -> str:
    """Return a number in digits, anything else as it is."""
    run, behind = found[0], found.string[found.end() : found.end() + 1]
    if ARABIC.fullmatch(run):
        return run if MONTH.fullmatch(run) else without_noughts(run)
    if digits := spelled(run, is_year=behind == "年"):
        return digits
    is_time = bool(CLOCK.fullmatch(run)) and behind == "分"
    value = None if is_time else reading(run)
    if value is not None:
        return written(value)
    if "点" in run and "." not in run:
        return "点".join(RUN.sub(figure, part) for part in run.split("点"))
    return run


def written(value: Decimal) -> str:
    return without_noughts(format(value, "f"))


def without_noughts(figure: str) -> str:
    return figure.rstrip("0").rstrip(".") if "." in figure else figure
