"""What may be tried how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

# A while is counted in so many spans, and the one that it begins in counts whole: never
# too many pass, wherever a while is said to begin; a place may come free one span late.
SPANS = 12


class Tally(Protocol):
    """Where tries are counted, by span; every act is atomic for all who count there."""

    def take(self, key: bytes, number: int, *, allowed: int, span: float) -> int | None:
        """Count one in the span ``number``; or, if the last spans hold ``allowed``
        already, count nothing and return the oldest of them that holds any."""

    def give_back(self, key: bytes, number: int) -> None: ...

    def clear(self) -> None: ...


@cache
def tally() -> Tally:
    """The one tally of this process."""
    return import_string(settings.TALLY["BACKEND"])(settings.TALLY["LOCATION"])


@dataclass(frozen=True)
class Brake:
    """At most ``allowed`` within any ``seconds`` that follow one another, for each key.
    Refused tries are not counted: who waits as told is let through."""

    name: str
    allowed: int
    seconds: int

    def take(self, key: str, *, at: datetime) -> float:
        """Count a try and return 0; or the seconds after which one is allowed again."""
        now, number = at.timestamp(), self.number(at)
        oldest = tally().take(
            self.hashed(key), number, allowed=self.allowed, span=self.span
        )
        return 0.0 if oldest is None else (oldest + SPANS + 1) * self.span - now

    def give_back(self, key: str, *, at: datetime) -> None:
        """Uncount the try taken ``at`` this instant: it was no guess."""
        tally().give_back(self.hashed(key), self.number(at))

    @property
    def span(self) -> float:
        return self.seconds / SPANS

    def number(self, at: datetime) -> int:
        return int(at.timestamp() // self.span)

    def hashed(self, key: str) -> bytes:
        """No address lies in the tally, and nobody can choose keys that collide."""
        secret = settings.SECRET_KEY.encode()[:64]
        said = f"{self.name}\n{key}".encode()
        return blake2b(said, digest_size=16, key=secret).digest()
