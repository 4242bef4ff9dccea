"""Certificates that are printed while nobody waits."""

from celery import shared_task
from django.utils import timezone

from core.errors import Refused

from .domain.fetching import bundles_at_rest, work_on_bundle
from .domain.issuing import issue_earned
from .domain.printing import print_certificate
from .domain.reminding import mail_reminders, remind_holders
from .domain.working import batches_at_rest, work_on_batch
from .models import Certificate

BULK_QUEUE = "bulk"


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


@shared_task(ignore_result=True)
def remind_of_expiry() -> None:
    """Nightly: write what is due, then mail what is not mailed yet."""
    remind_holders(on=timezone.localdate(), at=timezone.now())
    mail_reminders(at=timezone.now())


@shared_task(ignore_result=True)
def run_batch(batch_id: int) -> None:
    """Treat some pieces and queue up again, so that others get their turn and a
    worker that stops loses little."""
    if work_on_batch(batch_id, at=timezone.now()):
        run_batch.apply_async([batch_id], queue=BULK_QUEUE)


@shared_task(ignore_result=True)
def run_bundle(order_id: int) -> None:
    """Make one piece and queue up again, as ``run_batch`` does."""
    if work_on_bundle(order_id, at=timezone.now()):
        run_bundle.apply_async([order_id], queue=BULK_QUEUE)


@shared_task(ignore_result=True)
def resume_batches() -> None:
    """Take up again what a worker left when it died."""
    for batch in batches_at_rest(at=timezone.now()):
        run_batch.apply_async([batch.pk], queue=BULK_QUEUE)
    for order in bundles_at_rest(at=timezone.now()):
        run_bundle.apply_async([order.pk], queue=BULK_QUEUE)
