"""What authors write before it is asked: drafts of questions."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exams.enums import OPEN_DRAFTS, WRITABLE_DRAFTS, DraftState

from .bank import ItemVersion
from .keys import KeyRevision


class ItemDraftQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_DRAFTS)

    def waiting_for(self, user) -> Self:
        """In review, and another's."""
        return self.filter(state=DraftState.IN_REVIEW).exclude(author=user)

    def returned_to(self, user) -> Self:
        return self.filter(state=DraftState.RETURNED, author=user)

    def for_list(self) -> Self:
        return self.select_related("author", "base", "reviewed_by")


class ItemDraft(models.Model):
    """What an author would have a question say; it may be incomplete.

    Born in ``begin_draft``; another person makes a version of it in
    ``approve_draft``. Papers are drawn from versions, so nothing of a draft can be
    asked. ``said`` holds what the author typed (``exams.domain.drafting``).
    """

    code = models.CharField(_("code"), max_length=60)
    base = models.ForeignKey(
        ItemVersion,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("version it would replace"),
        help_text=_("Empty: a new question."),
    )
    base_key = models.ForeignKey(
        KeyRevision, models.PROTECT, null=True, related_name="+"
    )
    said = models.JSONField(default=dict)
    # Of a ledger task: the household and its key as they were drawn when it was last
    # written, so that what is approved is what was seen. Nothing of other kinds.
    drawn = models.JSONField(null=True)
    # How often it was written, so that what is saved or approved is what was seen.
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DraftState.choices,
        default=DraftState.WRITTEN,
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    begun_at = models.DateTimeField(_("begun at"))
    saved_at = models.DateTimeField(_("saved at"))
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    version = models.ForeignKey(
        ItemVersion,
        models.PROTECT,
        null=True,
        related_name="drafts",
        verbose_name=_("version"),
    )

    objects = ItemDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = _("draft of a question")
        verbose_name_plural = _("drafts of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state__in=OPEN_DRAFTS),
                name="draft_is_open_once_per_question",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("author")),
                name="draft_is_reviewed_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="draft_is_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=(~Q(state=DraftState.APPROVED) & Q(version=None))
                | Q(
                    state=DraftState.APPROVED,
                    version__isnull=False,
                    reviewed_by__isnull=False,
                ),
                name="draft_becomes_a_version_by_review",
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.RETURNED)
                | (Q(reviewed_by__isnull=False) & ~Q(reason="")),
                name="draft_is_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("drafts:inspect", args=[self.pk])

    @property
    def stem(self) -> str:
        return self.said.get("stem", "")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_DRAFTS

    @property
    def can_be_written(self) -> bool:
        return self.state in WRITABLE_DRAFTS

    @property
    def is_in_review(self) -> bool:
        return self.state == DraftState.IN_REVIEW

    @property
    def is_returned(self) -> bool:
        return self.state == DraftState.RETURNED
