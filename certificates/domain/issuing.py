"""Giving the certificate to whoever was chosen, trained and examined."""

from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from certificates.domain.designing import version_in_force
from certificates.domain.earning import Way, ways_of
from certificates.domain.lasting import months_for
from certificates.domain.photographing import photo_of
from certificates.enums import State
from certificates.errors import NoIssuingOffice, NotEarned
from certificates.models import Certificate, NumberSeries
from certificates.numbering import check_character
from certificates.signals import certificate_issued
from core.audit import record
from core.dates import add_months
from core.errors import Refused
from divisions.enums import CODE_LENGTH, Level
from divisions.models import Division
from divisions.scoping import at
from exams.models import Attempt

# No 0 or O, no 1, I or L, no U: people read codes out over the telephone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_CHARACTERS = 10
AT_A_TIME = 500
OFFICE = "扶贫开发领导小组办公室"


@transaction.atomic
def issue_certificate(attempt: Attempt, *, by: User | None, on: date) -> Certificate:
    """Issue the certificate that ``attempt`` completes; ``by`` None is the site.

    Calling it again returns the certificate already issued. Raises
    ``NoIssuingOffice``, or ``NotEarned`` with all that is missing: the choice, the
    training, the exam, or that the certificate held is still far from its end.
    """
    # Whoever chooses a person locks the same row, so of two that come at once the
    # second one sees the first.
    person = User.objects.select_for_update(of=["self"]).get(pk=attempt.candidate_id)
    attempt = Attempt.objects.select_related(
        "candidate__home_division", "sitting", "sitting__division"
    ).get(pk=attempt.pk)
    if certificate := Certificate.objects.filter(attempt=attempt).first():
        return certificate
    if attempt.candidate.home_division is None:
        raise NoIssuingOffice
    (way,) = ways_of([attempt], on=on)
    if missing := way.missing(on=on):
        raise NotEarned(person=person.real_name, missing=missing)

    certificate = Certificate.objects.create(**what_it_says(way, on=on))
    record("certificate.issued", certificate, by=by, holder=person.pk)
    transaction.on_commit(lambda: announce(certificate), robust=True)
    return certificate


def what_it_says(way: Way, *, on: date) -> dict[str, object]:
    """Everything the certificate copies, so that no later change touches it."""
    holder, attempt = way.person, way.attempt
    office = issuing_office(holder.home_division)
    version = version_in_force(office, holder.home_division.level, on=on)
    return {
        "number": next_number(office, year=on.year),
        "holder": holder,
        "attempt": attempt,
        "selection": way.selection,
        "chosen_on": way.chosen_on,
        "chosen_by_name": way.selection.chosen_by.real_name,
        "trained_on": way.trained_on,
        "passed_on": way.passed_on,
        "holder_name": holder.real_name,
        "masked_id_number": holder.masked_id_number,
        "post_level": holder.home_division.level,
        "post_place": holder.home_division.full_name,
        "exam_name": str(attempt.sitting),
        "edition_code": attempt.edition_code,
        "office_name": office_name(office),
        "office_code": office_code(office),
        "issued_on": on,
        "expires_on": good_until(way, on=on),
        "verification_code": get_random_string(CODE_CHARACTERS, CODE_ALPHABET),
        "template_version": version,
        "photo": photo_of(holder) if version and version.has_photo else None,
        **at(holder.home_division),
    }


def good_until(way: Way, *, on: date) -> date:
    """From the day of issue, or from the end of the certificate that is renewed: who
    renews early loses nothing."""
    held = way.held
    goes_on = held and held.state(on) == State.VALID
    months = months_for(way.person.home_division.level, way.attempt.edition_code)
    return add_months(held.expires_on if goes_on else on, months)


def announce(certificate: Certificate) -> None:
    certificate_issued.send(Certificate, certificate=certificate)


def issue_earned(*, by: User | None, person: User | None = None) -> list[Certificate]:
    """Issue what people have earned and no certificate says yet, for all or for
    ``person``, dated the day on which the last of the three came in.

    Whoever lacks something waits for the next call; that costs no statement each.
    """
    issued = []
    attempts = Attempt.objects.filter(passed=True, certificate=None)
    attempts = attempts.with_results_out()
    if person is not None:
        attempts = attempts.filter(candidate=person)
    found = attempts_in_order(attempts)
    for start in range(0, len(found), AT_A_TIME):
        some = found[start : start + AT_A_TIME]
        for way in ways_of(some, on=timezone.localdate()):
            on = way.earned_on
            if on is None or way.missing(on=on):
                continue
            try:
                issued.append(issue_certificate(way.attempt, by=by, on=on))
            except Refused:  # a second pass of the same person, most likely
                continue
    return issued


def attempts_in_order(attempts: QuerySet[Attempt]) -> list[Attempt]:
    candidates = attempts.select_related("candidate", "sitting").defer("paper")
    return list(candidates.order_by("finished_at", "pk"))


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
