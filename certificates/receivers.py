"""The last of choice, training and exam becomes a certificate, and that a paper."""

import logging

from django.dispatch import receiver
from django.utils import timezone

from core.errors import Refused
from courses.signals import path_completed, relearning_asked
from exams.signals import attempt_passed, dependents_asked

from .domain.calling import lessons_left
from .domain.earning import known_on
from .domain.issuing import issue_certificate, issue_earned
from .errors import NotEarned
from .models import Certificate
from .signals import (
    batch_ordered,
    bundle_ordered,
    certificates_issued,
    person_selected,
)
from .tasks import BULK_QUEUE, print_paper, run_batch, run_bundle

PDF_QUEUE = "pdf"
# So many workers may share one batch.
HANDS = 2
log = logging.getLogger(__name__)


@receiver(attempt_passed, dispatch_uid="certificates.issue")
def issue_on_pass(sender, *, attempt, **kwargs):
    try:
        issue_certificate(attempt, by=None, on=known_on(attempt))
    except NotEarned:
        return  # the person's page says what is missing
    except Refused as refusal:
        log.warning("Attempt %s earned no certificate: %s", attempt.pk, refusal.code)


@receiver(path_completed, dispatch_uid="certificates.issue_to_the_trained")
def issue_on_completion(sender, *, person, **kwargs):
    issue_earned(by=None, person=person)


@receiver(person_selected, dispatch_uid="certificates.issue_to_the_chosen")
def issue_on_selection(sender, *, selection, **kwargs):
    issue_earned(by=None, person=selection.person)


@receiver(certificates_issued, dispatch_uid="certificates.print")
def print_on_issue(sender, *, certificates, is_printed, **kwargs):
    if is_printed:
        return
    for certificate in certificates:
        print_paper.apply_async([certificate.pk], queue=PDF_QUEUE)


@receiver(dependents_asked, dispatch_uid="certificates.name")
def name_certificates(sender, *, attempts, **kwargs):
    """Say which standing certificates rest on these attempts."""
    found = Certificate.objects.filter(attempt__in=attempts, revoked_on=None)
    return {
        certificate.attempt_id: {
            "words": str(certificate),
            "url": certificate.get_absolute_url(),
        }
        for certificate in found
    }


@receiver(batch_ordered, dispatch_uid="certificates.work")
def work_on_order(sender, *, batch, **kwargs):
    for _hand in range(HANDS):
        run_batch.apply_async([batch.pk], queue=BULK_QUEUE)


@receiver(bundle_ordered, dispatch_uid="certificates.bundle")
def bundle_on_order(sender, *, order, **kwargs):
    run_bundle.apply_async([order.pk], queue=BULK_QUEUE)


@receiver(relearning_asked, dispatch_uid="certificates.relearning")
def name_lessons_left(sender, *, person, lesson, since, **kwargs):
    if since is not None:  # for an exam that was failed
        return None
    left = lessons_left(person, lesson, on=timezone.localdate())
    return None if left is None else [(each.title, each.url) for each in left]
