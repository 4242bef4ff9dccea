"""Keys by which a program reads what lies in one division."""

import secrets
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from accounts.errors import NotYours, TokenNameTaken
from accounts.models import Token, User
from accounts.permissions import can_keep_tokens
from core.audit import record
from divisions.models import Division
from divisions.scoping import at as placed_at

PREFIX = "fpxxy_"


def hash_of(key: str) -> str:
    """A key is 256 random bits: a plain hash keeps it as safe as a slow one."""
    return sha256(key.encode()).hexdigest()


@transaction.atomic
def make_token(
    name: str, *, division: Division, by: User, at: datetime
) -> tuple[Token, str]:
    """Make a token and return it with its key, which nobody can read afterwards.

    Raises ``NotYours``, or ``TokenNameTaken`` while a token of that name stands there.
    """
    if not can_keep_tokens(by, division):
        raise NotYours(division=division)
    key = PREFIX + secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            token = Token.objects.create(
                name=name.strip(),
                key_hash=hash_of(key),
                made_by=by,
                made_at=at,
                **placed_at(division),
            )
    except IntegrityError as clash:
        raise TokenNameTaken(name=name) from clash
    record("token.made", token, by=by)
    return token, key


@transaction.atomic
def revoke_token(token: Token, *, by: User, at: datetime) -> Token:
    """Close the token from this moment on; twice is once. Raises ``NotYours``."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if not can_keep_tokens(by, token.division):
        raise NotYours(division=token.division)
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = at, by
        token.save(update_fields=["revoked_at", "revoked_by"])
        record("token.revoked", token, by=by)
    return token


def token_with(key: str, *, on: date) -> Token | None:
    """The standing token with this key; the day of its use is kept, once a day."""
    token = (
        Token.objects.standing()
        .select_related("division")
        .filter(key_hash=hash_of(key))
        .first()
    )
    if token and token.last_used_on != on:
        Token.objects.filter(pk=token.pk).update(last_used_on=on)
    return token
