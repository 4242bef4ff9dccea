"""Reading a number as people write it.

``reading`` is the one reader: calculations take a whole answer by it, and blanks each
number within one (``folding``).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

SPACES = re.compile(r"\s+")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-"})
POINTS = str.maketrans({"。": ".", "、": ","})
BANKERS = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億圆", "一二三四五六七八九十百千万亿元"
)
DIGITS = dict(
    zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
ZEROS = "零〇"
DIGIT = "[0-9一二两三四五六七八九]"
# A number of more signs is none that a person would write.
LONGEST = 40
ARABIC = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
# 1.5万, 3千, 2.5百万: how many noughts the words stand for.
SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7}
SCALES |= {"亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}
SCALED = re.compile(rf"([0-9]+(?:\.[0-9]+)?)({'|'.join(SCALES)})")
POINTED = re.compile(rf"(.+)点([0-9{''.join(DIGITS)}]+)(万亿|万|亿)?")
SPELLED = re.compile(rf"[{''.join(DIGITS)}]+")
BELOW_MYRIAD = re.compile(
    rf"(?:({DIGIT})千)?零?(?:({DIGIT})百)?零?(?:({DIGIT}?)(十))?零?({DIGIT})?"
)
MYRIADS = (("亿", 10**8), ("万", 10**4))
# Ways to write one unit. They are told apart only where a number could mean either.
UNITS = (
    ("平方米", "平米", "m2"),
    ("元", "块钱", "块"),
    ("人", "名", "位", "口人", "个人"),
    ("天", "日"),
    ("个月", "月"),
    ("周岁", "岁"),
    ("公里", "千米", "km"),
    ("公斤", "千克", "kg"),
)


def number_in(text: str, *, unit: str = "") -> Decimal | None:
    """Return the number that ``text`` writes, with or without its unit, else None.

    Full-width digits, thousands' commas and Chinese numerals are read: ``６０`` and
    ``六十平米`` are 60, ``1.5万`` and ``一万五`` 15000.
    """
    plain = without_unit(plain_text(text), plain_text(unit))
    is_negative = plain.startswith(("-", "负"))
    value = reading(plain[1:] if is_negative or plain.startswith("+") else plain)
    return value.copy_negate() if is_negative and value is not None else value


def without_unit(plain: str, unit: str) -> str:
    if unit == "%" and plain.startswith("百分之"):
        return plain.removeprefix("百分之").replace("百", "100", plain == "百分之百")
    same = next((names for names in UNITS if unit in names), (unit,))
    for name in sorted(same, key=len, reverse=True):
        if name and plain.endswith(name):
            return plain.removesuffix(name)
    return plain


def plain_text(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(POINTS)).translate(MINUS)
    return THOUSANDS.sub("", SPACES.sub("", folded)).lower().translate(BANKERS)


def reading(text: str) -> Decimal | None:
    """Return the number without a sign that the whole of ``text`` writes, exactly;
    None when it is no numeral (十三五, 一二三) or one beyond all bounds."""
    if not 1 <= len(text) <= LONGEST:
        return None
    if ARABIC.fullmatch(text):
        return Decimal(text)
    if found := SCALED.fullmatch(text):
        return Decimal(f"{found[1]}e{SCALES[found[2]]}")
    if found := POINTED.fullmatch(text):
        whole = reading(found[1])
        if whole is None or whole != int(whole):
            return None
        return reading(f"{int(whole)}.{in_digits(found[2])}{found[3] or ''}")
    if digits := spelled(text):
        return Decimal(digits)
    value = whole_in(text.replace("〇", "零"))
    return None if value is None else Decimal(value)


def spelled(text: str, *, is_year: bool = False) -> str:
    """Return digit after digit (二〇一七), else the empty word. Several without a
    nought count only as a year: 一二三 is no number."""
    if not SPELLED.fullmatch(text):
        return ""
    is_number = len(text) == 1 or any(zero in text for zero in ZEROS)
    return in_digits(text) if is_number or (is_year and len(text) == 4) else ""


def in_digits(text: str) -> str:
    return "".join(str(DIGITS.get(sign, sign)) for sign in text)


def whole_in(text: str) -> int | None:
    """Return what a numeral with steps says: 一百零五 is 105, 3万5千 is 35000."""
    for name, size in MYRIADS:
        head, found, tail = text.rpartition(name)
        if found:
            before, after = whole_in(head), after_myriad(tail, size)
            if not before or before >= size or after is None:
                return None
            return before * size + after
    return below_myriad(text)


def after_myriad(text: str, size: int) -> int | None:
    """What stands behind 万 or 亿. A single digit there is the next step's: 一万二."""
    if not text:
        return 0
    if re.fullmatch(DIGIT, text):
        return value_of(text) * size // 10
    if text.isdigit() and len(text) != len(str(size)) - 1:
        return None  # 1万25 may be 10025 or 12500
    value = whole_in(text.removeprefix("零"))
    return value if value is not None and value < size else None


def below_myriad(text: str) -> int | None:
    if re.fullmatch("[0-9]{1,4}", text):
        return int(text)
    found = BELOW_MYRIAD.fullmatch(text)
    if not text or not found or text != text.strip("零") or "零零" in text:
        return None
    thousands, hundreds, tens, ten, last = found.groups()
    total = 1000 * value_of(thousands) + 100 * value_of(hundreds)
    total += 10 * (value_of(tens) or 1) if ten else 0
    # Directly behind 千 or 百 a last digit is the next step's: 三千五 is 3500.
    return total + value_of(last) * {"千": 100, "百": 10}.get(text[-2:-1], 1)


def value_of(digit: str | None) -> int:
    return int(in_digits(digit)) if digit else 0
