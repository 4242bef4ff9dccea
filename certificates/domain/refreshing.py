"""Deciding who needs a refresher when another edition of the Measures is in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

import measures
from accounts.models import User
from certificates.domain.affecting import due_for_refresher
from certificates.enums import Reminding
from certificates.errors import (
    DeadlineMissing,
    DecisionUnreasoned,
    NoDecision,
    NotDue,
    NotYourDecision,
)
from certificates.models import Certificate, Refresher, Reminder
from certificates.permissions import can_revoke
from core.audit import record_many

# So many certificates are held in one statement; a region has tens of thousands.
AT_A_TIME = 500


@transaction.atomic
def decide_refreshers(
    certificates: Iterable[Certificate],
    *,
    by: User,
    on: date,
    at: datetime,
    is_needed: bool,
    reason: str,
    due_on: date | None = None,
) -> list[Refresher]:
    """Decide for all of them under the edition of the day, or for none; those called
    are told, and may renew from now on. Whoever is decided about already is left as is,
    so twice is once; the new decisions are returned.

    Raises ``NotYourDecision``, ``NotDue``, ``DecisionUnreasoned`` or
    ``DeadlineMissing``.
    """
    due_on = checked_day(due_on, is_needed=is_needed, on=on)
    reason = checked_reason(reason)
    terms = {"is_needed": is_needed, "due_on": due_on, "reason": reason}
    terms |= {"decided_on": on, "decided_by": by}
    now, certificates = measures.in_force(on).code, list(certificates)
    made: list[Refresher] = []
    for start in range(0, len(certificates), AT_A_TIME):
        some = locked(certificates[start : start + AT_A_TIME], by=by)
        made += Refresher.objects.bulk_create(
            Refresher(certificate=each, edition_code=now, **terms)
            for each in undecided(some, now, on=on)
        )
    tell(made, by=by, at=at)
    return made


@transaction.atomic
def change_refresher(
    certificate: Certificate,
    *,
    by: User,
    on: date,
    at: datetime,
    is_needed: bool,
    reason: str,
    due_on: date | None = None,
) -> Refresher:
    """Replace the decision that stands by another one, which says why; the former
    stays on record. The same again returns what stands.

    Raises ``NotYourDecision``, ``NoDecision``, ``DecisionUnreasoned`` or
    ``DeadlineMissing``.
    """
    due_on = checked_day(due_on, is_needed=is_needed, on=on)
    reason = checked_reason(reason)
    (certificate,) = locked([certificate], by=by)
    former = standing_decision(certificate)
    if former is None:
        raise NoDecision
    if (former.is_needed, former.due_on, former.reason) == (is_needed, due_on, reason):
        return former
    newer = Refresher.objects.create(
        certificate=former.certificate,
        edition_code=former.edition_code,
        is_needed=is_needed,
        due_on=due_on,
        reason=reason,
        decided_on=on,
        decided_by=by,
        supersedes=former,
    )
    tell([newer], by=by, at=at)
    return newer


def standing_decision(certificate: Certificate) -> Refresher | None:
    """The latest that stands about the exam that the certificate rests on: one given
    anew keeps what was decided about its forerunner."""
    rests = Refresher.objects.filter(certificate__attempt=certificate.attempt_id)
    return rests.standing().select_related("certificate").first()


def checked_day(due_on: date | None, *, is_needed: bool, on: date) -> date | None:
    if not is_needed:
        return None
    if due_on is None or due_on <= on:
        raise DeadlineMissing
    return due_on


def checked_reason(reason: str) -> str:
    if not (reason := reason.strip()):
        raise DecisionUnreasoned
    return reason


def locked(certificates: Iterable[Certificate], *, by: User) -> list[Certificate]:
    keys = [each.pk for each in certificates]
    found = Certificate.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    for each in (certificates := list(found)):
        if not can_revoke(by, each):
            raise NotYourDecision(person=each.holder_name)
    return certificates


def undecided(found: Sequence[Certificate], now: str, *, on: date) -> list[Certificate]:
    keys = [each.pk for each in found]
    among = Certificate.objects.filter(pk__in=keys)
    due = set(due_for_refresher(among, on=on).values_list("pk", flat=True))
    attempts = [each.attempt_id for each in found]
    made = Refresher.objects.filter(edition_code=now, certificate__attempt__in=attempts)
    decided = set(made.values_list("certificate__attempt", flat=True))
    for each in found:
        if each.pk not in due and each.attempt_id not in decided:
            raise NotDue(number=each.spaced_number)
    return [each for each in found if each.pk in due]


def tell(decisions: list[Refresher], *, by: User, at: datetime) -> None:
    """Log every decision; tell whoever is called, and whoever was and is no longer."""
    details = [
        (
            each.certificate,
            {
                "needed": each.is_needed,
                "edition": each.edition_code,
                "due_on": each.due_on,
                "reason": each.reason,
                "supersedes": each.supersedes_id,
            },
        )
        for each in decisions
    ]
    record_many("refresher.decided", details, by=by)
    Reminder.objects.bulk_create(
        [
            Reminder(
                certificate_id=each.certificate_id,
                refresher=each,
                kind=Reminding.REFRESHER if each.is_needed else Reminding.NO_REFRESHER,
                made_at=at,
            )
            for each in decisions
            if each.is_needed or (each.supersedes and each.supersedes.is_needed)
        ],
        batch_size=500,
    )
