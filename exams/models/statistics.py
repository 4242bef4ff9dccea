"""Sums that the statistics of questions and papers are made from.

They follow a division that is given another code, as all that carries codes does.
Exact and mergeable: whole numbers counted by what was seen, written by
``exams.domain.analysis.counting`` alone.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from divisions.enums import Level
from divisions.fields import DivisionCodeField
from divisions.scoping import in_subtrees

from .attempts import Attempt
from .bank import ItemVersion
from .sittings import Sitting

NARROWEST = 6


def outermost(codes: tuple[str, ...]) -> list[str]:
    """Leave out what lies within another of ``codes``, and what is smaller than a
    county: sums are kept down to it."""
    codes = {code for code in codes if code and len(code) <= NARROWEST}
    return sorted(
        code
        for code in codes
        if not any(code != other and code.startswith(other) for other in codes)
    )


class CohortQuerySet(models.QuerySet):
    def of_cohorts(self, codes: tuple[str, ...]) -> Self:
        """The sums of just these places, each paper counted once: whoever sat twice in
        a sitting is in them twice."""
        return self.filter(cohort__in=outermost(codes))

    def cities_within(self, codes: tuple[str, ...]) -> Self:
        return self.deep(Level.CITY, codes)

    def counties_within(self, codes: tuple[str, ...]) -> Self:
        return self.deep(Level.COUNTY, codes)

    def deep(self, level: Level, codes: tuple[str, ...]) -> Self:
        """The sums of every place of that level in the subtrees of ``codes``."""
        within = self.filter(in_subtrees(tuple(codes), "cohort"))
        return within.alias(depth=Length("cohort")).filter(depth=level.code_length)


class Tally(models.Model):
    """That a sitting's attempts are being counted; its row is the lock for it.

    ``revision`` grows with every change of the sums. ``differences`` is what the
    last recount from nothing found amiss (and put right).
    """

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="tally")
    revision = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(_("counted at"), null=True)
    recounted_at = models.DateTimeField(_("recounted at"), null=True)
    differences = models.PositiveIntegerField(_("differences"), default=0)

    class Meta:
        verbose_name = _("tally of a sitting")
        verbose_name_plural = _("tallies of sittings")

    def __str__(self) -> str:
        return str(self.sitting)


class CountedAttempt(models.Model):
    """That an attempt is in the sums: it is counted once."""

    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="counted")

    def __str__(self) -> str:
        return str(self.attempt_id)


class CohortPaper(models.Model):
    """The papers of a sitting, of the people of one place in one month."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="paper_sums")
    cohort = DivisionCodeField(
        verbose_name=_("place"), max_length=NARROWEST, db_index=False
    )
    month = models.DateField(_("month"))
    scores = models.JSONField(default=dict)
    passed = models.PositiveIntegerField(_("passed"))
    errors = models.TextField()
    form = models.CharField(max_length=16, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "cohort", "month"],
                name="papers_are_summed_once_per_cohort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.cohort} {self.month:%Y-%m}"


class CohortItem(models.Model):
    """One version of a question in a sitting, of the people of one place in one
    month. ``count`` and ``right`` follow from ``joint``; they stand here for SQL."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="item_sums")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="sums")
    cohort = DivisionCodeField(
        verbose_name=_("place"), max_length=NARROWEST, db_index=False
    )
    month = models.DateField(_("month"))
    count = models.PositiveIntegerField(_("number of answers"))
    right = models.PositiveIntegerField(_("number of right answers"))
    joint = models.JSONField(default=dict)
    chosen = models.JSONField(default=dict)
    rest = models.JSONField(default=dict)
    seconds = models.JSONField(default=dict)

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "version", "cohort", "month"],
                name="item_is_summed_once_per_cohort",
            ),
            models.CheckConstraint(
                condition=models.Q(right__lte=models.F("count")),
                name="item_is_right_at_most_as_often_as_it_is_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["sitting", "cohort"], name="item_sums_of_a_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.sitting_id} {self.cohort}"
