"""Which template a certificate is made with, and what a template may say."""

import json
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

import measures
from accounts.models import User
from certificates.domain.fitting import size_of
from certificates.domain.fonts import name_of, uncovered
from certificates.domain.wording import (
    OFFICE,
    Wording,
    edition_name,
    level_name,
    read_wording,
)
from certificates.errors import WordsTooLong, WordsUnprintable
from certificates.models import Certificate, CertificateTemplate, TemplateVersion
from core.audit import record
from divisions.enums import Level
from divisions.models import Division
from exams.models import Sitting

# What a version copies of its template.
APPEARANCE = (
    "title",
    "body",
    "orientation",
    "background",
    "seal",
    "signature",
    "has_photo",
)
ISSUING = (Level.REGION, Level.CITY, Level.COUNTY)


def version_in_force(
    office: Division, post_level: str, *, on: date
) -> TemplateVersion | None:
    """The template for what ``office`` issues on that day, as it stands now: of the
    closest division; there the one for this level before the one for all, and the
    latest. None: the paper that every office has.
    """
    found = (
        CertificateTemplate.objects.in_force(on)
        .reaching(office.code)
        .filter(post_level__in=("", post_level))
    )
    closest = max(found, key=closeness, default=None)
    return version_of(closest) if closest else None


def closeness(template: CertificateTemplate) -> tuple:
    return (
        len(template.division_code),
        bool(template.post_level),
        template.holds_from,
        template.pk,
    )


@transaction.atomic
def version_of(template: CertificateTemplate) -> TemplateVersion:
    """The version that says what ``template`` says now; twice is once."""
    appearance = {name: value_of(template, name) for name in APPEARANCE}
    digest = digest_of(appearance)
    version, is_new = TemplateVersion.objects.get_or_create(
        template=template,
        digest=digest,
        defaults={**appearance, "made_at": timezone.now()},
    )
    if is_new:
        record("template.used", template, by=None, digest=digest)
    return version


def value_of(appearance: CertificateTemplate | TemplateVersion, name: str) -> object:
    value = getattr(appearance, name)
    return value if isinstance(value, bool) else str(value or "")


def digest_of(values: dict[str, object]) -> str:
    said = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()


def check_words(
    *, title: str, body: str, signature: str, orientation: str, has_photo: bool
) -> Wording:
    """Read a template's words as they are about to be kept. Raises ``FieldUnclosed``,
    ``FieldUnknown``, ``WordsUnprintable`` or ``WordsTooLong``."""
    for text in (title, body, signature):
        check_printable(text)
    wording = read_wording(body)
    paragraphs = wording.said(longest_certificate(), longest_level(), longest_edition())
    if size_of(paragraphs, orientation, has_photo=has_photo) is None:
        raise WordsTooLong
    return wording


def check_printable(text: str) -> None:
    """Raise ``WordsUnprintable`` if the certificates' fonts lack a character of it."""
    if missing := uncovered(text):
        raise WordsUnprintable(characters="、".join(map(name_of, missing)))


def longest_level() -> str:
    levels = (Certificate(post_level=level) for level in Level.values)
    return max((level_name(each, "zh") for each in levels), key=len)


def longest_edition() -> str:
    codes = (each.code for each in measures.editions())
    editions = (Certificate(edition_code=code) for code in codes)
    return max((edition_name(each, "zh") for each in editions), key=len)


def longest_certificate() -> Certificate:
    """As long as names of people, places and exams may be entered."""
    longest = date(2026, 12, 30)
    return Certificate(
        number="45102620260000010",
        holder_name="阿" * room_of(User, "real_name"),
        masked_id_number="4" * 18,
        post_place="县" * room_of(Division, "full_name"),
        exam_name="考" * room_of(Sitting, "title"),
        office_name="县" * room_of(Division, "name") + OFFICE,
        verification_code="K" * 10,
        chosen_on=longest,
        trained_on=longest,
        passed_on=longest,
        issued_on=longest,
        expires_on=longest,
    )


def room_of(model: type[Model], name: str) -> int:
    return model._meta.get_field(name).max_length


def issuing_divisions(*codes: str) -> QuerySet[Division]:
    """The region, cities and counties within ``codes``: these issue certificates."""
    return Division.objects.within(*codes).filter(level__in=ISSUING).order_by("code")
