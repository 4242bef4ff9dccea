"""What a finished batch is fetched as: one ZIP of the papers, or sheets to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from hashlib import sha256
from tempfile import TemporaryFile
from zipfile import ZIP_STORED, ZipFile

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates.domain.binding import bind, slimmed
from certificates.domain.kits import kit_of
from certificates.domain.printing import file_name, pdf_of_sheets, print_certificate
from certificates.enums import Bundle
from certificates.errors import SheetsAmiss
from certificates.models import Batch, BatchFile, Certificate
from certificates.models.certificates import CertificateQuerySet
from core.errors import Refused

# Sheets in one PDF: they are laid out together in memory, 1 MiB each.
SHEETS_A_PART = 100
# Certificates read at a time for the archive.
AT_A_TIME = 500
Made = Iterator[tuple[File, list[str]]]


def bundle_batch(batch: Batch, bundle: Bundle, *, at: datetime) -> list[BatchFile]:
    """Make what is missing of ``bundle``, all at once: its files in their order."""
    pieces = range(1, pieces_of(batch, bundle) + 1)
    made = [make_piece(batch, bundle, number, at=at) for number in pieces]
    return [file for file in made if file.bundle == bundle]


def pieces_of(batch: Batch, bundle: Bundle) -> int:
    """In how many pieces it is made: the whole is bound when its parts are there."""
    parts = -(-certificates_of(batch).count() // SHEETS_A_PART)
    counts = {Bundle.ARCHIVE: 1, Bundle.SHEETS: parts, Bundle.WHOLE: parts + 1}
    return counts[bundle] if parts else 0


def make_piece(batch: Batch, bundle: Bundle, number: int, *, at: datetime) -> BatchFile:
    """Make the piece unless it is there and whole. A piece is made before the
    transaction that stores it, so that nobody waits for it."""
    certificates = certificates_of(batch)
    if bundle == Bundle.ARCHIVE:
        return made_file(batch, bundle, 1, certificates, archive, at=at)
    if bundle == Bundle.WHOLE and number == pieces_of(batch, bundle):
        return made_file(batch, bundle, 1, certificates, whole, at=at)
    start = (number - 1) * SHEETS_A_PART
    part = certificates[start : start + SHEETS_A_PART]
    return made_file(batch, Bundle.SHEETS, number, part, sheets, at=at)


def made_file(
    batch: Batch,
    bundle: Bundle,
    number: int,
    part: CertificateQuerySet,
    make: Callable[..., AbstractContextManager[tuple[File, list[str]]]],
    *,
    at: datetime,
) -> BatchFile:
    digest = digest_of(part.values_list("number", flat=True))
    if found := whole_file(batch, bundle, number, digest):
        return found
    with make(batch, part, at=at) as (content, held):
        return stored(batch, bundle, number, held, content, at=at)


def certificates_of(batch: Batch) -> CertificateQuerySet:
    """Everybody's, in the order of their numbers."""
    done = batch.items.done().values("certificate")
    certificates = Certificate.objects.filter(pk__in=done)
    related = certificates.select_related("supersedes", "template_version", "photo")
    return related.order_by("number")


def whole_file(
    batch: Batch, bundle: Bundle, number: int, digest: str
) -> BatchFile | None:
    """The file made before, unless it is lost or holds other certificates: a retry
    brings more, and moves those behind them to another part."""
    found = BatchFile.objects.filter(batch=batch, bundle=bundle, part=number).first()
    if found is None or found.digest != digest:
        return None
    return found if found.file.storage.exists(found.file.name) else None


def digest_of(numbers: Iterable[str]) -> str:
    """The same for the same certificates in the same order, and for no others."""
    return sha256(" ".join(numbers).encode()).hexdigest()


@contextmanager
def archive(batch: Batch, certificates: CertificateQuerySet, *, at: datetime) -> Made:
    """All papers as they are stored, not packed any tighter: a PDF is packed. A lost
    one is printed anew; whichever cannot be is named in a list beside the others."""
    held, missing = [], []
    with TemporaryFile() as whole:
        with ZipFile(whole, "w", ZIP_STORED) as packed:
            for certificate in certificates.iterator(chunk_size=AT_A_TIME):
                try:
                    paper = print_certificate(certificate, at=at)
                except Refused as refusal:
                    missing.append((certificate, refusal))
                    continue
                with paper.file.open("rb") as content:
                    packed.writestr(file_name(certificate), content.read())
                held.append(certificate.number)
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
def sheets(batch: Batch, certificates: CertificateQuerySet, *, at: datetime) -> Made:
    part = list(certificates)
    content = slimmed(pdf_of_sheets(part, kit=kit_of(batch)))
    name = f"{batch.sitting_id}-{batch.pk}.pdf"
    yield ContentFile(content, name=name), [each.number for each in part]


@contextmanager
def whole(batch: Batch, certificates: CertificateQuerySet, *, at: datetime) -> Made:
    """All sheets in one PDF, bound of the parts; a part that is lost or holds others
    by now is made anew. Raises ``SheetsAmiss`` rather than leave anybody out."""
    numbers = list(certificates.values_list("number", flat=True))
    with TemporaryFile() as print_file:
        if bind(parts_of(batch, at=at), print_file) != len(numbers):
            raise SheetsAmiss
        print_file.seek(0)
        yield File(print_file, name=f"{batch.sitting_id}-{batch.pk}-all.pdf"), numbers


def parts_of(batch: Batch, *, at: datetime) -> Iterator[bytes]:
    for number in range(1, pieces_of(batch, Bundle.SHEETS) + 1):
        part = make_piece(batch, Bundle.SHEETS, number, at=at)
        with part.file.open("rb") as content:
            yield content.read()


@transaction.atomic
def stored(
    batch: Batch,
    bundle: Bundle,
    number: int,
    held: list[str],
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
