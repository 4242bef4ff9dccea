"""What the rosters hear: exams ask who holds a post; a certificate that stops counting,
or counts again, a new one, and a post left or taken, open and close seats the same day.
"""

from django.dispatch import receiver
from django.utils import timezone

from certificates.signals import (
    certificate_reinstated,
    certificate_revoked,
    certificate_suspended,
    certificates_issued,
)
from exams.signals import roster_asked

from .domain.noting import note_openings_at, note_openings_of
from .models import Assignment
from .signals import posts_changed


@receiver(roster_asked, dispatch_uid="rosters.name")
def name_those_who_hold_a_post(sender, *, division, on, **kwargs):
    held = Assignment.objects.within(division.code).in_force(on)
    return held.order_by().values("person")


@receiver(
    [certificate_revoked, certificate_suspended, certificate_reinstated],
    dispatch_uid="rosters.note_opening",
)
def note_on_a_certificate(sender, *, certificate, **kwargs):
    """The office hears of it today."""
    now = timezone.now()
    note_openings_of([certificate.holder_id], on=timezone.localdate(now), at=now)


@receiver(certificates_issued, dispatch_uid="rosters.note_renewal")
def note_on_new_certificates(sender, *, certificates, **kwargs):
    now = timezone.now()
    holders = [each.holder_id for each in certificates]
    note_openings_of(holders, on=timezone.localdate(now), at=now)


@receiver(posts_changed, dispatch_uid="rosters.note_leaving")
def note_on_posts(sender, *, assignments, **kwargs):
    now = timezone.now()
    divisions = [each.division for each in assignments]
    note_openings_at(divisions, on=timezone.localdate(now), at=now)
