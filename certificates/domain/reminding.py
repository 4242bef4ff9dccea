"""Telling holders in time that a certificate ends."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from certificates.enums import Reminding
from certificates.models import Certificate, Reminder

# Days before the end, the closest first: a night that was missed is made up for.
LADDER = ((7, Reminding.SEVEN), (30, Reminding.THIRTY), (90, Reminding.NINETY))
# A mail that could not be sent for so long is not sent any more.
MAIL_FOR = timedelta(days=7)
# Whoever has been sending for so long has died.
STALE = timedelta(minutes=10)
CALL = Q(kind=Reminding.REFRESHER, refresher__isnull=False)
log = logging.getLogger(__name__)


def kind_for(expires_on: date, *, on: date) -> Reminding | None:
    """The reminder that is due so many days before the end."""
    left = (expires_on - on).days
    return next((kind for days, kind in LADDER if left <= days), None)


@transaction.atomic
def remind_holders(*, on: date, at: datetime) -> int:
    """Write the reminders that are due; whoever has one, or a later certificate, gets
    none, and one given anew ends when its forerunner did. Safe to repeat: the number
    of new ones is returned."""
    furthest = on + timedelta(days=LADDER[-1][0] + 1)
    ending = Certificate.objects.expiring(before=furthest, on=on)
    renewed = Certificate.objects.valid(on).filter(expires_on__gte=furthest)
    ending = ending.exclude(holder__in=renewed.values("holder"))
    told = set(
        Reminder.objects.filter(
            certificate__attempt__in=ending.order_by().values("attempt")
        ).values_list("certificate__attempt", "kind")
    )
    due = [
        Reminder(certificate_id=pk, kind=kind, made_at=at)
        for pk, attempt, expires_on in ending.values_list("pk", "attempt", "expires_on")
        if (kind := kind_for(expires_on, on=on)) and (attempt, kind) not in told
    ]
    Reminder.objects.bulk_create(due, batch_size=1000, ignore_conflicts=True)
    return len(due)


def mail_reminders(*, at: datetime) -> int:
    """Send what is not sent yet to whoever has an address; one that fails is tried
    again at the next call and keeps nobody waiting."""
    waiting = (
        Reminder.objects.filter(
            mailed_at=None,
            seen_at=None,
            made_at__gt=at - MAIL_FOR,
            certificate__holder__email__isnull=False,
        )
        .filter(Q(refresher=None) | Q(refresher__superseded_by=None))
        .select_related("certificate__holder", "refresher__certificate")
        .order_by("pk")
    )
    sent = 0
    for reminder in waiting:
        if not claim(reminder, at=at):
            continue
        try:
            mail(reminder)
        except OSError as problem:
            log.warning("Reminder %s was not mailed: %s", reminder.pk, problem)
            Reminder.objects.filter(pk=reminder.pk).update(claimed_at=None)
            continue
        Reminder.objects.filter(pk=reminder.pk).update(mailed_at=at)
        sent += 1
    return sent


def claim(reminder: Reminder, *, at: datetime) -> bool:
    """Of two workers one sends it."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - STALE)
    mine = Reminder.objects.filter(free, pk=reminder.pk, mailed_at=None)
    return mine.update(claimed_at=at) == 1


def mail(reminder: Reminder) -> None:
    certificate = reminder.certificate
    address = settings.SITE_URL.rstrip("/") + certificate.get_absolute_url()
    with override(settings.LANGUAGE_CODE):
        send_mail(
            _("Your post certificate"),
            f"{certificate.holder_name}\n\n{reminder.words}\n\n{address}\n",
            None,
            [certificate.holder.email],
        )


def reminders_for(person: User, *, on: date) -> list[Reminder]:
    """What the home page shows: not seen yet, of certificates still in force or given
    anew, the latest of each. A call for a refresher stands there by itself until it
    is done."""
    valid = Certificate.objects.valid(on).filter(holder=person)
    unseen = (
        Reminder.objects.filter(
            certificate__attempt__in=valid.order_by().values("attempt"), seen_at=None
        )
        .exclude(CALL)
        .select_related("certificate", "refresher__certificate")
    )
    latest: dict[int, Reminder] = {}
    for reminder in unseen.order_by("made_at", "pk"):
        latest[reminder.certificate.attempt_id] = reminder
    return list(latest.values())


def see_reminders(person: User, *, at: datetime) -> int:
    """The person has read them all."""
    mine = Reminder.objects.filter(certificate__holder=person, seen_at=None)
    return mine.exclude(CALL).update(seen_at=at)
