"""Who holds a post, told to the exams below."""

from django.dispatch import receiver

from exams.signals import roster_asked

from .models import Assignment


@receiver(roster_asked, dispatch_uid="rosters.name")
def name_those_who_hold_a_post(sender, *, division, on, **kwargs):
    held = Assignment.objects.within(division.code).in_force(on)
    return held.order_by().values("person")
