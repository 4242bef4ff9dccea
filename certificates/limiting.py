"""A brake on guessing: so many requests from one address in a while."""

from time import time

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache


def is_too_much(request, *, action: str, allowed: int, seconds: int) -> bool:
    """Count this request; whether its address has now had more than ``allowed``.

    allauth's own brake reads its limits from allauth's settings alone.
    """
    window = int(time() // seconds)
    key = f"brake:{action}:{get_client_ip(request)}:{window}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > allowed
    except ValueError:  # the window closed between the two lines
        return False
