"""What may be said of a version after it was written: that its key was wrong, and
that it was held against its sections as they read now."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exams.enums import KeyRule

from .bank import ItemVersion
from .invigilation import WrittenOnce


class KeyRevision(WrittenOnce):
    """A key that replaces a version's own, from an instant on.

    Born in ``revise_key``. ``also`` holds former answers that go on counting. Papers
    marked before keep the key they were marked by, until a regrade.
    """

    version = models.ForeignKey(
        ItemVersion, models.PROTECT, related_name="key_revisions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    answer = models.JSONField(_("right answer"))
    tolerance = models.DecimalField(_("tolerance"), max_digits=14, decimal_places=6)
    rule = models.CharField(_("former answer"), max_length=10, choices=KeyRule.choices)
    also = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["version", "-number"]
        verbose_name = _("key revision")
        verbose_name_plural = _("key revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="key_revision_numbered_once_per_version",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="key_revision_gives_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} k{self.number}"

    @property
    def credits_all(self) -> bool:
        return self.rule == KeyRule.ALL


class Grounding(WrittenOnce):
    """That a version was held against what it cites, as that read then.

    ``mark`` is a mark of the sections' words and of the edition; when it is another
    one today, the version is stale. Born in ``ground_version``.
    """

    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="groundings")
    mark = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.mark[:8]}"
