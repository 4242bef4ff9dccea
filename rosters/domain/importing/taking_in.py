"""Taking a file in: a preview that writes nothing, then the whole or the sound rows."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import sealing
from core.audit import record
from core.workbooks.refusals import PreviewGone
from rosters.errors import NothingToWrite, OutcomeChanged, RowsRefused

from .intakes import INTAKES, Intake
from .tables import Entry, Fate, Verdict, entries_in

HELD_SECONDS = 60 * 60


class Extent(TextChoices):
    WHOLE = "whole", _("The whole file, or nothing as long as a row is refused")
    SOUND = "sound", _("The rows that can be taken in; the others are left out")


@dataclass(frozen=True)
class Upload:
    """A file as it was read, with what it is for."""

    kind: str
    name: str
    entries: list[Entry]

    @property
    def intake(self) -> Intake:
        return INTAKES[self.kind]


@dataclass(frozen=True)
class Preview:
    """What the file would do to the rosters as they stand now."""

    upload: Upload
    verdicts: list[Verdict]

    @property
    def counts(self) -> dict[Fate, int]:
        counted = Counter(verdict.fate for verdict in self.verdicts)
        return {fate: counted[fate] for fate in Fate}

    @property
    def mark(self) -> str:
        """Equal for equal outcomes, so that what is confirmed is what was seen."""
        outcome = [(each.entry.row, each.fate.value) for each in self.verdicts]
        return sha256(repr(outcome).encode()).hexdigest()

    @property
    def accepted(self) -> list[Verdict]:
        return [each for each in self.verdicts if each.fate == Fate.NEW]


def read_upload(kind: str, name: str, body: bytes) -> Upload:
    """Read a workbook; a bad file raises ``Unreadable`` or its like."""
    return Upload(kind, name, entries_in(body, INTAKES[kind].columns))


def preview_upload(upload: Upload, *, by: User, on: date) -> Preview:
    return Preview(upload, upload.intake.weigh(upload.entries, by=by, on=on))


def take_in(
    upload: Upload, *, seen: str, extent: Extent, by: User, on: date
) -> Preview:
    """Write what was seen, all at once.

    Refuses with ``NothingToWrite`` (as after a first call), ``RowsRefused`` when the
    whole is wanted and a row is refused, ``OutcomeChanged`` when the outcome is no
    longer the one ``seen``.
    """
    try:
        return write_seen(upload, seen=seen, extent=extent, by=by, on=on)
    except IntegrityError as clash:  # somebody was quicker between look and write
        raise OutcomeChanged from clash


@transaction.atomic
def write_seen(
    upload: Upload, *, seen: str, extent: Extent, by: User, on: date
) -> Preview:
    upload.intake.lock(upload.entries, by=by)
    preview = preview_upload(upload, by=by, on=on)
    if not preview.accepted:
        raise NothingToWrite
    if preview.mark != seen:
        raise OutcomeChanged
    if extent == Extent.WHOLE and preview.counts[Fate.REFUSED]:
        raise RowsRefused(number=preview.counts[Fate.REFUSED])
    upload.intake.write(preview.accepted, by=by)
    counts = {fate.value: number for fate, number in preview.counts.items()}
    record(f"{upload.kind}.taken-in", by, by=by, file=upload.name, **counts)
    return preview


def hold(upload: Upload, *, by: User) -> str:
    """Keep a file for its sender until it is confirmed, sealed as ID numbers are;
    return what it is asked by."""
    token = secrets.token_urlsafe(16)
    rows = [entry.as_row() for entry in upload.entries]
    text = json.dumps([upload.kind, upload.name, rows])
    cache.set(held_key(token, by), sealing.seal(text), HELD_SECONDS)
    return token


def held(token: str, *, by: User) -> Upload:
    sealed = cache.get(held_key(token, by))
    if sealed is None:
        raise PreviewGone
    kind, name, rows = json.loads(sealing.unseal(sealed))
    entries = [Entry(row["row"], row["values"], tuple(row["faults"])) for row in rows]
    return Upload(kind, name, entries)


def held_key(token: str, by: User) -> str:
    return f"rosters.importing.{by.pk}.{token}"
