"""The status of certificates for programs, read-only."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from accounts.api import REFUSALS, Day
from divisions.enums import Level

from .enums import State
from .models import Certificate

router = Router(tags=["certificates"])


class CertificateOut(Schema):
    """What the certificate says, and its state on that day."""

    number: str
    state: State
    holder: str
    post_level: Level
    office: str
    edition: str
    issued_on: date
    expires_on: date
    on: date


@router.get(
    "/{number}",
    response={200: CertificateOut, **REFUSALS},
    summary="Status of a certificate",
)
def status(request, number: str, on: Day = None):
    """A certificate of somebody in the token's division; others do not exist, nor does
    one that was issued after that day."""
    day = on or timezone.localdate()
    own = Certificate.objects.within(request.auth.division_code)
    found = get_object_or_404(own, number=number, issued_on__lte=day)
    return {
        "number": found.number,
        "state": found.state(day),
        "holder": found.holder_name,
        "post_level": found.post_level,
        "office": found.office_name,
        "edition": found.edition_code,
        "issued_on": found.issued_on,
        "expires_on": found.expires_on,
        "on": day,
    }
