"""What the rosters hear from below: exams ask who holds a post, and a certificate taken
back opens its holder's seat."""

from django.dispatch import receiver
from django.utils import timezone

from certificates.signals import certificate_revoked
from exams.signals import roster_asked

from .domain.notifying import note_openings_of
from .models import Assignment


@receiver(roster_asked, dispatch_uid="rosters.name")
def name_those_who_hold_a_post(sender, *, division, on, **kwargs):
    held = Assignment.objects.within(division.code).in_force(on)
    return held.order_by().values("person")


@receiver(certificate_revoked, dispatch_uid="rosters.note_opening")
def note_on_revocation(sender, *, certificate, **kwargs):
    """The office hears of it today."""
    now = timezone.now()
    note_openings_of(certificate.holder_id, on=timezone.localdate(now), at=now)
