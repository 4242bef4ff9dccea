"""Who hears an appeal against a revocation: the office above the one that revoked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.enums import LEVEL_OF_OFFICE
from accounts.models import User
from certificates.domain.issuing import office_name
from certificates.errors import HeardElsewhere, NotYourCertificate, OwnRevocation
from certificates.models import Appeal, Certificate
from certificates.permissions import REVOKERS
from core.errors import Refused
from divisions.enums import CODE_LENGTH, LEVEL_OF_LENGTH, Level
from divisions.models import Division

# From the widest down; the office above an office stands before it.
OFFICES_THAT_REVOKE = (Level.REGION, Level.CITY, Level.COUNTY)


@dataclass(frozen=True)
class Hearing:
    """The level and division of the office that answers. ``is_same_office``: none
    stands above, so another person of the office that revoked does."""

    level: Level
    code: str
    is_same_office: bool

    @property
    def office_name(self) -> str:
        return office_name(Division.objects.get(code=self.code))


def hearing_of(certificate: Certificate) -> Hearing:
    """Of a list, prefetch ``revoked_by__grants``."""
    place = OFFICES_THAT_REVOKE.index(revoking_level(certificate))
    level = OFFICES_THAT_REVOKE[max(place - 1, 0)]
    code = certificate.division_code[: CODE_LENGTH[level]]
    return Hearing(level, code, is_same_office=place == 0)


def revoking_level(certificate: Certificate) -> Level:
    """The highest office that whoever revoked held above the holder on that day; where
    that is not known, the office that issues."""
    held = {
        LEVEL_OF_OFFICE[grant.role]
        for grant in grants_of_the_revoker(certificate)
        if grant.role in REVOKERS
        and certificate.division_code.startswith(grant.division_code)
        and grant.since <= certificate.revoked_on
        and (grant.until is None or grant.until >= certificate.revoked_on)
    }
    issuing = len(certificate.division_code[: CODE_LENGTH[Level.COUNTY]])
    held.add(LEVEL_OF_LENGTH[issuing])
    return next(level for level in OFFICES_THAT_REVOKE if level in held)


def grants_of_the_revoker(certificate: Certificate) -> Iterable:
    revoker = certificate.revoked_by
    return revoker.grants.all() if revoker else ()


def bar_to_answering(certificate: Certificate, *, by: User) -> Refused | None:
    """Why ``by`` may not answer an appeal for it; None if they may."""
    if may_answer(certificate, by=by):
        return None
    if certificate.holder_id == by.pk:
        return NotYourCertificate()
    hearing = hearing_of(certificate)
    if not by.acts_for(hearing.level, certificate.division_code):
        return HeardElsewhere(office=hearing.office_name)
    return OwnRevocation()


def may_answer(certificate: Certificate, *, by: User) -> bool:
    return by.pk not in (certificate.holder_id, certificate.revoked_by_id) and (
        by.acts_for(hearing_of(certificate).level, certificate.division_code)
    )


def appeals_heard_by(user: User) -> list[Appeal]:
    """Those that wait for an answer by ``user``, the oldest first; three statements,
    however many."""
    codes = [
        grant.division_code
        for grant in user.current_grants
        if grant.office_level in OFFICES_THAT_REVOKE[:2]
    ]
    if not codes:
        return []
    waiting = (
        Appeal.objects.filter(
            answered_on=None, certificate__in=Certificate.objects.within(*codes)
        )
        .select_related("certificate__division", "certificate__revoked_by")
        .prefetch_related("certificate__revoked_by__grants")
        .order_by("made_on", "pk")
    )
    return [each for each in waiting if may_answer(each.certificate, by=user)]
