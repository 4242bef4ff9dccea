"""Taking a certificate back."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from certificates.domain.suspending import announce
from certificates.enums import State
from certificates.errors import (
    AlreadyExpired,
    NotInForce,
    NotYourCertificate,
    ReasonMissing,
)
from certificates.models import Certificate
from certificates.permissions import can_revoke
from certificates.signals import certificate_revoked
from core.audit import record

# Counts today, or would again once a suspension is lifted.
STILL_GOOD = (State.VALID, State.SUSPENDED)


@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, by: User, on: date, reason: str
) -> Certificate:
    """Revoke ``certificate`` from ``on`` on, and with it every other one of the holder
    that is still good; a second call changes nothing.

    What ends it concerns the holder, not a number: while a renewal overlaps with what
    it renews, the other one, whichever office issued it, would count on. An appeal that
    is granted gives all of them back. Raises ``NotYourCertificate``,
    ``ReasonMissing``, ``AlreadyExpired`` or ``NotInForce``.
    """
    every = Certificate.objects.select_for_update().order_by("pk")
    held = {each.pk: each for each in every.filter(holder=certificate.holder_id)}
    certificate = held.pop(certificate.pk)
    if not can_revoke(by, certificate):
        raise NotYourCertificate
    if certificate.revoked_on:
        return certificate
    if not reason.strip():
        raise ReasonMissing
    if certificate.state(on) == State.EXPIRED:
        raise AlreadyExpired
    if certificate.state(on) == State.SUPERSEDED:
        raise NotInForce

    good = [each for each in held.values() if each.state(on) in STILL_GOOD]
    for each in (certificate, *good):
        take_back(each, by=by, on=on, reason=reason.strip())
    return certificate


def take_back(certificate: Certificate, *, by: User, on: date, reason: str) -> None:
    certificate.revoked_on = on
    certificate.revocation_reason = reason
    certificate.revoked_by = by
    certificate.save(update_fields=["revoked_on", "revocation_reason", "revoked_by"])
    record("certificate.revoked", certificate, by=by, reason=reason)
    announce(certificate_revoked, certificate)


def revoked_together(certificate: Certificate) -> QuerySet[Certificate]:
    """The other certificates of the holder that the same act revoked, locked."""
    return (
        Certificate.objects.select_for_update()
        .filter(
            holder=certificate.holder_id,
            revoked_on=certificate.revoked_on,
            revoked_by=certificate.revoked_by_id,
            revocation_reason=certificate.revocation_reason,
        )
        .exclude(pk=certificate.pk)
        .order_by("pk")
    )
