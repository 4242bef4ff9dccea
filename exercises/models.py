from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .enums import Decision, Kind


class RunQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """A run is its person's own business."""
        return self.filter(person=user)

    def open(self) -> Self:
        return self.filter(finished_at=None)


class Run(models.Model):
    """One person's work on one scenario.

    Born in ``start_run`` with the scenario's facts and the edition it is judged by
    frozen in it; moved by ``mark_items`` and ``take_step`` only.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="exercise_runs"
    )
    kind = models.CharField(
        pgettext_lazy("entry", "kind"), max_length=20, choices=Kind.choices
    )
    seed = models.PositiveBigIntegerField(_("seed"))
    edition = models.CharField(_("edition"), max_length=20)
    facts = models.JSONField(_("facts"))
    started_at = models.DateTimeField(_("started"))
    marks = models.JSONField(_("marks"), default=dict, blank=True)
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision.choices, blank=True
    )
    marked_at = models.DateTimeField(_("marked"), null=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)
    lines = models.JSONField(_("practice ledger"), default=list, blank=True)
    score = models.PositiveSmallIntegerField(_("score"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None, score=None)
                | Q(finished_at__isnull=False, score__isnull=False),
                name="run_scored_when_finished",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=100),
                name="run_scores_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.seed}"

    def get_absolute_url(self) -> str:
        return reverse("exercises:run", args=[self.pk])

    @property
    def is_marked(self) -> bool:
        return self.marked_at is not None

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def turn(self) -> int:
        """How many steps were tried; a form from an earlier turn is a second press."""
        return sum(line["act"] == "step" for line in self.lines)
