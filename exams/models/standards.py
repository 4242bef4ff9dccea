"""Where a pass mark comes from: a panel of judges, by Angoff's method."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from divisions.scoping import Placed, PlacedQuerySet, in_subtrees

from .bank import ItemVersion, Release
from .blueprints import Blueprint
from .sittings import Sitting, overseen_codes


class PanelQuerySet(PlacedQuerySet):
    def visible_to(self, user) -> Self:
        """Those of one's divisions, and those one judges on."""
        held = in_subtrees(overseen_codes(user), self.code_field)
        return self.filter(held | Q(judges=user)).distinct()


class Panel(Placed):
    """Judges who say, question by question, how many in a hundred candidates that
    are just fit for the post would answer rightly.

    Born in ``convene_panel``, rated in ``rate_question``, ended by ``close_panel``,
    which sets the cut and its reasons; after that it never changes.
    """

    title = models.CharField(_("title"), max_length=100)
    blueprint = models.ForeignKey(
        Blueprint, models.PROTECT, verbose_name=_("blueprint")
    )
    release = models.ForeignKey(
        Release, models.PROTECT, verbose_name=_("release of the bank")
    )
    judges = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="judged_panels", verbose_name=_("judges")
    )
    convened_at = models.DateTimeField(_("convened at"))
    convened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    found_percent = models.DecimalField(
        _("cut the ratings give, per cent"), max_digits=5, decimal_places=2, null=True
    )
    cut_percent = models.PositiveSmallIntegerField(
        _("pass mark set, per cent"), null=True
    )
    reasons = models.TextField(_("reasons"), blank=True)

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["-convened_at", "-pk"]
        verbose_name = _("standard-setting panel")
        verbose_name_plural = _("standard-setting panels")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    closed_at=None, cut_percent=None, found_percent=None, reasons=""
                )
                | (
                    Q(
                        closed_at__isnull=False,
                        found_percent__isnull=False,
                        cut_percent__gte=1,
                        cut_percent__lte=100,
                    )
                    & ~Q(reasons="")
                ),
                name="panel_closes_with_a_cut_and_its_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Rating(models.Model):
    """One judge's word on one question; given anew until the panel closes."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="ratings")
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(_("right, of a hundred"))
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    rated_at = models.DateTimeField(_("rated at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "judge", "version"],
                name="judge_rates_a_question_once",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100),
                name="rating_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id} {self.judge_id} {self.version_id}: {self.percent}"


class PassMarkGround(models.Model):
    """Which panel a sitting's pass mark rests on."""

    sitting = models.OneToOneField(
        Sitting, models.PROTECT, related_name="pass_mark_ground"
    )
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="grounds")
    unjudged = models.JSONField(
        _("questions the panel did not judge"),
        default=list,
        help_text=_("By their codes, where the sitting draws on another release."),
    )

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.panel_id}"
