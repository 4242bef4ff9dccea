"""The number's own check: ISO/IEC 7064, MOD 37-2.

One check character out of 37 (digits, letters, asterisk) finds every single wrong
character and every swap of neighbours.
"""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
MODULUS = 37
RADIX = 2
# What people put between the groups of a number, and full-width twins of it.
NOISE = str.maketrans("", "", " -－—　·.")
FULL_WIDTH = str.maketrans({chr(code + 0xFEE0): chr(code) for code in range(33, 127)})


def check_character(text: str) -> str:
    """Return the character that makes ``text`` and it pass ``is_sound``."""
    remainder = 0
    for character in text:
        remainder = (remainder + ALPHABET.index(character)) * RADIX % MODULUS
    return ALPHABET[(MODULUS + 1 - remainder) % MODULUS]


def is_sound(number: str) -> bool:
    """Whether the last character of ``number`` is the check of those before it."""
    body, last = number[:-1], number[-1:]
    if not body or any(character not in ALPHABET[:-1] for character in body):
        return False
    return last == check_character(body)


def normal_number(text: str) -> str:
    """Return what a person typed as it is stored: 451026202600001K."""
    return text.translate(FULL_WIDTH).translate(NOISE).upper()


def spaced(number: str) -> str:
    """Return the number in the groups it is read out in: 451026 2026 00001 K."""
    return f"{number[:6]} {number[6:10]} {number[10:-1]} {number[-1:]}"
