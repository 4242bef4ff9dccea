"""How ID numbers are kept: encrypted, findable by a keyed hash, shown masked.

Both keys are derived from ``settings.ID_NUMBER_KEY``; losing it loses the numbers.
"""

import base64
import hmac
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings


def seal(number: str) -> str:
    """Return ``number`` encrypted; every call gives another text."""
    return cipher(settings.ID_NUMBER_KEY).encrypt(number.encode()).decode()


def unseal(sealed: str) -> str:
    return cipher(settings.ID_NUMBER_KEY).decrypt(sealed.encode()).decode()


def fingerprint(number: str) -> str:
    """Return the keyed hash by which equal numbers are found, 64 hex digits."""
    key = derived("fingerprint", settings.ID_NUMBER_KEY)
    return hmac.new(key, number.upper().encode(), sha256).hexdigest()


def masked(number: str) -> str:
    """Return the number as it may be shown: 450102********1234."""
    return f"{number[:6]}{'*' * 8}{number[14:]}" if number else ""


@lru_cache(maxsize=2)
def cipher(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived("cipher", secret)))


@lru_cache(maxsize=4)
def derived(purpose: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), f"id-number {purpose}".encode(), sha256).digest()
