"""Appealing against a revocation, and answering."""

from datetime import date

from django.db import transaction

from accounts.models import User
from certificates.domain.hearing import bar_to_answering, hearing_of
from certificates.domain.revoking import revoked_together
from certificates.domain.suspending import announce, locked
from certificates.errors import NoAppeal, NotRevoked, ReasonMissing
from certificates.models import Appeal, Certificate, Suspension
from certificates.signals import certificate_reinstated
from core.audit import record


@transaction.atomic
def make_appeal(certificate: Certificate, *, by: User, on: date, words: str) -> Appeal:
    """The holder asks for the certificate back; one appeal at a time. Raises
    ``NotRevoked`` or ``ReasonMissing``."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.holder_id != by.pk or not certificate.revoked_on:
        raise NotRevoked
    if held := certificate.appeals.filter(answered_on=None).first():
        return held
    if not words.strip():
        raise ReasonMissing
    appeal = Appeal.objects.create(
        certificate=certificate, made_on=on, words=words.strip()
    )
    record("appeal.made", appeal, by=by, certificate=certificate.number)
    return appeal


@transaction.atomic
def answer_appeal(
    certificate: Certificate, *, by: User, on: date, granted: bool, answer: str
) -> Appeal:
    """Grant or dismiss the appeal that waits. Granted, the certificate is good again
    from ``on``, and so is each that was revoked with it; the days between stay on
    record as a suspension.

    The office above the one that revoked answers; above the region there is none, so
    somebody else of its office does. Raises ``NotYourCertificate``, ``NoAppeal``,
    ``HeardElsewhere``, ``OwnRevocation`` or ``ReasonMissing``.
    """
    certificate = locked(certificate, by=by)
    held = certificate.appeals.filter(answered_on=None).first()
    if held is None:
        raise NoAppeal
    if bar := bar_to_answering(certificate, by=by):
        raise bar
    if not answer.strip():
        raise ReasonMissing
    held.answered_on, held.answered_by = on, by
    held.granted, held.answer = granted, answer.strip()
    hearing = hearing_of(certificate)
    held.answering_office = hearing.office_name
    held.is_same_office = hearing.is_same_office
    held.save()
    if granted:
        for each in (*revoked_together(certificate), certificate):
            give_back(each, by=by, on=on, because=answer.strip())
            close_with(held, each)
    record(
        "appeal.answered",
        held,
        by=by,
        granted=granted,
        answer=answer.strip(),
        office=held.answering_office,
        same_office=held.is_same_office,
    )
    return held


def close_with(answered: Appeal, certificate: Certificate) -> None:
    """An appeal for what is given back already has its answer too."""
    certificate.appeals.filter(answered_on=None).update(
        answered_on=answered.answered_on,
        answered_by=answered.answered_by,
        granted=answered.granted,
        answer=answered.answer,
        answering_office=answered.answering_office,
        is_same_office=answered.is_same_office,
    )


def give_back(certificate: Certificate, *, by: User, on: date, because: str) -> None:
    certificate.suspensions.filter(until=None).update(until=certificate.revoked_on)
    Suspension.objects.create(
        certificate=certificate,
        since=certificate.revoked_on,
        until=on,
        reason=certificate.revocation_reason,
        suspended_by=certificate.revoked_by,
        lifted_by=by,
        lifted_because=because[:200],
    )
    certificate.revoked_on, certificate.revocation_reason = None, ""
    certificate.revoked_by = None
    certificate.save(update_fields=["revoked_on", "revocation_reason", "revoked_by"])
    announce(certificate_reinstated, certificate)
