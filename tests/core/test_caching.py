"""One client for all that a process says to Redis."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches

pytestmark = pytest.mark.skipif(
    not os.environ.get("CACHE_URL"), reason="needs CACHE_URL"
)


def test_a_client_stays_and_serves_every_thread():
    cache = caches["default"]
    client = cache._cache

    def say(number: int) -> int:
        cache.set(f"kept-{number}", number)
        return cache.get(f"kept-{number}")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(say, range(40))) == list(range(40))
    assert client.get_client() is client.get_client(write=True)
