"""Certificates that are printed while nobody waits."""

from celery import shared_task
from django.utils import timezone

from core.errors import Refused

from .domain.issuing import issue_earned
from .domain.printing import print_certificate
from .models import Certificate


@shared_task(ignore_result=True)
def print_paper(certificate_id: int) -> None:
    """Print it ahead of the first download; done already is done.

    A refusal (a glyph the font lacks) is not a task's failure: whoever opens the
    certificate is told the same words.
    """
    try:
        print_certificate(Certificate.objects.get(pk=certificate_id), at=timezone.now())
    except Refused:
        return


@shared_task(ignore_result=True)
def issue_earned_certificates() -> None:
    """Catch up after a process that died between a commit and its signal."""
    issue_earned(by=None)
