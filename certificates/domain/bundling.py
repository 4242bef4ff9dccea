"""What a finished batch is fetched as: one ZIP of the papers, or sheets to print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from tempfile import TemporaryFile
from zipfile import ZIP_STORED, ZipFile

from django.core.files.base import ContentFile, File
from django.db import transaction

from accounts.models import User
from certificates.domain.kits import kit_of
from certificates.domain.printing import file_name, pdf_of_sheets, stored_paper
from certificates.enums import Bundle
from certificates.errors import BatchOpen, NotTheSittingsOffice
from certificates.models import Batch, BatchFile, Certificate
from certificates.permissions import can_order_batch
from certificates.signals import bundle_ordered
from core.audit import record

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
    with make(batch, part) as content:
        return stored(batch, bundle, number, part, content, at=at)


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
    """The file made before, unless it is lost or a retry has brought more papers."""
    found = BatchFile.objects.filter(batch=batch, bundle=bundle, part=number).first()
    if found is None or found.count != len(part):
        return None
    return found if found.file.storage.exists(found.file.name) else None


@contextmanager
def archive(batch: Batch, certificates: list[Certificate]) -> Iterator[File]:
    """All papers as they are stored, not packed any tighter: a PDF is packed."""
    with TemporaryFile() as whole:
        with ZipFile(whole, "w", ZIP_STORED) as packed:
            for certificate in certificates:
                if paper := stored_paper(certificate):
                    with paper.file.open("rb") as content:
                        packed.writestr(file_name(certificate), content.read())
        whole.seek(0)
        yield File(whole, name=f"{batch.sitting_id}-{batch.pk}.zip")


@contextmanager
def sheets(batch: Batch, certificates: list[Certificate]) -> Iterator[File]:
    content = pdf_of_sheets(certificates, kit=kit_of(batch))
    yield ContentFile(content, name=f"{batch.sitting_id}-{batch.pk}.pdf")


@transaction.atomic
def stored(
    batch: Batch,
    bundle: Bundle,
    number: int,
    part: list,
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
    made.count, made.made_at = len(part), at
    made.file.save(content.name, content, save=False)
    made.save()
    return made
