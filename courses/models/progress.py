from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .pages import LessonPage


class LessonVisit(models.Model):
    """Somebody opened a lesson; written by ``open_lesson``."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="lesson_visits"
    )
    lesson = models.ForeignKey(LessonPage, models.CASCADE, related_name="visits")
    opened_at = models.DateTimeField(_("first opened"))
    seen_at = models.DateTimeField(_("last opened"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson"], name="lesson_visited_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.lesson}"


class CheckAnswer(models.Model):
    """A person's latest answer to one self-check; written by ``answer_check``."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="check_answers"
    )
    lesson = models.ForeignKey(LessonPage, models.CASCADE, related_name="answers")
    check_id = models.CharField(max_length=36)
    chosen = models.JSONField(_("chosen"))
    is_right = models.BooleanField(_("right"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=1)
    answered_at = models.DateTimeField(pgettext_lazy("moment", "answered"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson", "check_id"],
                name="check_answered_once_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.check_id}"


class LessonCompletion(models.Model):
    """Somebody is through with a lesson, all self-checks answered.

    Written once, by ``complete_lesson``, with the answers as they stood; it keeps
    its lesson from being deleted, because it is a record of training.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lesson_completions"
    )
    lesson = models.ForeignKey(LessonPage, models.PROTECT, related_name="completions")
    completed_at = models.DateTimeField(_("completed"))
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson"], name="lesson_completed_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.lesson}"
