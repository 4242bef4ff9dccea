"""Writing questions: every change is a new version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.workbooks.signs import plain_number
from exams.enums import CHOSEN, ONE_CHOICE, Attested, Kind, Subject
from exams.errors import BadQuestion, KeyEdited
from exams.models import Grounding, Item, ItemVersion
from exams.models.blueprints import DIFFICULTIES

from .grounding import mark_of

JUDGEMENTS = ("对", "错")


@dataclass(frozen=True)
class Content:
    """What a version says; equal contents have equal hashes."""

    subject: str
    kind: str
    stem: str
    answer: object
    because: str
    difficulty: int
    edition: str
    options: list[str] = field(default_factory=list)
    tolerance: str = "0"
    unit: str = ""
    cites: list[str] = field(default_factory=list)
    attested: str = Attested.SOURCE.value
    tags: list[str] = field(default_factory=list)

    @property
    def hash(self) -> str:
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return sha256(text.encode()).hexdigest()


@transaction.atomic
def revise_item(code: str, content: Content, *, by: User | None) -> ItemVersion:
    """Make what ``content`` says the current version of the item ``code``.

    What an earlier version already said is that version again, so a second call
    adds nothing. Raises ``BadQuestion`` with what is wrong, or ``KeyEdited``.
    """
    check_content(code, content)
    item, _is_new = Item.objects.select_for_update().get_or_create(code=code)
    version = item.versions.filter(content_hash=content.hash).first()
    if version is None:
        if by and is_key_edited(item, content):
            raise KeyEdited(code=code)
        version = ItemVersion.objects.create(
            item=item,
            number=item.versions.count() + 1,
            content_hash=content.hash,
            made_by=by,
            **asdict(content),
        )
        Grounding.objects.create(
            version=version, mark=mark_of(version), by=by, at=version.made_at
        )
    if item.current_id != version.pk:
        item.current = version
        item.save(update_fields=["current"])
        record("item.revised", item, by=by, version=version.number)
    return version


def is_key_edited(item: Item, content: Content) -> bool:
    """Whether ``content`` differs from a current version that papers may have been
    drawn with in nothing but the key."""
    current = item.current
    if current is None or not current.releases.exists():
        return False
    written = content_of(current)
    key = {"answer": content.answer, "tolerance": content.tolerance}
    return written != content and replace(written, **key) == content


def content_of(version: ItemVersion) -> Content:
    names = Content.__dataclass_fields__
    values = {name: getattr(version, name) for name in names}
    return Content(**values | {"tolerance": plain_number(version.tolerance)})


def check_content(code: str, content: Content) -> None:
    for fault in faults_of(content):
        raise BadQuestion(code=code, fault=fault)


def faults_of(content: Content) -> Iterator[str]:
    """Say what is wrong with a question, for its author."""
    if content.subject not in Subject.values:
        yield _("the subject %(subject)s is unknown") % {"subject": content.subject}
    if content.attested not in Attested.values:
        yield _("the grounds %(grounds)s are unknown") % {"grounds": content.attested}
    if content.difficulty not in DIFFICULTIES:
        yield _("the difficulty is a whole number from 1 to 5")
    if not (content.stem.strip() and content.because.strip()):
        yield _("it needs its question and an explanation")
    if not content.cites:
        yield _("it needs a citation")
    if content.kind in CHOSEN:
        yield from faults_of_choices(content)
    elif content.kind == Kind.NUMERIC:
        yield from faults_of_number(content)
    else:
        yield _("the kind %(kind)s is unknown") % {"kind": content.kind}


def faults_of_choices(content: Content) -> Iterator[str]:
    places = content.answer
    if len(set(content.options)) < max(2, len(content.options)):
        yield _("it needs two options or more, all different")
    if not isinstance(places, list) or not places:
        yield _("it needs a right option")
    elif any(
        type(p) is not int or p not in range(len(content.options)) for p in places
    ):
        yield _("the right answer names an option that is not there")
    elif places != sorted(set(places)):
        yield _("the right options are named once each, in order")
    elif content.kind in ONE_CHOICE and len(places) != 1:
        yield _("exactly one option is right")


def faults_of_number(content: Content) -> Iterator[str]:
    try:
        exact, tolerance = Decimal(content.answer), Decimal(content.tolerance)
    except (InvalidOperation, TypeError, ValueError):
        yield _("the right answer and its tolerance are numbers")
    else:
        if not exact.is_finite() or not tolerance.is_finite() or tolerance < 0:
            yield _("the right answer is a number, its tolerance not below zero")
