"""Giving the certificate to whoever was chosen, trained and examined."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from certificates.domain.designing import version_in_force
from certificates.domain.earning import RENEWAL, Way, ways_of
from certificates.domain.lasting import months_for
from certificates.domain.photographing import photos_of
from certificates.domain.wording import OFFICE
from certificates.enums import State
from certificates.errors import NoIssuingOffice, NotEarned
from certificates.models import Certificate, NumberSeries, TemplateVersion
from certificates.numbering import check_character
from certificates.signals import certificates_issued
from core.audit import record_many
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


@dataclass(frozen=True)
class Terms:
    """What the certificates of an office for a level and an edition have in common."""

    office: Division
    version: TemplateVersion | None
    months: int


def issue_certificate(attempt: Attempt, *, by: User | None, on: date) -> Certificate:
    """Issue the certificate that ``attempt`` completes; ``by`` None is the site.

    Calling it again returns the certificate already issued. Raises
    ``NoIssuingOffice``, or ``NotEarned`` with all that is missing: the choice, the
    training, the exam, or that the certificate held is still far from its end.
    """
    (outcome,) = issue_certificates([attempt], by=by, on=on).values()
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@transaction.atomic
def issue_certificates(
    attempts: Sequence[Attempt], *, by: User | None, on: date, is_printed: bool = False
) -> dict[int, Certificate | Refused]:
    """Issue what ``attempts`` complete; return by key of each its certificate, or why
    there is none. As many statements for one as for many.

    ``is_printed``: the caller prints them, so nobody else need.
    """
    lock_people({attempt.candidate_id for attempt in attempts})
    outcomes: dict[int, Certificate | Refused] = {}
    for some in rounds(attempts):
        found = Certificate.objects.filter(attempt__in=some).order_by("issued_on", "pk")
        issued = {certificate.attempt_id: certificate for certificate in found}
        ways, refused = ways_to_go([a for a in some if a.pk not in issued], on=on)
        made = write_certificates(ways, by=by, on=on)
        if made:
            tell(list(made.values()), is_printed=is_printed)
        outcomes |= issued | refused | made
    return outcomes


def lock_people(keys: Collection[int]) -> None:
    """Whoever chooses a person locks the same row, so of two that come at once the
    second one sees the first. In order, so that two with many people never wait for
    each other."""
    people = User.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    list(people.values_list("pk"))


def rounds(attempts: Sequence[Attempt]) -> Iterator[list[Attempt]]:
    """Nobody twice in one: what a second pass brings hangs on the first."""
    left = list(attempts)
    while left:
        some: dict[int, Attempt] = {}
        for each in left:
            some.setdefault(each.candidate_id, each)
        yield list(some.values())
        left = [each for each in left if some[each.candidate_id] is not each]


def ways_to_go(
    attempts: Sequence[Attempt], *, on: date
) -> tuple[list[Way], dict[int, Refused]]:
    """The ways that lead to a certificate, as they stand now; why the others do not."""
    as_they_are = Attempt.objects.select_related(
        "candidate__home_division", "sitting__division"
    ).defer("paper", "keys")
    found = as_they_are.in_bulk([attempt.pk for attempt in attempts])
    ways, refused = [], {}
    for way in ways_of([found[attempt.pk] for attempt in attempts], on=on):
        if way.person.home_division is None:
            refused[way.attempt.pk] = NoIssuingOffice()
        elif missing := way.missing(on=on):
            name = way.person.real_name
            refused[way.attempt.pk] = NotEarned(person=name, missing=missing)
        else:
            ways.append(way)
    return ways, refused


def write_certificates(
    ways: Sequence[Way], *, by: User | None, on: date
) -> dict[int, Certificate]:
    """By key of the attempt; numbered in the order of ``ways``."""
    terms = terms_of(ways, on=on)
    numbers = next_numbers([each.office for each in terms], year=on.year)
    wants_photo = [
        way.person
        for way, own in zip(ways, terms, strict=True)
        if own.version and own.version.has_photo
    ]
    photos = photos_of(wants_photo) if wants_photo else {}
    made = Certificate.objects.bulk_create(
        Certificate(
            number=number,
            photo=photos.get(way.person.pk),
            **what_it_says(way, own, on=on),
        )
        for way, own, number in zip(ways, terms, numbers, strict=True)
    )
    holders = [(each, {"holder": each.holder_id}) for each in made]
    record_many("certificate.issued", holders, by=by)
    return {certificate.attempt_id: certificate for certificate in made}


def terms_of(ways: Sequence[Way], *, on: date) -> list[Terms]:
    """Those of each way; asked once for all that have them in common."""
    asked: dict[tuple[str, str, str], Terms] = {}
    terms = []
    for way in ways:
        home, edition = way.person.home_division, way.attempt.edition_code
        key = (home.code[: CODE_LENGTH[Level.COUNTY]], home.level, edition)
        if key not in asked:
            office = issuing_office(home)
            version = version_in_force(office, home.level, on=on)
            asked[key] = Terms(office, version, months_for(home.level, edition))
        terms.append(asked[key])
    return terms


def what_it_says(way: Way, terms: Terms, *, on: date) -> dict[str, object]:
    """Everything the certificate copies, so that no later change touches it."""
    holder, attempt = way.person, way.attempt
    return {
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
        "office_name": office_name(terms.office),
        "office_code": office_code(terms.office),
        "issued_on": on,
        "expires_on": good_until(way, terms.months, on=on),
        "verification_code": get_random_string(CODE_CHARACTERS, CODE_ALPHABET),
        "template_version": terms.version,
        **at(holder.home_division),
    }


def good_until(way: Way, months: int, *, on: date) -> date:
    """From the day of issue, or, where it is near, from the end of the certificate that
    is renewed: who renews in time loses nothing. Long before that end, as by a
    refresher, the period begins anew, and never ends earlier than the old one."""
    held = way.held
    if held is None or held.state(on) != State.VALID:
        return add_months(on, months)
    if on >= held.expires_on - RENEWAL:
        return add_months(held.expires_on, months)
    return max(add_months(on, months), held.expires_on)


def tell(certificates: Sequence[Certificate], *, is_printed: bool) -> None:
    """Once they are committed."""
    transaction.on_commit(
        lambda: announce(certificates, is_printed=is_printed), robust=True
    )


def announce(certificates: Sequence[Certificate], *, is_printed: bool = False) -> None:
    certificates_issued.send(
        Certificate, certificates=certificates, is_printed=is_printed
    )


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
    (number,) = next_numbers([office], year=year)
    return number


def next_numbers(offices: Sequence[Division], *, year: int) -> list[str]:
    """Take one for each of ``offices``, in their order."""
    codes = [office_code(office) for office in offices]
    # In order, so that two with many offices never wait for each other.
    serials = {
        code: iter(next_serials(code, count, year=year))
        for code, count in sorted(Counter(codes).items())
    }
    bodies = [f"{code}{year}{next(serials[code]):05d}" for code in codes]
    return [body + check_character(body) for body in bodies]


def next_serials(code: str, count: int, *, year: int) -> range:
    series, _made = NumberSeries.objects.get_or_create(office_code=code, year=year)
    # The update locks the row until the transaction ends, on any database.
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + count)
    series.refresh_from_db(fields=["last"])
    return range(series.last - count + 1, series.last + 1)
