"""ID numbers by GB 11643: read, checked, and made for people who do not exist."""

from dataclasses import dataclass
from datetime import date

from measures.citations import runs
from measures.reading import Unreadable

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """What a good number says; ``area`` is the place at issue, perhaps dissolved."""

    number: str
    area: str
    born: date
    sex: str


class BadIdNumber(Unreadable):
    """The number cannot be anybody's; ``code`` is the cleaning rule that says so."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__("id_number", zh, en)
        self.code = code

    def __reduce__(self) -> tuple[type["BadIdNumber"], tuple[str, str, str]]:
        return type(self), (self.code, self.message.zh, self.message.en)


def check_character(first_seventeen: str) -> str:
    """The eighteenth character by ISO 7064 mod 11-2."""
    total = sum(
        int(digit) * weight
        for digit, weight in zip(first_seventeen, WEIGHTS, strict=True)
    )
    return CHECK_CHARACTERS[total % 11]


@runs("clean-identity")
def check_id_number(number: str) -> IdNumber:
    """Read a number of eighteen characters, or raise ``BadIdNumber`` saying why not.

    A small x is taken for X. The area is not looked up: an unknown one is a doubt.
    """
    if len(number) != 18:
        raise BadIdNumber("ID01", "公民身份号码应为18位", "should be 18 characters")
    digits, last = number[:17], number[17].upper()
    if not (digits.isascii() and digits.isdigit()):
        raise BadIdNumber("ID02", "前17位应为数字", "the first 17 should be digits")
    if last != check_character(digits):
        raise BadIdNumber("ID02", "校验码不正确", "the check character is wrong")
    born = birth_date(digits)
    return IdNumber(
        number=digits + last,
        area=digits[:6],
        born=born,
        sex="male" if int(digits[16]) % 2 else "female",
    )


def birth_date(digits: str) -> date:
    """Any real day: the standard's own second example was born in 1880."""
    try:
        return date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        raise BadIdNumber(
            "ID05", "号码中的出生日期无效", "no real date of birth in it"
        ) from None


def make_id_number(area: str, born: date, sex: str, serial: int) -> str:
    """A well-formed number for a made-up person; ``serial`` is from 0 to 499.

    Use an area code that no place has, so that the number can be nobody's.
    """
    if len(area) != 6 or not (area.isascii() and area.isdigit()):
        raise ValueError("area should be six digits")
    if not 0 <= serial <= 499:
        raise ValueError("serial should be from 0 to 499")
    order = 2 * serial + (1 if sex == "male" else 0)
    digits = f"{area}{born:%Y%m%d}{order:03d}"
    return digits + check_character(digits)
