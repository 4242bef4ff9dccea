"""What is on record about a sitting while it runs: who was given more time, what its
overseers did, and what was seen of the candidates. All of it is written once."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from divisions.scoping import Placed, PlacedQuerySet, in_subtrees
from exams.enums import InterventionKind, RoomEventKind

from .attempts import Attempt
from .sittings import Sitting, overseen_codes, with_forebears


class WrittenOnce(models.Model):
    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError(f"{type(self).__name__} is written once")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} is never deleted")


class AccommodationQuerySet(PlacedQuerySet):
    code_field = "person__home_code"

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def overseen_by(self, user) -> Self:
        return self.within(*overseen_codes(user))


class Accommodation(models.Model):
    """More time that a person has in every exam, for a stated reason.

    Born in ``grant_extra_time``, ended by ``end_extra_time``; what it was when an
    attempt began is frozen in the attempt.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="accommodations",
        verbose_name=_("person"),
    )
    extra_percent = models.PositiveSmallIntegerField(_("extra time, per cent"))
    reason = models.CharField(_("reason"), max_length=200)
    granted_at = models.DateTimeField(_("granted at"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("granted by"),
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = AccommodationQuerySet.as_manager()

    class Meta:
        ordering = ["-granted_at", "-pk"]
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at=None),
                name="accommodation_stands_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(extra_percent__gte=1, extra_percent__lte=200),
                name="accommodation_is_a_sound_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} +{self.extra_percent}%"


class InterventionQuerySet(PlacedQuerySet):
    def visible_to(self, user) -> Self:
        """Those for one's own places, and for the wider ones they lie in."""
        codes = overseen_codes(user)
        own = in_subtrees(codes, self.code_field)
        return self.filter(own | Q(division_code__in=with_forebears(codes)))

    def reaching(self, attempt: Attempt) -> Self:
        """What the candidate of ``attempt`` is told in the room."""
        here = self.filter(division_code__in=with_forebears([attempt.division_code]))
        told = Q(kind=InterventionKind.TOLD)
        since = Q(
            kind__in=(InterventionKind.EXTENDED, InterventionKind.CLOSED),
            at__gte=attempt.started_at,
        )
        return here.filter(told | since).order_by("pk")


class Intervention(WrittenOnce, Placed):
    """Something an overseer did to a running sitting, for the people of a division.

    Born in ``extend_sitting``, ``close_sitting``, ``tell_candidates`` and
    ``note_incident``. ``key`` makes a form sent twice one act.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="interventions")
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, null=True, related_name="interventions"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=InterventionKind.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)
    words = models.CharField(_("words"), max_length=500)
    touched = models.PositiveIntegerField(_("candidates touched"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    objects = InterventionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")

    def __str__(self) -> str:
        return f"{self.sitting} · {self.get_kind_display()}"

    @property
    def title(self) -> str:
        if self.minutes is None:
            return self.get_kind_display()
        words = gettext("%(what)s, %(minutes)s minutes")
        return words % {"what": self.get_kind_display(), "minutes": self.minutes}

    @property
    def said(self) -> str:
        """What candidates read; why time was moved is the office's own note."""
        if self.kind == InterventionKind.EXTENDED:
            words = gettext("You have been given %(minutes)s more minutes.")
        elif self.kind == InterventionKind.CLOSED:
            words = gettext("This sitting ends early, %(minutes)s minutes from now.")
        else:
            return self.words
        return words % {"minutes": self.minutes}


class DeadlineChange(WrittenOnce):
    """That a running attempt's deadline was moved: later or, by somebody, earlier."""

    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="deadline_changes"
    )
    intervention = models.ForeignKey(
        Intervention, models.PROTECT, related_name="deadline_changes"
    )
    before = models.DateTimeField(_("before"))
    after = models.DateTimeField(_("after"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(after__gt=F("before")) | Q(by__isnull=False),
                name="deadline_moves_earlier_by_someone_only",
            ),
            models.UniqueConstraint(
                fields=["attempt", "intervention"],
                name="deadline_moves_once_per_intervention",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.before} → {self.after}"


class RoomEvent(WrittenOnce):
    """Something seen of a candidate's room: evidence, and never a verdict.

    Openings are the server's own; ``seq`` numbers what the page reports of itself,
    so that a report sent twice is one row.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="room_events")
    kind = models.CharField(_("kind"), max_length=10, choices=RoomEventKind.choices)
    epoch = models.PositiveIntegerField()
    seq = models.PositiveIntegerField(default=0)
    device = models.CharField(_("device"), max_length=60, blank=True)
    seconds = models.PositiveIntegerField(_("seconds"), default=0)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "epoch", "seq"], name="room_event_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.kind}"


def last_said() -> Coalesce:
    """Of attempts in a query: the key of what their sitting's candidates, here or
    elsewhere, were told last; 0 before anything is."""
    of_sitting = Intervention.objects.filter(sitting=OuterRef("sitting")).order_by()
    said = of_sitting.exclude(kind=InterventionKind.NOTED).values("sitting")
    return Coalesce(Subquery(said.annotate(last=Max("pk")).values("last")), 0)


class Presence(models.Model):
    """When a room last asked for the time. Answers say for themselves when they
    came, so that a save writes nothing here."""

    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="presence")
    at = models.DateTimeField(_("at"))

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.at}"
