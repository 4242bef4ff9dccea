"""Telling the offices of seats that opened and of refreshers that were not done, by
one mail an office and day at most."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.enums import OFFICES
from accounts.models import User
from certificates.domain.calling import number_late
from certificates.domain.issuing import office_name
from certificates.models import Refresher
from divisions.enums import CODE_LENGTH, LEVEL_OF_LENGTH, Level
from divisions.models import Division
from ledger.words import named
from rosters.domain.noting import LOOK_BACK
from rosters.models import Digest, Opening

# Whoever has been sending for so long has died.
STALE = timedelta(minutes=10)
NAMED = 50
log = logging.getLogger(__name__)


def offices_with_late(on: date) -> set[str]:
    """Those that no mail has told since the last day of a refresher passed."""
    late = Refresher.objects.late(on).filter(due_on__gte=on - LOOK_BACK).order_by()
    passed: dict[str, date] = {}
    for code, due_on in late.values_list("certificate__division_code", "due_on"):
        office = code[: CODE_LENGTH[Level.COUNTY]]
        passed[office] = max(passed.get(office, due_on), due_on)
    sent = Digest.objects.filter(sent_at__isnull=False, office_code__in=passed)
    last = sent.order_by().values("office_code").annotate(last=Max("on"))
    told = dict(last.values_list("office_code", "last"))
    return {code for code, due_on in passed.items() if told.get(code, due_on) <= due_on}


@transaction.atomic
def gather_digests(*, on: date, at: datetime) -> int:
    """Put what no mail has told yet into the day's mail of its office; an office that
    has had its mail of the day hears of it tomorrow. One whose people have let the day
    of a refresher pass gets a mail too. How many seats are put is returned."""
    unsent = Q(digest=None) | Q(digest__sent_at=None, digest__on__lt=on)
    waiting = Opening.objects.still().filter(unsent, noted_at__gt=at - LOOK_BACK)
    codes = set(waiting.order_by().values_list("office_code", flat=True))
    codes |= offices_with_late(on)
    Digest.objects.bulk_create(
        [Digest(office_code=code, on=on) for code in sorted(codes)],
        ignore_conflicts=True,
    )
    number = 0
    for digest in Digest.objects.filter(on=on, office_code__in=codes, sent_at=None):
        own = waiting.filter(office_code=digest.office_code)
        keys = list(own.values_list("pk", flat=True))
        number += Opening.objects.filter(pk__in=keys).update(digest=digest)
    return number


def send_digests(*, on: date, at: datetime) -> int:
    """Send the day's mails that are not sent yet; one that fails is tried again at the
    next call and keeps nobody waiting. How many went out is returned."""
    sent = 0
    for digest in Digest.objects.filter(on=on, sent_at=None):
        people = addressees(digest.office_code, on=on)
        if not people or not claim(digest, at=at):
            continue
        try:
            mail(digest, people)
        except Exception:
            # An address that is none concerns this office, and the others wait.
            log.exception("Digest %s was not mailed", digest)
            Digest.objects.filter(pk=digest.pk).update(claimed_at=None)
            continue
        Digest.objects.filter(pk=digest.pk).update(sent_at=at)
        sent += 1
    return sent


def addressees(code: str, *, on: date) -> list[str]:
    """The addresses of those who hold the office of the division today."""
    role = OFFICES[LEVEL_OF_LENGTH[len(code)]]
    people = User.objects.holding(role, at=code, on=on).filter(is_active=True)
    return list(
        people.exclude(Q(email=None) | Q(email="")).values_list("email", flat=True)
    )


def claim(digest: Digest, *, at: datetime) -> bool:
    """Of two workers one sends it."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - STALE)
    mine = Digest.objects.filter(free, pk=digest.pk, sent_at=None)
    return mine.update(claimed_at=at) == 1


def mail(digest: Digest, people: list[str]) -> None:
    """Colleagues see what they were told, not one another's addresses; where nothing
    stands open any more, nothing is told."""
    openings = digest.openings.still().for_list()
    openings = openings.order_by("-since", "division_code", "pk")
    with override(settings.LANGUAGE_CODE):
        division = Division.objects.get(code=digest.office_code)
        if not (lines := list(lines_of(division, openings, on=digest.on))):
            return
        subject = _("Posts and certificates of your division")
        EmailMessage(subject, "\n".join(lines), None, bcc=people).send()


def lines_of(
    division: Division, openings: QuerySet[Opening], *, on: date
) -> Iterable[str]:
    found, late = list(openings), number_late([division.code], on=on)
    if not (found or late):
        return
    yield office_name(division)
    if found:
        yield ""
        yield from lines_of_openings(found)
        yield ""
        yield address(reverse("rosters:division", args=[division.code]))
    if late:
        yield ""
        yield ngettext(
            "%(number)s person has let the day of their refresher pass.",
            "%(number)s people have let the day of their refresher pass.",
            late,
        ) % {"number": late}
        yield address(reverse("certificates:decided") + "?state=late")


def address(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def lines_of_openings(found: Sequence[Opening]) -> Iterable[str]:
    yield ngettext(
        "%(number)s informant's post stands open. Please look for somebody to fill it.",
        "%(number)s informants' posts stand open. Please look for people to fill them.",
        len(found),
    ) % {"number": len(found)}
    yield ""
    for each in found[:NAMED]:
        yield _("%(place)s, %(post)s, %(person)s: %(why)s, since %(day)s") % {
            "place": each.division.full_name,
            "post": named(each.division.level, "post"),
            "person": each.assignment.person.real_name,
            "why": each.get_why_display(),
            "day": date_format(each.since),
        }
    if len(found) > NAMED:
        yield _("And %(number)s more.") % {"number": len(found) - NAMED}
