"""What a finished batch is fetched as: one ZIP of the papers, or sheets to print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from hashlib import sha256
from tempfile import TemporaryFile
from zipfile import ZIP_STORED, ZipFile

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from certificates.domain.kits import kit_of
from certificates.domain.printing import file_name, pdf_of_sheets, print_certificate
from certificates.enums import Bundle
from certificates.errors import BatchOpen, NotTheSittingsOffice
from certificates.models import Batch, BatchFile, Certificate
from certificates.permissions import can_order_batch
from certificates.signals import bundle_ordered
from core.audit import record
from core.errors import Refused

# Sheets in one PDF: they are laid out together in memory, 1 MiB each.
SHEETS_A_PART = 100


@transaction.atomic
def order_bundle(batch: Batch, bundle: Bundle, *, by: User) -> None:
    """Have the files made, if they are not there. Raises ``NotTheSittingsOffice`` or
    ``BatchOpen``."""
    batch = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)
    if not can_order_batch(by, batch.sitting):
        raise NotTheSittingsOffice
    if batch.is_open:
        raise BatchOpen
    record("bundle.ordered", batch, by=by, bundle=bundle)
    transaction.on_commit(partial(announce, batch, bundle), robust=True)


def announce(batch: Batch, bundle: Bundle) -> None:
    bundle_ordered.send(Batch, batch=batch, bundle=bundle)


def bundle_batch(batch: Batch, bundle: Bundle, *, at: datetime) -> list[BatchFile]:
    """Make what is missing of ``bundle``; a file that is there and whole stays."""
    certificates = certificates_of(batch)
    if bundle == Bundle.ARCHIVE:
        parts = [certificates]
    else:
        parts = [
            certificates[start : start + SHEETS_A_PART]
            for start in range(0, len(certificates), SHEETS_A_PART)
        ]
    return [
        whole_file(batch, bundle, number, part)
        or made_file(batch, bundle, number, part, at=at)
        for number, part in enumerate(parts, start=1)
        if part
    ]


def made_file(
    batch: Batch,
    bundle: Bundle,
    number: int,
    part: list[Certificate],
    *,
    at: datetime,
) -> BatchFile:
    """Made before the transaction, so that nobody waits for it."""
    make = archive if bundle == Bundle.ARCHIVE else sheets
    with make(batch, part, at=at) as (content, held):
        return stored(batch, bundle, number, held, content, at=at)


def certificates_of(batch: Batch) -> list[Certificate]:
    done = batch.items.done().values("certificate")
    return list(
        Certificate.objects.filter(pk__in=done)
        .select_related("supersedes", "template_version", "photo")
        .order_by("number")
    )


def whole_file(
    batch: Batch, bundle: Bundle, number: int, part: list[Certificate]
) -> BatchFile | None:
    """The file made before, unless it is lost or holds other certificates: a retry
    brings more, and moves those behind them to another part."""
    found = BatchFile.objects.filter(batch=batch, bundle=bundle, part=number).first()
    if found is None or found.digest != digest_of(part):
        return None
    return found if found.file.storage.exists(found.file.name) else None


def digest_of(certificates: list[Certificate]) -> str:
    """The same for the same certificates in the same order, and for no others."""
    return sha256(" ".join(each.number for each in certificates).encode()).hexdigest()


@contextmanager
def archive(
    batch: Batch, certificates: list[Certificate], *, at: datetime
) -> Iterator[tuple[File, list[Certificate]]]:
    """All papers as they are stored, not packed any tighter: a PDF is packed. A lost
    one is printed anew; whichever cannot be is named in a list beside the others."""
    held, missing = [], []
    with TemporaryFile() as whole:
        with ZipFile(whole, "w", ZIP_STORED) as packed:
            for certificate in certificates:
                try:
                    paper = print_certificate(certificate, at=at)
                except Refused as refusal:
                    missing.append((certificate, refusal))
                    continue
                with paper.file.open("rb") as content:
                    packed.writestr(file_name(certificate), content.read())
                held.append(certificate)
            if missing:
                packed.writestr(*list_of_missing(missing))
        whole.seek(0)
        yield File(whole, name=f"{batch.sitting_id}-{batch.pk}.zip"), held


def list_of_missing(missing: list[tuple[Certificate, Refused]]) -> tuple[str, str]:
    """Name and words of the list, in the language of the site: no reader is there."""
    with override(settings.LANGUAGE_CODE):
        lines = [
            f"{certificate.number}\t{certificate.holder_name}\t{refusal}"
            for certificate, refusal in missing
        ]
        return f"{_('Missing papers')}.txt", "\r\n".join(lines)


@contextmanager
def sheets(
    batch: Batch, certificates: list[Certificate], *, at: datetime
) -> Iterator[tuple[File, list[Certificate]]]:
    content = pdf_of_sheets(certificates, kit=kit_of(batch))
    name = f"{batch.sitting_id}-{batch.pk}.pdf"
    yield ContentFile(content, name=name), certificates


@transaction.atomic
def stored(
    batch: Batch,
    bundle: Bundle,
    number: int,
    held: list[Certificate],
    content: File,
    *,
    at: datetime,
) -> BatchFile:
    made, _made = BatchFile.objects.select_for_update().get_or_create(
        batch=batch,
        bundle=bundle,
        part=number,
        defaults={"made_at": at, "count": 0, "file": ""},
    )
    made.count, made.digest, made.made_at = len(held), digest_of(held), at
    made.file.save(content.name, content, save=False)
    made.save()
    return made
