"""Suspending a certificate and lifting it: for a while it does not count."""

from datetime import date

from django.db import transaction

from accounts.models import User
from certificates.enums import State
from certificates.errors import NotInForce, NotYourCertificate, ReasonMissing
from certificates.models import Certificate, Suspension
from certificates.permissions import can_revoke
from core.audit import record


@transaction.atomic
def suspend_certificate(
    certificate: Certificate, *, by: User, on: date, reason: str
) -> Suspension:
    """Suspend from ``on`` on; twice is once. Raises ``NotYourCertificate``,
    ``ReasonMissing`` or ``NotInForce``."""
    certificate = locked(certificate, by=by)
    if held := certificate.suspensions.filter(until=None).first():
        return held
    if not reason.strip():
        raise ReasonMissing
    if certificate.state(on) != State.VALID:
        raise NotInForce
    suspension = Suspension.objects.create(
        certificate=certificate, since=on, reason=reason.strip(), suspended_by=by
    )
    record("certificate.suspended", certificate, by=by, reason=reason.strip())
    return suspension


@transaction.atomic
def lift_suspension(
    certificate: Certificate, *, by: User, on: date, reason: str
) -> Certificate:
    """End the suspension with ``on``; without one nothing happens. Raises
    ``NotYourCertificate`` or ``ReasonMissing``."""
    certificate = locked(certificate, by=by)
    held = certificate.suspensions.filter(until=None).first()
    if held is None:
        return certificate
    if not reason.strip():
        raise ReasonMissing
    held.until, held.lifted_by, held.lifted_because = on, by, reason.strip()
    held.save(update_fields=["until", "lifted_by", "lifted_because"])
    record("certificate.reinstated", certificate, by=by, reason=reason.strip())
    return certificate


def locked(certificate: Certificate, *, by: User) -> Certificate:
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not can_revoke(by, certificate):
        raise NotYourCertificate
    return certificate
