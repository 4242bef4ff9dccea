"""Who may ask the interface for programs, and how often."""

from datetime import date
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from core.dates import EARLIEST, LATEST
from divisions.models import Division

from .domain.keying import token_with
from .models import Token

# A scheduled job asks a few dozen times; more than one a second is a mistake.
RATE = "60/m"
Day = Annotated[
    date | None,
    Query(
        None,
        ge=EARLIEST,
        le=LATEST,
        description="As of this day; today if left out.",
    ),
]


class RefusedOut(Schema):
    """Why nothing is told."""

    detail: str


class FaultOut(Schema):
    """One value of the address that could not be read."""

    type: str
    loc: list[str | int]
    msg: str


class UnreadableOut(Schema):
    detail: list[FaultOut]


# No standing key; not in its division; an address that cannot be read; too often.
REFUSALS = {401: RefusedOut, 404: RefusedOut, 422: UnreadableOut, 429: RefusedOut}


class TokenAuth(HttpBearer):
    """``Authorization: Bearer …`` with the key of a standing token."""

    def authenticate(self, request, token: str) -> Token | None:
        return token_with(token, on=timezone.localdate())


class TokenThrottle(SimpleRateThrottle):
    """So many requests a minute for each token, wherever they come from."""

    scope = "token"

    def __init__(self, rate: str = RATE):
        super().__init__(rate)

    def get_cache_key(self, request) -> str:
        return self.cache_format % {"scope": self.scope, "ident": request.auth.pk}


def division_or_404(request, code: str) -> Division:
    """A division in the token's own; any other does not exist."""
    own = Division.objects.within(request.auth.division_code)
    return get_object_or_404(own, code=code)
