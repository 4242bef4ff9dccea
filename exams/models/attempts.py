"""One person's go at a sitting, and every answer given in it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from divisions.scoping import Placed, PlacedQuerySet, in_subtrees
from exams.enums import FinishReason, ResultsShown, State

from .sittings import Sitting, overseen_codes

# What a weak network may cost a candidate who answered in time: answers are taken so
# long after the deadline, and then the attempt is over.
NETWORK_GRACE = timedelta(seconds=60)
# What a slow hand may cost: so long after the deadline a paper that its candidate
# hands in counts as handed in. It lies within the network's grace.
HAND_IN_GRACE = timedelta(seconds=30)
# So long after the deadline late answers are kept for an office to decide about; a
# phone that a village without a network holds needs days to reach the county.
LATE_HOURS = 72


@dataclass(frozen=True)
class Question:
    """A place in a frozen paper. ``order[shown]`` is the option's place in the
    version, so an answer names what the candidate saw."""

    no: int
    version: int
    kind: str
    points: int
    order: list[int]


class AttemptQuerySet(PlacedQuerySet):
    def of(self, user) -> Self:
        return self.filter(candidate=user)

    def finished_within(self, second: datetime) -> Self:
        """Keep those that were finished in the second that begins then."""
        end = second + timedelta(seconds=1)
        found = self.filter(finished_at__gte=second, finished_at__lt=end)
        return found.select_related("sitting")

    def visible_to(self, user) -> Self:
        """One's own, and those of the divisions one oversees."""
        overseen = in_subtrees(overseen_codes(user), self.code_field)
        return self.filter(overseen | Q(candidate=user))

    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def to_save_in(self) -> Self:
        """With no more than a save asks of them: of all that is read on an exam day
        this is read most often."""
        return self.only("uuid", "candidate", "state", "deadline_at", "epoch", "paper")

    def due(self, at: datetime) -> Self:
        """Keep the open attempts whose time and network grace are over."""
        return self.open().filter(deadline_at__lte=at - NETWORK_GRACE)

    def with_results_out(self) -> Self:
        """Keep those whose candidates may know their result."""
        at_once = Q(sitting__results_shown=ResultsShown.AT_ONCE)
        return self.filter(at_once | Q(sitting__results_out_at__isnull=False))

    def for_list(self) -> Self:
        return self.select_related("sitting", "candidate", "division")

    def with_late(self) -> Self:
        """Keep the attempts of which something came late, the undecided first."""
        waits = Q(late_answers__decision=None)
        return (
            self.for_list()
            .filter(late_answers__isnull=False)
            .annotate(
                came_last=Max("late_answers__at"),
                waiting=Count("late_answers", filter=waits),
                decided=Count("late_answers", filter=~waits),
            )
            .order_by(F("waiting").desc(), "-came_last", "pk")
        )


