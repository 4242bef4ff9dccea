"""Giving the certificate that a passed exam has earned."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from certificates.errors import NoIssuingOffice, NotEarned
from certificates.models import Certificate, NumberSeries
from certificates.numbering import check_character
from certificates.signals import certificate_issued
from core.audit import record
from core.dates import add_months
from divisions.enums import CODE_LENGTH, Level
from divisions.models import Division
from divisions.scoping import at
from exams.models import Attempt

# Ours: the Measures name no period (facts.md 8, attested "assumed").
VALID_MONTHS = 36
# No 0 or O, no 1, I or L, no U: people read codes out over the telephone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_CHARACTERS = 10
OFFICE = "扶贫开发领导小组办公室"


@transaction.atomic
def issue_certificate(attempt: Attempt, *, by: User | None, on: date) -> Certificate:
    """Issue the certificate that ``attempt`` has earned; ``by`` None is the site.

    Calling it again returns the certificate already issued. Raises ``NotEarned`` or
    ``NoIssuingOffice``.
    """
    attempt = (
        Attempt.objects.select_for_update(of=["self"])
        .select_related("candidate__home_division", "sitting")
        .get(pk=attempt.pk)
    )
    if certificate := Certificate.objects.filter(attempt=attempt).first():
        return certificate
    if not attempt.passed:
        raise NotEarned
    holder = attempt.candidate
    if holder.home_division is None:
        raise NoIssuingOffice

    office = issuing_office(holder.home_division)
    certificate = Certificate.objects.create(
        number=next_number(office, year=on.year),
        holder=holder,
        attempt=attempt,
        holder_name=holder.real_name,
        masked_id_number=holder.masked_id_number,
        post_level=holder.home_division.level,
        post_place=holder.home_division.full_name,
        exam_name=str(attempt.sitting),
        edition_code=attempt.edition_code,
        office_name=office_name(office),
        office_code=office_code(office),
        issued_on=on,
        expires_on=add_months(on, VALID_MONTHS),
        verification_code=get_random_string(CODE_CHARACTERS, CODE_ALPHABET),
        **at(holder.home_division),
    )
    record("certificate.issued", certificate, by=by, holder=holder.pk)
    transaction.on_commit(lambda: announce(certificate), robust=True)
    return certificate


def announce(certificate: Certificate) -> None:
    certificate_issued.send(Certificate, certificate=certificate)


def issue_earned(*, by: User | None) -> list[Certificate]:
    """Issue what passed attempts have earned and no signal has brought about.

    Whoever still lacks a home division waits for the next call.
    """
    issued = []
    for attempt in Attempt.objects.filter(passed=True, certificate=None):
        try:
            on = timezone.localdate(attempt.finished_at)
            issued.append(issue_certificate(attempt, by=by, on=on))
        except NoIssuingOffice:
            continue
    return issued


def issuing_office(home: Division) -> Division:
    """The division whose office issues: the county, or the city or region itself."""
    county = home.code[: CODE_LENGTH[Level.COUNTY]]
    return home if home.code == county else Division.objects.get(code=county)


def office_name(division: Division) -> str:
    """那坡县扶贫开发领导小组办公室; a city's district with the city before it."""
    is_district = division.level == Level.COUNTY and division.name.endswith("区")
    name = division.full_name if is_district else division.name
    return f"{name}{OFFICE}"


def office_code(division: Division) -> str:
    """Six digits for every office: a city is 451000."""
    return division.code.ljust(CODE_LENGTH[Level.COUNTY], "0")


def next_number(office: Division, *, year: int) -> str:
    """Take the next number of the office's year; a rollback gives it back."""
    code = office_code(office)
    series, _made = NumberSeries.objects.get_or_create(office_code=code, year=year)
    # The update locks the row until the transaction ends, on any database.
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db(fields=["last"])
    body = f"{code}{year}{series.last:05d}"
    return body + check_character(body)
