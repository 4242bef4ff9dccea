"""A tally for several machines, in Redis."""

from __future__ import annotations

from redis import Redis

from .brakes import SPANS

# Redis runs a script as one step. A field of the hash is a span and holds its count.
TAKE = """
local number, allowed, kept = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local rows = redis.call('HGETALL', KEYS[1])
local sum, oldest = 0, number
for place = 1, #rows, 2 do
  local span, count = tonumber(rows[place]), tonumber(rows[place + 1])
  if span <= number - kept or span >= number + kept then
    redis.call('HDEL', KEYS[1], rows[place])
  elseif count > 0 then
    sum = sum + count
    oldest = math.min(oldest, span)
  end
end
if sum >= allowed then return oldest end
redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return false
"""
GIVE_BACK = """
if tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0) > 0 then
  redis.call('HINCRBY', KEYS[1], ARGV[1], -1)
end
"""
PREFIX = b"brake:"


class ServedTally:
    """One journey to the server a try."""

    def __init__(self, url: str) -> None:
        self.server = Redis.from_url(url)
        self.taking = self.server.register_script(TAKE)
        self.giving_back = self.server.register_script(GIVE_BACK)

    def take(self, key: bytes, number: int, *, allowed: int, span: float) -> int | None:
        kept = SPANS + 1
        lasting = int(1000 * span * (kept + 1))
        return self.taking([PREFIX + key], [number, allowed, kept, lasting])

    def give_back(self, key: bytes, number: int) -> None:
        self.giving_back([PREFIX + key], [number])

    def clear(self) -> None:
        for key in self.server.scan_iter(PREFIX + b"*"):
            self.server.delete(key)