class Attempt(Placed):
    """One person's go at a sitting, with all it will be judged by frozen in it.

    Born in ``start_attempt``, moved on by ``submit_attempt`` and ``finish_due``
    only; its deadline is moved by ``move_deadlines`` alone. It stands where its
    candidate stood when it began.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="attempts",
        verbose_name=_("candidate"),
    )
    sitting = models.ForeignKey(
        Sitting, models.PROTECT, related_name="attempts", verbose_name=_("sitting")
    )
    number = models.PositiveSmallIntegerField(_("attempt"))
    seed = models.CharField(max_length=40, editable=False)
    spared = models.JSONField(
        default=dict,
        editable=False,
        help_text=_("Which versions were to be used last, and which were used."),
    )
    spreads_keys = models.BooleanField(
        default=False,
        editable=False,
        help_text=_(
            "Whether the right options of its single choices were spread evenly over "
            "their places when the paper was drawn."
        ),
    )
    paper = models.JSONField(editable=False)
    keys = models.JSONField(
        default=dict,
        editable=False,
        help_text=_("By which key revision a version was marked, if by any."),
    )
    edition_code = models.CharField(_("edition of the rules"), max_length=20)
    pass_percent = models.PositiveSmallIntegerField(_("pass mark, per cent"))
    max_score = models.PositiveSmallIntegerField(_("points to be had"))
    extra_percent = models.PositiveSmallIntegerField(
        _("extra time, per cent"), default=0
    )
    started_at = models.DateTimeField(_("started at"))
    deadline_at = models.DateTimeField(_("deadline"))
    epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("How often the room was opened.")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN
    )
    finished_at = models.DateTimeField(_("finished at"), null=True)
    finish_reason = models.CharField(
        _("how it ended"), max_length=10, choices=FinishReason.choices, blank=True
    )
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=2, null=True)
    passed = models.BooleanField(_("passed"), null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "sitting"],
                condition=Q(state="open"),
                name="attempt_open_once_per_person_and_sitting",
            ),
            models.UniqueConstraint(
                fields=["candidate", "sitting", "number"],
                name="attempt_numbered_once",
            ),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("started_at")),
                name="attempt_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state="open", finished_at=None)
                | (~Q(state="open") & Q(finished_at__isnull=False)),
                name="attempt_finished_when_not_open",
            ),
            models.CheckConstraint(
                condition=Q(state="marked", score__isnull=False, passed__isnull=False)
                | (~Q(state="marked") & Q(score=None, passed=None)),
                name="attempt_has_a_score_when_marked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline_at"],
                condition=Q(state="open"),
                name="attempt_open_by_deadline",
            ),
            # A start looks at the papers drawn last.
            models.Index(fields=["sitting", "-id"], name="attempt_latest_of_sitting"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting} · {self.candidate}"

    def get_absolute_url(self) -> str:
        return reverse("exams:result", args=[self.uuid])

    @property
    def questions(self) -> list[Question]:
        return [Question(**row) for row in self.paper]

    def questions_at(self, numbers: Collection[int]) -> dict[int, Question]:
        """The questions with these numbers, as far as the paper has them."""
        rows = (row for row in self.paper if row["no"] in numbers)
        return {row["no"]: Question(**row) for row in rows}

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def percent(self) -> Decimal | None:
        """The score in per cent, cut and not rounded: 59.99 must not read 60."""
        if self.score is None:
            return None
        share = self.score * 100 / self.max_score
        return share.quantize(Decimal("0.01"), rounding=ROUND_DOWN)

    def remaining(self, at: datetime) -> timedelta:
        return max(self.deadline_at - at, timedelta())

    def takes_late(self, *, at: datetime) -> bool:
        """Whether what the network kept back may still be put on record. Once the
        candidate has handed in, nothing more is taken."""
        ends = self.deadline_at + timedelta(hours=LATE_HOURS)
        by_clock = self.finish_reason == FinishReason.TIME_UP
        return not self.is_open and by_clock and at < ends

    def is_due(self, at: datetime) -> bool:
        return self.is_open and at >= self.deadline_at + NETWORK_GRACE


class AnswerEvent(models.Model):
    """An answer as it arrived. Appended by ``save_answers``; never changed.

    ``epoch`` says from which opening of the room, ``seq`` the how-manieth message
    of that opening: sent again, the message is the same row.
    """

    # The constraint's own index begins with it.
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="events", db_index=False
    )
    epoch = models.PositiveIntegerField()
    seq = models.PositiveIntegerField()
    item_no = models.PositiveSmallIntegerField(_("question"))
    value = models.JSONField(_("answer"), null=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "epoch", "seq"], name="answer_event_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.epoch}/{self.seq}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("An answer event is written once")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An answer event is never deleted")


class AnswerNow(models.Model):
    """The answer that stands for one question: the event latest by (epoch, seq).

    All rows of a paper are made when the attempt starts; ``put_in`` alone moves
    them, in one statement on any database.
    """

    # The constraint's own index begins with it.
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="answers", db_index=False
    )
    item_no = models.PositiveSmallIntegerField(_("question"))
    value = models.JSONField(_("answer"), null=True)
    epoch = models.PositiveIntegerField(default=0)
    seq = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(_("at"), null=True)

    class Meta:
        ordering = ["item_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "item_no"], name="answer_stands_once_per_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.item_no}"
