"""Text and numbers as they are kept, whatever a file made of them."""

import re
from decimal import Decimal

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """One kind of line end, no control characters, no blank ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", text).strip()


def plain_number(number: object) -> str:
    """Return a number as text without exponent or idle zeros: 2.50 gives 2.5."""
    text = format(Decimal(str(number)), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
