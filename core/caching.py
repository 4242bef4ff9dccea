"""Django's Redis cache makes a client for every word it says to the server, which costs
more than the word; a client is safe for threads and may stay."""

from django.core.cache.backends import redis


class LastingClient(redis.RedisCacheClient):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.kept = {}

    def get_client(self, key=None, *, write=False):
        pool = self._get_connection_pool(write)
        if pool not in self.kept:
            self.kept[pool] = self._client(connection_pool=pool)
        return self.kept[pool]


class RedisCache(redis.RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = LastingClient
