"""Writing questions: every change is a new version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, replace

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from exams.enums import Attested, Subject
from exams.errors import BadQuestion, KeyEdited
from exams.models import Grounding, Item, ItemVersion
from exams.models.blueprints import DIFFICULTIES

from .contents import Content, content_of
from .grounding import mark_of
from .kinds import KINDS

CODE = re.compile(r"[^\s/\\?#%&<>\"']{1,60}")
LONGEST_TEXT = 20_000


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
    return differs_in_key(content_of(current), content)


def differs_in_key(written: Content, content: Content) -> bool:
    """Whether nothing but the key is another."""
    key = {"answer": content.answer, "tolerance": content.tolerance}
    return written != content and replace(written, **key) == content


def faults_of_code(code: str) -> Iterator[str]:
    """Say why a new question cannot be called so."""
    if not CODE.fullmatch(code):
        yield _(
            "the code “%(code)s” is longer than 60 signs or holds unusable ones"
        ) % {"code": code}


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
    if len(content.unit) > ItemVersion._meta.get_field("unit").max_length:
        yield _("its unit is too long")
    if any(len(text) > LONGEST_TEXT for text in texts_of(content)):
        yield _("one of its texts is too long")
    asking = KINDS.get(content.kind)
    if asking is None:
        yield _("the kind %(kind)s is unknown") % {"kind": content.kind}
    else:
        yield from asking.faults(content)


def texts_of(content: Content) -> list[str]:
    said = [content.stem, content.because, content.options, content.cites]
    return words_in([*said, content.answer, content.parts])


def words_in(value: object) -> list[str]:
    """Return all texts of a key, or of the parts of a question."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    each = value if isinstance(value, list) else []
    return [text for inner in each for text in words_in(inner)]
