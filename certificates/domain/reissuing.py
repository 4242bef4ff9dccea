"""Giving a certificate anew under a new number: a changed name, a lost paper."""

from datetime import date

from django.db import transaction
from django.utils.crypto import get_random_string

from accounts.models import User
from certificates.domain.issuing import (
    CODE_ALPHABET,
    CODE_CHARACTERS,
    announce,
    issuing_office,
    next_number,
)
from certificates.domain.photographing import photo_of
from certificates.domain.suspending import locked
from certificates.enums import Reissue, State
from certificates.errors import NothingToCorrect, NotInForce
from certificates.models import Certificate
from core.audit import record


@transaction.atomic
def reissue_certificate(
    certificate: Certificate, *, by: User, on: date, why: Reissue
) -> Certificate:
    """Give ``certificate`` anew with the holder's name, ID number and photo of today;
    the period and the template stay. The old number says from now on that it is
    replaced. Twice is once.

    Raises ``NotYourCertificate``, ``NotInForce`` or ``NothingToCorrect``.
    """
    old = locked(certificate, by=by)
    if newer := Certificate.objects.filter(supersedes=old).first():
        return newer
    if old.state(on) != State.VALID:
        raise NotInForce
    # As when it is issued: a photo taken away at the same time waits.
    person = User.objects.select_for_update(of=["self"]).get(pk=old.holder_id)
    today = (person.real_name, person.masked_id_number)
    if why == Reissue.CORRECTION and today == (old.holder_name, old.masked_id_number):
        raise NothingToCorrect

    Certificate.objects.filter(pk=old.pk).update(superseded_on=on)
    newer = Certificate.objects.get(pk=old.pk)
    newer.pk, newer._state.adding = None, True
    newer.number = next_number(issuing_office(old.division), year=on.year)
    newer.holder_name, newer.masked_id_number = today
    newer.issued_on, newer.superseded_on = on, None
    newer.supersedes, newer.reissue = old, why
    if newer.template_version and newer.template_version.has_photo:
        newer.photo = photo_of(person)
    newer.verification_code = get_random_string(CODE_CHARACTERS, CODE_ALPHABET)
    newer.save()
    record("certificate.reissued", newer, by=by, instead_of=old.number, why=why)
    transaction.on_commit(lambda: announce([newer]), robust=True)
    return newer
