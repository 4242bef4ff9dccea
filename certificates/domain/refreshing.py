"""Certificates examined under an edition that is in force no longer: the office decides
whom to call for a refresher."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

import measures
from accounts.models import User
from certificates.domain.suspending import locked
from certificates.enums import Reminding
from certificates.models import Certificate, Refresher, Reminder
from core.audit import record


def due_for_refresher(*, on: date) -> QuerySet[Certificate]:
    """In force, examined under another edition than the one that holds on the day,
    and not decided about since."""
    now = measures.in_force(on).code
    decided = Refresher.objects.filter(edition_code=now)
    return (
        Certificate.objects.valid(on)
        .exclude(edition_code=now)
        .exclude(pk__in=decided.values("certificate"))
    )


def changes_since(edition_code: str, *, on: date) -> list[measures.Name]:
    """What the editions after ``edition_code`` changed."""
    since = measures.edition(edition_code).since
    return [
        change
        for edition in measures.editions()
        if since < edition.since <= on
        for change in edition.changes
    ]


@transaction.atomic
def decide_refresher(
    certificates: Iterable[Certificate],
    *,
    by: User,
    on: date,
    at: datetime,
    is_needed: bool,
) -> list[Refresher]:
    """Note for each whether a refresher is needed under the edition of the day; those
    called are told, and may renew from now on. Twice is once. Raises
    ``NotYourCertificate``."""
    now = measures.in_force(on).code
    decisions = []
    for each in certificates:
        certificate = locked(each, by=by)
        decision, made = Refresher.objects.get_or_create(
            certificate=certificate,
            edition_code=now,
            defaults={"is_needed": is_needed, "decided_on": on, "decided_by": by},
        )
        decisions.append(decision)
        if made:
            tell(certificate, decision, by=by, at=at)
    return decisions


def tell(
    certificate: Certificate, decision: Refresher, *, by: User, at: datetime
) -> None:
    record(
        "refresher.decided",
        certificate,
        by=by,
        needed=decision.is_needed,
        edition=decision.edition_code,
    )
    if decision.is_needed:
        Reminder.objects.get_or_create(
            certificate=certificate,
            kind=Reminding.REFRESHER,
            defaults={"made_at": at},
        )
