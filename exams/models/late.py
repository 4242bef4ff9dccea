"""Answers that reached the server after the end, and what an office decided of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exams.enums import LateWay

from .attempts import Attempt
from .invigilation import WrittenOnce


class LateDecision(WrittenOnce):
    """That an office accepted or declined what came late of an attempt, and why.

    Born in ``decide_late``. The attempt changes by nothing else once it is over.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="late_decisions")
    accepted = models.BooleanField(_("accepted"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    score_before = models.DecimalField(max_digits=7, decimal_places=2)
    score_after = models.DecimalField(max_digits=7, decimal_places=2)
    passed_before = models.BooleanField()
    passed_after = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("decision about late answers")
        verbose_name_plural = _("decisions about late answers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="late_decision_says_why"
            ),
            models.CheckConstraint(
                condition=Q(accepted=True) | Q(score_before=models.F("score_after")),
                name="late_answers_declined_change_no_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.accepted}"


class LateAnswer(WrittenOnce):
    """An answer that came when the attempt was over: kept, and not counted.

    ``left`` is how many seconds the device's own counter showed when it was given;
    ``keys_were_out`` that the right answers could be read when it arrived.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="late_answers")
    epoch = models.PositiveIntegerField()
    seq = models.PositiveIntegerField()
    item_no = models.PositiveSmallIntegerField(_("question"))
    value = models.JSONField(_("answer"), null=True)
    left = models.IntegerField(_("seconds left on the device"), null=True)
    way = models.CharField(_("came by"), max_length=10, choices=LateWay.choices)
    keys_were_out = models.BooleanField()
    at = models.DateTimeField(_("at"))
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decision = models.ForeignKey(
        LateDecision, models.PROTECT, null=True, related_name="answers"
    )

    class Meta:
        ordering = ["epoch", "seq"]
        verbose_name = _("late answer")
        verbose_name_plural = _("late answers")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "epoch", "seq"], name="late_answer_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.epoch}/{self.seq}"
