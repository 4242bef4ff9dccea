"""What the exams hear: a finished attempt enters the statistics, and one marked anew
enters them again; a lesson asks what else is to be read before another attempt."""

from django.dispatch import receiver
from django.utils import timezone

from courses.signals import relearning_asked
from divisions.signals import division_recoded

from .domain.analysis.recounting import doubt_sums
from .domain.attending import lessons_left
from .signals import (
    attempt_finished,
    attempt_remarked,
    key_revised,
    regrade_confirmed,
)
from .tasks import count_attempts, recount_statistics, settle_credited_scripts


@receiver([attempt_finished, attempt_remarked], dispatch_uid="exams.count")
def count_when_finished(sender, *, attempt, **kwargs):
    count_attempts.delay(attempt.sitting_id)


@receiver(regrade_confirmed, dispatch_uid="exams.count_regraded")
def count_when_regraded(sender, *, sittings, **kwargs):
    for sitting in sittings:
        count_attempts.delay(sitting)


@receiver(division_recoded, dispatch_uid="exams.recount_moved")
def recount_when_moved(sender, *, before, after, **kwargs):
    if doubt_sums(before=before, after=after):
        recount_statistics.delay()


@receiver(key_revised, dispatch_uid="exams.settle_credited")
def settle_when_revised(sender, *, revision, **kwargs):
    if revision.credits_all:
        settle_credited_scripts.delay()


@receiver(relearning_asked, dispatch_uid="exams.relearning")
def name_lessons_left(sender, *, person, lesson, since, **kwargs):
    if since is None:
        return None
    left = lessons_left(person, since=since, at=timezone.now())
    return [(due.lesson.title, due.url) for due in left]
