"""Short answers that people mark, and what each marker gave."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from divisions.scoping import in_subtrees
from exams.enums import State

from .attempts import Attempt
from .bank import ItemVersion
from .sittings import overseen_codes


class ScriptQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The answers of those one oversees, never one's own."""
        overseen = in_subtrees(overseen_codes(user), "attempt__division_code")
        return self.filter(overseen).exclude(attempt__candidate=user)

    def unsettled(self) -> Self:
        handed_in = [State.SUBMITTED, State.MARKED]
        return self.filter(points=None, attempt__state__in=handed_in)

    def to_mark_by(self, user) -> Self:
        """What ``user`` may mark and has not marked, the longest waiting first."""
        marked = ScriptMark.objects.filter(marker=user).values("script")
        waiting = self.visible_to(user).unsettled().exclude(pk__in=marked)
        return waiting.order_by("attempt__finished_at", "pk")


class Script(models.Model):
    """One short answer of an attempt handed in.

    Born in ``lay_out_scripts``, or in ``lay_out_late`` as the second of its question;
    ``mark_script`` settles its points.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="scripts")
    item_no = models.PositiveSmallIntegerField(_("question"))
    turn = models.PositiveSmallIntegerField(
        _("turn"), default=1, help_text=_("2 and on: came late and was accepted.")
    )
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    text = models.TextField(_("answer"))
    out_of = models.PositiveSmallIntegerField(_("points to be had"))
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2, null=True)

    objects = ScriptQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("short answer to be marked")
        verbose_name_plural = _("short answers to be marked")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "item_no", "turn"],
                name="script_laid_out_once_per_question_and_turn",
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=F("out_of")),
                name="script_earns_no_more_than_it_is_worth",
            ),
        ]
        indexes = [
            models.Index(
                fields=["attempt"],
                condition=Q(points=None),
                name="script_unsettled_by_attempt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.item_no}.{self.turn}"


class ScriptMark(models.Model):
    """What one marker gave, without knowing whose answer it is or what others gave.
    Written once."""

    script = models.ForeignKey(Script, models.PROTECT, related_name="marks")
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("marker"),
    )
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["script", "marker"], name="script_marked_once_per_marker"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=Decimal(0)), name="script_mark_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.script}: {self.points}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("A mark is written once")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A mark is never deleted")
