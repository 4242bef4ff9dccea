"""Taking a file in: a preview that writes nothing, then all accepted rows at once."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.audit import record
from core.workbooks.refusals import PreviewGone
from exams.domain.drafting import as_typed, hand_in_many
from exams.domain.revising import revise_item

from .draft_fates import weigh_drafts
from .drafts import Terms
from .fates import Fate, Verdict, weigh
from .formats import READ, Format, read_file
from .refusals import BankChanged, NothingToWrite

HELD_SECONDS = 60 * 60
AS_VERSIONS = (Fate.NEW, Fate.REVISED, Fate.UNCHANGED, Fate.REFUSED)
AS_DRAFTS = (Fate.DRAFT, Fate.UNCHANGED, Fate.REFUSED)


class Way(TextChoices):
    """What the questions of a file become."""

    DRAFTS = "drafts", gettext_lazy("Drafts, which another person reviews")
    VERSIONS = "versions", gettext_lazy("Versions at once, without a second person")


@dataclass(frozen=True)
class Upload:
    """A file as it came, with what its sender said for the questions in it."""

    name: str
    body: bytes
    terms: Terms
    way: Way = Way.DRAFTS


@dataclass(frozen=True)
class Preview:
    """What the file would do to the bank as it stands now."""

    upload: Upload
    format: Format
    verdicts: list[Verdict]
    notes: tuple[str, ...]
    fates: tuple[Fate, ...]

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(verdict.fate for verdict in self.verdicts)
        return {fate: counted[fate] for fate in self.fates}

    @property
    def mark(self) -> str:
        """Equal for equal outcomes, so that what is confirmed is what was seen."""
        outcome = [
            (
                each.code,
                each.fate.value,
                each.version,
                each.content and each.content.hash,
            )
            for each in self.verdicts
        ]
        return sha256(repr(outcome).encode()).hexdigest()

    @property
    def is_idle(self) -> bool:
        return not any(verdict.is_written for verdict in self.verdicts)


def preview_file(upload: Upload) -> Preview:
    """Read a file and weigh it as versions; raises ``Unreadable`` and its like for a
    bad file."""
    code, reading = read_file(upload.body)
    verdicts = weigh(reading.drafts, upload.terms)
    return Preview(upload, READ[code], verdicts, reading.notes, AS_VERSIONS)


def preview_drafts(upload: Upload) -> Preview:
    """Read a file and weigh it as drafts for review."""
    preview = preview_file(upload)
    verdicts = weigh_drafts(preview.verdicts)
    return replace(preview, verdicts=verdicts, fates=AS_DRAFTS)


@transaction.atomic
def take_in(upload: Upload, *, seen: str, by: User) -> Preview:
    """Write every accepted question as a version that nobody else reviews, or none.

    Refuses with ``BankChanged`` when the outcome is no longer the one ``seen``, and
    with ``NothingToWrite`` when the bank holds all of it, as after a first call.
    """
    preview = preview_file(upload)
    check_seen(preview, seen)
    for verdict in preview.verdicts:
        if verdict.is_written:
            revise_item(verdict.code, verdict.content, by=by)
    record(
        "questions.taken-in",
        by,
        by=by,
        file=upload.name,
        format=preview.format.code,
        **preview.counts,
    )
    return preview


@transaction.atomic
def hand_in_file(upload: Upload, *, seen: str, by: User, at: datetime) -> Preview:
    """Hand in a draft of every accepted question for review, or of none; refuses what
    ``take_in`` refuses."""
    preview = preview_drafts(upload)
    check_seen(preview, seen)
    written = [verdict for verdict in preview.verdicts if verdict.is_written]
    saids = {each.code: as_typed(each.content) for each in written}
    try:
        with transaction.atomic():
            hand_in_many(saids, by=by, at=at)
    except IntegrityError:  # somebody has just begun a draft of one of them
        raise BankChanged from None
    record(
        "questions.handed-in",
        by,
        by=by,
        file=upload.name,
        format=preview.format.code,
        **preview.counts,
    )
    return preview


def check_seen(preview: Preview, seen: str) -> None:
    if preview.is_idle:
        raise NothingToWrite
    if preview.mark != seen:
        raise BankChanged


def hold(upload: Upload, *, by: User) -> str:
    """Keep a file for its sender until it is confirmed; return what it is asked by."""
    token = secrets.token_urlsafe(16)
    cache.set(held_key(token, by), upload, HELD_SECONDS)
    return token


def held(token: str, *, by: User) -> Upload:
    upload = cache.get(held_key(token, by))
    if upload is None:
        raise PreviewGone
    return upload


def held_key(token: str, by: User) -> str:
    return f"exams.exchange.{by.pk}.{token}"
