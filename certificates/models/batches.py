from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates.enums import Bundle
from divisions.scoping import Placed, PlacedQuerySet

from .certificates import KEEPERS, Certificate
from .papers import private_files


class BatchQuerySet(PlacedQuerySet):
    def open(self) -> Self:
        return self.filter(finished_at=None, cancelled_at=None)

    def visible_to(self, user: User) -> Self:
        """An office sees those of its division."""
        codes = [g.division_code for g in user.current_grants if g.role in KEEPERS]
        return self.within(*codes)


class Batch(Placed):
    """The order to issue and print everything that a sitting has earned.

    Placed where the sitting is. Born in ``order_batch``; open until everything is
    done or has failed, or until ``cancel_batch``.
    """

    sitting = models.ForeignKey(
        "exams.Sitting",
        models.PROTECT,
        related_name="batches",
        verbose_name=_("sitting"),
    )
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("ordered by"),
    )
    ordered_at = models.DateTimeField(_("ordered at"))
    finished_at = models.DateTimeField(_("closed at"), null=True)
    cancelled_at = models.DateTimeField(_("stopped at"), null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at", "-pk"]
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        constraints = [
            models.UniqueConstraint(
                fields=["sitting"],
                condition=Q(finished_at=None, cancelled_at=None),
                name="batch_open_once_per_sitting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.sitting)

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.cancelled_at is None


class BatchItemQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(done_at=None, failed_at=None)

    def done(self) -> Self:
        return self.filter(done_at__isnull=False)

    def failed(self) -> Self:
        return self.filter(failed_at__isnull=False)


class BatchItem(models.Model):
    """One passed attempt of a batch, and how it went. ``claimed_at`` says that a
    worker has it in hand; a claim that grows old is anybody's. ``refusal`` is what
    a failure follows from (``domain/recalling.py``)."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    attempt = models.ForeignKey("exams.Attempt", models.PROTECT, related_name="+")
    certificate = models.ForeignKey(
        Certificate, models.PROTECT, null=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=40, blank=True)
    refusal = models.JSONField(null=True)

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "attempt"], name="batch_names_an_attempt_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(failed_at=None),
                name="batch_item_done_or_failed",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(certificate__isnull=False),
                name="batch_item_done_with_a_certificate",
            ),
        ]
        indexes = [
            models.Index(
                fields=["batch", "id"],
                condition=Q(done_at=None, failed_at=None),
                name="batch_items_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch} · {self.attempt_id}"


class BatchFile(models.Model):
    """What a batch is fetched as: all papers in one ZIP, all sheets that the office
    prints itself in one PDF, or a part of them. ``digest`` says of which certificates.
    Born in ``make_piece``."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    bundle = models.CharField(max_length=10, choices=Bundle.choices)
    part = models.PositiveSmallIntegerField(default=1)
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    file = models.FileField(storage=private_files, upload_to="batches/%Y")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["bundle", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "bundle", "part"], name="batch_file_once_per_part"
            )
        ]

    def __str__(self) -> str:
        return self.file.name


class BundleOrderQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(finished_at=None)


class BundleOrder(models.Model):
    """That an office asked for a bundle, and how far it is: ``made`` of ``total``
    pieces. ``claimed_at`` says that a worker has the next one in hand; a claim that
    grows old is anybody's. Born in ``order_bundle``; one that ended without its bundle
    says why."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="bundle_orders")
    bundle = models.CharField(max_length=10, choices=Bundle.choices)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    ordered_at = models.DateTimeField()
    made = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    refusal = models.JSONField(null=True)

    objects = BundleOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "bundle"],
                condition=Q(finished_at=None),
                name="bundle_open_once_per_batch",
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch} · {self.bundle}"
