"""The kit for a whole batch: the fonts cut once to what its papers say."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import get_template

import measures
from certificates.domain.drawing import NOTICE
from certificates.domain.fonts import PrintingKit, covered, cut_kit
from certificates.domain.wording import OFFICE
from certificates.models import Batch, BatchItem, CertificateTemplate
from divisions.models import Division

# For fewer papers than this the cut costs more than it saves.
WORTH_IT = 100
SHEETS = ("certificates/paper.html", "certificates/_design.html")


@lru_cache(maxsize=2)
def kit_of_batch(batch_id: int) -> PrintingKit | None:
    said = set(printable())
    rows = BatchItem.objects.filter(batch=batch_id).values_list(
        "attempt__candidate__real_name",
        "attempt__candidate__home_division__full_name",
        "attempt__candidate__home_code",
        "attempt__sitting__title",
    )
    counties = set()
    for name, place, code, title in rows.iterator(chunk_size=2000):
        said.update(name, place or "", title)
        counties.update((code[:6], code[:4]))
    for words in CertificateTemplate.objects.filter(live=True).values_list(
        "title", "body", "signature"
    ):
        said.update(*words)
    for names in Division.objects.filter(code__in=counties).values_list(
        "name", "full_name"
    ):
        said.update(*names)
    return cut_kit(frozenset(c for c in said if ord(c) in covered()))


def kit_of(batch: Batch) -> PrintingKit | None:
    """None for a small batch: the whole fonts will do."""
    return kit_of_batch(batch.pk) if batch.items.count() >= WORTH_IT else None


def printable() -> str:
    """What every paper says, whoever holds it."""
    words = [
        *(get_template(name).template.source for name in SHEETS),
        OFFICE,
        NOTICE,
        *map(chr, range(32, 127)),
        "（）〔〕《》“”、，。：·—",
    ]
    for edition in measures.editions():
        words += [edition.name["zh"], *(each.number for each in edition.documents)]
    words += [name["zh"] for name in measures.code_lists()["level"].values()]
    return "".join(words)
