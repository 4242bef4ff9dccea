"""Signing off what papers may be drawn from."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core.audit import record
from exams.errors import EmptyRelease, MixedEditions, StaleQuestions
from exams.models import Item, ItemVersion, Release, ReleaseEntry

from .grounding import stale_among

MOST_NAMED = 10


@transaction.atomic
def sign_release(line: str, *, by: User | None, at: datetime) -> Release:
    """Sign the current version of every item as the next release of ``line``.

    When the line's last release holds just these, it is returned instead. Raises
    ``EmptyRelease``, ``MixedEditions`` or ``StaleQuestions``.
    """
    versions = list(current_versions())
    if not versions:
        raise EmptyRelease
    editions = sorted({version.edition for version in versions})
    if len(editions) > 1:
        raise MixedEditions(editions=", ".join(editions))
    content_hash = hash_of(versions)
    last = latest_release(line)
    if last and last.content_hash == content_hash:
        return last
    if stale := stale_among(versions):
        raise StaleQuestions(codes=codes_of(stale))
    release = Release.objects.create(
        line=line,
        number=last.number + 1 if last else 1,
        edition_code=editions[0],
        content_hash=content_hash,
        signed_at=at,
        signed_by=by,
    )
    ReleaseEntry.objects.bulk_create(
        ReleaseEntry(release=release, item_id=version.item_id, version=version)
        for version in versions
    )
    record("release.signed", release, by=by, questions=len(versions))
    return release


def keep_starter_release(line: str, *, at: datetime) -> Release:
    """Sign what the project's files say, as long as nobody else has written here.

    From an author's first version on, releases are signed by people; and so they are
    when what is cited has changed.
    """
    last = latest_release(line)
    if last and stale_among(current_versions()):
        return last
    if last and current_versions().exclude(made_by=None).exists():
        return last
    return sign_release(line, by=None, at=at)


def current_versions() -> QuerySet[ItemVersion]:
    current = Item.objects.exclude(current=None).values("current")
    return ItemVersion.objects.filter(pk__in=current).order_by("item")


def stale_questions() -> list[ItemVersion]:
    """The current versions that hold back the next release."""
    return stale_among(current_versions().select_related("item"))


def codes_of(versions: list[ItemVersion]) -> str:
    codes = sorted(version.item.code for version in versions)
    more = ["…"] if len(codes) > MOST_NAMED else []
    return ", ".join([*codes[:MOST_NAMED], *more])


def unreleased_count(line: str) -> int:
    """Return how many current versions the line's last release does not hold."""
    last = latest_release(line)
    return (
        current_versions().exclude(releases=last).count()
        if last
        else (current_versions().count())
    )


def hash_of(versions: list[ItemVersion]) -> str:
    parts = sorted(f"{version.item_id}:{version.content_hash}" for version in versions)
    return sha256("\n".join(parts).encode()).hexdigest()


def latest_release(line: str) -> Release | None:
    return Release.objects.filter(line=line).order_by("-number").first()
