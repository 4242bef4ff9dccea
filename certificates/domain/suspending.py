"""Suspending a certificate and lifting it: for a while it does not count."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal

from accounts.models import User
from certificates.enums import State
from certificates.errors import NotInForce, NotYourCertificate, ReasonMissing
from certificates.models import Certificate, Suspension
from certificates.permissions import can_revoke
from certificates.signals import certificate_reinstated, certificate_suspended
from core.audit import record


@transaction.atomic
def suspend_certificate(
    certificate: Certificate, *, by: User, on: date, reason: str
) -> Suspension:
    """Suspend from ``on`` on, and with it every other one of the holder that is valid:
    while a renewal overlaps with what it renews, the other one would count on. Twice
    is once. Raises ``NotYourCertificate``, ``ReasonMissing`` or ``NotInForce``."""
    certificate = locked(certificate, by=by)
    if held := certificate.suspensions.filter(until=None).first():
        return held
    if not reason.strip():
        raise ReasonMissing
    if certificate.state(on) != State.VALID:
        raise NotInForce
    suspension = stop(certificate, by=by, on=on, reason=reason.strip())
    valid = Certificate.objects.select_for_update().valid(on).order_by("pk")
    for each in valid.filter(holder=certificate.holder_id):
        stop(each, by=by, on=on, reason=reason.strip())
    return suspension


def stop(certificate: Certificate, *, by: User, on: date, reason: str) -> Suspension:
    suspension = Suspension.objects.create(
        certificate=certificate, since=on, reason=reason, suspended_by=by
    )
    record("certificate.suspended", certificate, by=by, reason=reason)
    announce(certificate_suspended, certificate)
    return suspension


def announce(signal: Signal, certificate: Certificate) -> None:
    """Once it is committed."""
    transaction.on_commit(
        lambda: signal.send(Certificate, certificate=certificate), robust=True
    )


@transaction.atomic
def lift_suspension(
    certificate: Certificate, *, by: User, on: date, reason: str
) -> Certificate:
    """End the suspension with ``on``, and each that the same act began; without one
    nothing happens. Raises ``NotYourCertificate`` or ``ReasonMissing``."""
    certificate = locked(certificate, by=by)
    held = certificate.suspensions.filter(until=None).first()
    if held is None:
        return certificate
    if not reason.strip():
        raise ReasonMissing
    for each in begun_together(held):
        each.until, each.lifted_by, each.lifted_because = on, by, reason.strip()
        each.save(update_fields=["until", "lifted_by", "lifted_because"])
        record("certificate.reinstated", each.certificate, by=by, reason=reason.strip())
        announce(certificate_reinstated, each.certificate)
    return certificate


def begun_together(held: Suspension) -> QuerySet[Suspension]:
    """``held`` and the others that stand of its holder, by the same act."""
    return Suspension.objects.filter(
        certificate__holder=held.certificate.holder_id,
        since=held.since,
        reason=held.reason,
        suspended_by=held.suspended_by_id,
        until=None,
    ).select_related("certificate")


def locked(certificate: Certificate, *, by: User) -> Certificate:
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not can_revoke(by, certificate):
        raise NotYourCertificate
    return certificate
