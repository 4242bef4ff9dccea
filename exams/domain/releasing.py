"""Signing off what papers may be drawn from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core.audit import record
from exams.enums import LeftOut
from exams.errors import EmptyRelease, MixedEditions, ReleaseMoved, StaleQuestions
from exams.models import Exclusion, Item, ItemVersion, Release, ReleaseEntry

from .excluding import exclusions_among
from .grounding import stale_among

MOST_NAMED = 10


@dataclass(frozen=True)
class Contents:
    """What the next release of an edition would hold, and what it leaves out, why."""

    edition: str
    versions: list[ItemVersion]
    left_out: list[tuple[ItemVersion, LeftOut]]
    exclusions: list[list[int]]

    @property
    def stale(self) -> list[ItemVersion]:
        return [each for each, why in self.left_out if why == LeftOut.STALE]

    @property
    def hash(self) -> str:
        return hash_of(self.versions, self.exclusions)

    @property
    def mark(self) -> str:
        """Equal for equal contents, so that what is signed is what was seen."""
        missing = [(each.pk, str(why)) for each, why in self.left_out]
        return sha256(repr((self.edition, self.hash, missing)).encode()).hexdigest()


@transaction.atomic
def sign_release(
    line: str,
    *,
    by: User | None,
    at: datetime,
    edition: str = "",
    seen: str | None = None,
) -> Release:
    """Sign what stands of one edition as the next release of ``line``.

    Without ``edition`` it is the one that the line goes by. When the line's last
    release holds just these, it is returned instead. Stale questions are left out when
    ``seen`` is the mark of these contents: somebody has read which they are. Raises
    ``EmptyRelease``, ``MixedEditions``, ``StaleQuestions`` or ``ReleaseMoved``.
    """
    current = list(current_versions())
    last = latest_release(line)
    contents = sorted_by(edition or edition_of(current, last), current)
    if seen is not None and seen != contents.mark:
        raise ReleaseMoved
    if not contents.versions and not contents.stale:
        raise EmptyRelease
    if last and last.content_hash == contents.hash:
        return last
    if contents.stale and (seen is None or not contents.versions):
        raise StaleQuestions(codes=codes_of(contents.stale))
    release = Release.objects.create(
        line=line,
        number=last.number + 1 if last else 1,
        edition_code=contents.edition,
        exclusions=contents.exclusions,
        content_hash=contents.hash,
        signed_at=at,
        signed_by=by,
    )
    ReleaseEntry.objects.bulk_create(
        ReleaseEntry(release=release, item_id=version.item_id, version=version)
        for version in contents.versions
    )
    counts = {"questions": len(contents.versions), "left_out": len(contents.left_out)}
    record("release.signed", release, by=by, **counts)
    return release


def keep_starter_release(line: str, *, at: datetime) -> Release:
    """Sign what the project's files say, as long as nobody else has written here.

    From an author's first version, retirement or exclusion on, releases are signed by
    people; and so they are when what is cited has changed.
    """
    last = latest_release(line)
    if last and stale_questions():
        return last
    if last and current_versions().exclude(made_by=None).exists():
        return last
    if last and (Item.objects.retired().exists() or Exclusion.objects.exists()):
        return last
    return sign_release(line, by=None, at=at)


def current_versions() -> QuerySet[ItemVersion]:
    """The current version of every question, those of retired ones included."""
    current = Item.objects.exclude(current=None).values("current")
    versions = ItemVersion.objects.filter(pk__in=current)
    return versions.select_related("item").order_by("item")


def edition_of(current: list[ItemVersion], last: Release | None) -> str:
    """The only edition in use; of several the one of the last release. Raises
    ``MixedEditions`` when that does not say."""
    editions = sorted(editions_among(current))
    if last and (last.edition_code in editions or not editions):
        return last.edition_code
    if len(editions) > 1:
        raise MixedEditions(editions=", ".join(editions))
    return editions[0] if editions else ""


def editions_among(current: list[ItemVersion]) -> Counter[str]:
    """How many questions are in use of each edition."""
    return Counter(each.edition for each in current if not each.item.is_retired)


def usual_edition(current: list[ItemVersion], last: Release | None) -> str:
    """What is offered first: as ``edition_of``, or else the edition of the most."""
    try:
        return edition_of(current, last)
    except MixedEditions:
        return editions_among(current).most_common(1)[0][0]


def sorted_by(edition: str, current: list[ItemVersion]) -> Contents:
    """Sort ``current`` into what enters a release of ``edition`` and what does not."""
    in_use = [each for each in current if not each.item.is_retired]
    fitting = [each for each in in_use if each.edition == edition]
    stale = {each.pk for each in stale_among(fitting)}
    left_out = [
        *((each, LeftOut.RETIRED) for each in current if each.item.is_retired),
        *((each, LeftOut.OTHER_EDITION) for each in in_use if each.edition != edition),
        *((each, LeftOut.STALE) for each in fitting if each.pk in stale),
    ]
    kept = [each for each in fitting if each.pk not in stale]
    return Contents(edition, kept, left_out, exclusions_among(kept))


def stale_questions() -> list[ItemVersion]:
    """The current versions that enter no release until somebody confirms them."""
    return stale_among(current_versions().filter(item__retired_at=None))


def codes_of(versions: list[ItemVersion]) -> str:
    codes = sorted(version.item.code for version in versions)
    more = ["…"] if len(codes) > MOST_NAMED else []
    return ", ".join([*codes[:MOST_NAMED], *more])


def unreleased_count(contents: Contents, last: Release | None) -> int:
    """Return how many questions differ from the last release: new, changed or gone."""
    if last and last.content_hash == contents.hash:
        return 0
    held = dict(last.entries.values_list("item", "version")) if last else {}
    now = {each.item_id: each.pk for each in contents.versions}
    return sum(held.get(item) != now.get(item) for item in held.keys() | now.keys())


def changes_exclusions(contents: Contents, last: Release | None) -> bool:
    """Whether other questions would be kept apart than in the last release."""
    return contents.exclusions != (last.exclusions if last else [])


def hash_of(versions: list[ItemVersion], exclusions: list[list[int]]) -> str:
    parts = sorted(f"{version.item_id}:{version.content_hash}" for version in versions)
    parts += [f"{one}×{other}" for one, other in exclusions]
    return sha256("\n".join(parts).encode()).hexdigest()


def latest_release(line: str) -> Release | None:
    return Release.objects.filter(line=line).order_by("-number").first()
