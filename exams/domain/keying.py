"""Mending a wrong key: by a revision that says why, never by an edit.

A revision holds for every paper marked after it. What is marked already stands by the
key it was marked by, which the attempt names, until a regrade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from core.audit import record
from core.workbooks.signs import plain_number
from exams.enums import KeyRule
from exams.errors import BadQuestion, NoReason, SameKey
from exams.models import Item, ItemVersion, KeyRevision, Question, Regrade
from exams.signals import key_revised

from .contents import content_of
from .revising import faults_of

# By version, the revision it is marked by. Text, as JSON has it.
Keys = Mapping[str, int]


@transaction.atomic
def revise_key(
    version: ItemVersion,
    *,
    answer: object,
    tolerance: object = 0,
    rule: str = KeyRule.ONLY,
    reason: str,
    by: User,
    at: datetime,
) -> KeyRevision:
    """Give ``version`` another key from now on; regrades that wait by a former key
    are withdrawn.

    The same again returns what is in force. Raises ``BadQuestion``, ``SameKey`` or
    ``NoReason``.
    """
    item = Item.objects.select_for_update().get(pk=version.item_id)
    former = in_force(version)
    content = replace(
        content_of(version), answer=answer, tolerance=plain_number(tolerance)
    )
    for fault in faults_of(content):
        raise BadQuestion(code=item.code, fault=fault)
    if not (reason := reason.strip()):
        raise NoReason
    new = KeyRevision(
        version=version,
        number=version.key_revisions.count() + 1,
        answer=answer,
        tolerance=Decimal(content.tolerance),
        rule=rule,
        also=former_answers(former, answer) if rule == KeyRule.ALSO else [],
        reason=reason,
        by=by,
        at=at,
    )
    if marks_alike(version.keyed(new), former):
        if former.revision is None:
            raise SameKey
        return former.revision
    new.save()
    record("key.revised", item, by=by, version=version.number, revision=new.pk)
    withdraw_superseded(new, by=by, at=at)
    tell(new)
    return new


def tell(revision: KeyRevision) -> None:
    facts = {"revision": revision}
    transaction.on_commit(
        lambda: key_revised.send_robust(KeyRevision, **facts), robust=True
    )


def withdraw_superseded(new: KeyRevision, *, by: User, at: datetime) -> None:
    """Drop the proposals to mark papers by a key that ``new`` has replaced."""
    waiting = Regrade.objects.select_for_update().filter(
        revision__version=new.version_id, confirmed_at=None, withdrawn_at=None
    )
    for regrade in waiting.exclude(revision=new).order_by("pk"):
        regrade.withdrawn_by, regrade.withdrawn_at = by, at
        regrade.save(update_fields=["withdrawn_by", "withdrawn_at"])
        record("regrade.withdrawn", regrade, by=by, superseded_by=new.pk)


def is_superseded(revision: KeyRevision) -> bool:
    """Whether its version has been given another key since."""
    newer = KeyRevision.objects.filter(
        version=revision.version_id, number__gt=revision.number
    )
    return newer.exists()


def former_answers(former: ItemVersion, answer: object) -> list[object]:
    also = former.revision.also if former.revision else []
    return [each for each in [former.answer, *also] if each != answer]


def marks_alike(one: ItemVersion, other: ItemVersion) -> bool:
    return marking_of(one) == marking_of(other)


def marking_of(version: ItemVersion) -> tuple[object, ...]:
    revision = version.revision
    more = (revision.also, revision.credits_all) if revision else ([], False)
    return (version.answer, plain_number(version.tolerance), *more)


def in_force(version: ItemVersion) -> ItemVersion:
    """Return the version with the key by which it would be marked now."""
    return version.keyed(version.key_revisions.order_by("-number").first())


def all_in_force(versions: Iterable[ItemVersion]) -> list[ItemVersion]:
    versions = list(versions)
    found = KeyRevision.objects.filter(version__in=versions).order_by("number")
    latest = {revision.version_id: revision for revision in found}
    return [version.keyed(latest.get(version.pk)) for version in versions]


def keys_in_force(versions: Iterable[int]) -> dict[str, int]:
    """Return by which revisions these versions would be marked now."""
    found = KeyRevision.objects.filter(version__in=list(versions)).order_by("number")
    return {str(version): pk for version, pk in found.values_list("version", "pk")}


def credited_among(versions: Iterable[int]) -> set[int]:
    """Return those of which everybody has all the points by the key in force."""
    found = KeyRevision.objects.filter(version__in=list(versions)).order_by("number")
    latest = dict(found.values_list("version", "rule"))
    return {version for version, rule in latest.items() if rule == KeyRule.ALL}


def versions_marked_by(
    keys: Keys, questions: Iterable[Question]
) -> dict[int, ItemVersion]:
    """Return the versions of a paper with the keys that it is marked by."""
    versions = ItemVersion.objects.in_bulk([question.version for question in questions])
    return keyed(versions, keys, {})


def keyed(
    versions: dict[int, ItemVersion], keys: Keys, revisions: dict[int, KeyRevision]
) -> dict[int, ItemVersion]:
    """Return the versions as ``keys`` have them; ``revisions`` remembers what was
    read for it."""
    if not keys:
        return versions
    if missing := set(keys.values()) - revisions.keys():
        revisions |= KeyRevision.objects.in_bulk(missing)
    changed = {
        int(version): versions[int(version)].keyed(revisions[pk])
        for version, pk in keys.items()
        if int(version) in versions
    }
    return versions | changed
