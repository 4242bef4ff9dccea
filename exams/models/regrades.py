"""Marked papers looked at again: appeals to a question, and regrades."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from divisions.scoping import Placed, PlacedQuerySet
from exams.enums import Decision

from .attempts import Attempt
from .bank import ItemVersion
from .invigilation import WrittenOnce
from .keys import KeyRevision
from .sittings import Sitting, overseen_codes


class Regrade(models.Model):
    """Marking papers anew by a revised key, in one sitting or in all.

    Born in ``propose_regrade``; carried out by ``confirm_regrade``, by another person,
    or dropped by ``withdraw_regrade``. Scores change through it and nothing else.
    """

    revision = models.ForeignKey(
        KeyRevision, models.PROTECT, related_name="regrades", verbose_name=_("key")
    )
    sitting = models.ForeignKey(
        Sitting,
        models.PROTECT,
        null=True,
        related_name="regrades",
        verbose_name=_("sitting"),
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="regrade_is_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="regrade_is_confirmed_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(withdrawn_at=None),
                name="regrade_is_confirmed_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["revision", "sitting"],
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="regrade_waits_once_per_key_and_sitting",
            ),
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(sitting=None, confirmed_at=None, withdrawn_at=None),
                name="regrade_of_all_sittings_waits_once_per_key",
            ),
        ]

    def __str__(self) -> str:
        return str(self.revision.version)

    def get_absolute_url(self) -> str:
        return reverse("exams:regrade", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.withdrawn_at is None


class ScoreChange(WrittenOnce):
    """What a regrade did to one attempt; the history of its score."""

    regrade = models.ForeignKey(Regrade, models.PROTECT, related_name="changes")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="score_changes")
    before = models.DecimalField(_("before"), max_digits=7, decimal_places=2)
    after = models.DecimalField(_("after"), max_digits=7, decimal_places=2)
    passed_before = models.BooleanField(_("passed before"))
    passed_after = models.BooleanField(_("passed after"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regrade", "attempt"], name="score_changes_once_per_regrade"
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="score_change_changes_the_score"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.before} → {self.after}"

    @property
    def newly_passes(self) -> bool:
        return self.passed_after and not self.passed_before

    @property
    def newly_fails(self) -> bool:
        return self.passed_before and not self.passed_after


class AppealQuerySet(PlacedQuerySet):
    def visible_to(self, user) -> Self:
        return self.within(*overseen_codes(user))

    def waiting(self) -> Self:
        return self.filter(decided_at=None)


class Appeal(Placed):
    """A candidate's word that a question of a marked paper was marked wrongly.

    Born in ``make_appeal``, decided once in ``decide_appeal``. It changes no score;
    a key revision and a regrade may follow from it.
    """

    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="appeals", verbose_name=_("attempt")
    )
    item_no = models.PositiveSmallIntegerField(_("question"))
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="appeals")
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(_("made at"))
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision.choices, blank=True
    )
    words = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "item_no"], name="appeal_made_once_per_question"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="", words="")
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(decision="")
                    & ~Q(words="")
                ),
                name="appeal_is_decided_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.attempt.candidate}"

    def get_absolute_url(self) -> str:
        return reverse("exams:appeal", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None
