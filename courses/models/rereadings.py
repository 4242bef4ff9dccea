from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from divisions.scoping import Placed, PlacedQuerySet

from .pages import LessonPage


class RereadingQuerySet(PlacedQuerySet):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class Rereading(Placed):
    """That an office asks the learners of its division to read a lesson again.

    Born in ``ask_to_reread``, ended by ``end_rereading``. Who opens the lesson after
    ``asked_at`` has done it. ``sections`` says why: what too few of them knew.
    """

    lesson = models.ForeignKey(
        LessonPage,
        models.CASCADE,
        related_name="rereadings",
        verbose_name=_("lesson"),
    )
    sections = models.CharField(_("sections too few know"), max_length=500)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = RereadingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "pk"]
        verbose_name = _("lesson to be read again")
        verbose_name_plural = _("lessons to be read again")
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "division"],
                condition=Q(ended_at=None),
                name="lesson_is_asked_for_again_once_per_division",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="rereading_is_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_code} · {self.lesson}"
