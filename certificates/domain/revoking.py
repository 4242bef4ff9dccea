"""Taking a certificate back."""

from datetime import date

from django.db import transaction

from accounts.models import User
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


@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, by: User, on: date, reason: str
) -> Certificate:
    """Revoke ``certificate`` from ``on`` on; a second call changes nothing.

    Raises ``NotYourCertificate``, ``ReasonMissing``, ``AlreadyExpired`` or
    ``NotInForce``.
    """
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
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

    certificate.revoked_on = on
    certificate.revocation_reason = reason.strip()
    certificate.revoked_by = by
    certificate.save(update_fields=["revoked_on", "revocation_reason", "revoked_by"])
    record("certificate.revoked", certificate, by=by, reason=reason.strip())
    transaction.on_commit(lambda: announce(certificate), robust=True)
    return certificate


def announce(certificate: Certificate) -> None:
    certificate_revoked.send(Certificate, certificate=certificate)
