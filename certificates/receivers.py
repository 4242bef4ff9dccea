"""A passed exam becomes a certificate, and a certificate a paper."""

import logging

from django.dispatch import receiver
from django.utils import timezone

from core.errors import Refused
from exams.signals import attempt_passed

from .domain.issuing import issue_certificate
from .signals import certificate_issued
from .tasks import print_paper

PDF_QUEUE = "pdf"
log = logging.getLogger(__name__)


@receiver(attempt_passed, dispatch_uid="certificates.issue")
def issue_on_pass(sender, *, attempt, **kwargs):
    try:
        issue_certificate(attempt, by=None, on=timezone.localdate(attempt.finished_at))
    except Refused as refusal:
        log.warning("Attempt %s earned no certificate: %s", attempt.pk, refusal.code)


@receiver(certificate_issued, dispatch_uid="certificates.print")
def print_on_issue(sender, *, certificate, **kwargs):
    print_paper.apply_async([certificate.pk], queue=PDF_QUEUE)
