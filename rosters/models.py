from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.models import Certificate
from divisions.enums import Level
from divisions.fields import DivisionCodeField
from divisions.scoping import Placed, PlacedQuerySet

from .enums import Leaving, Tenure, Why


class AssignmentQuerySet(PlacedQuerySet):
    def in_force(self, on: date) -> Self:
        """Keep those who hold a post on that day, their certificate aside."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def counting(self, on: date) -> Self:
        """Keep those whom the quota counts: in post with a certificate valid that
        day, be it the one they came with or a later one."""
        valid = Certificate.objects.valid(on)
        return self.in_force(on).filter(person__in=valid.values("holder"))

    def ending_after(self, on: date) -> Self:
        """Keep those who hold a post on that day or later."""
        return self.filter(Q(until=None) | Q(until__gt=on))

    def substantive(self) -> Self:
        return self.filter(kind=Tenure.SUBSTANTIVE)

    def acting(self) -> Self:
        return self.filter(kind=Tenure.ACTING)

    def for_list(self) -> Self:
        return self.select_related("person", "division")


class Assignment(Placed):
    """A person in a post of a division, from a day until a day.

    Born in ``assign_person`` or ``cover_post``, ended by ``end_assignment``, never
    deleted, so that any past day can be asked about. An acting cover fills its seat
    like anybody else, but always has its last day from the start; so it is outside
    the rule that a person holds one post, which is about posts without an end.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("person"),
    )
    certificate = models.ForeignKey(
        Certificate,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("certificate"),
    )
    kind = models.CharField(
        pgettext_lazy("assignment", "kind"),
        max_length=20,
        choices=Tenure.choices,
        default=Tenure.SUBSTANTIVE,
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    leaving = models.CharField(
        _("reason for leaving"), max_length=20, choices=Leaving.choices, blank=True
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("assigned by"),
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ended by"),
    )
    document = models.CharField(
        _("document of the assignment"), max_length=200, blank=True
    )
    leaving_document = models.CharField(
        _("document of the leaving"), max_length=200, blank=True
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["division_code", "since", "pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until=None),
                name="assignment_open_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="assignment_ends_no_earlier_than_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(until=None, leaving="")
                | Q(until__isnull=False) & ~Q(leaving=""),
                name="assignment_ends_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Tenure.ACTING) | Q(until__isnull=False),
                name="acting_cover_has_its_last_day",
            ),
        ]
        indexes = [
            # All that counting heads asks for: the rows themselves are not read.
            models.Index(
                fields=["division_code", "since", "until", "person"],
                name="assignment_counted_by_place",
            ),
            models.Index(
                fields=["person", "since", "until", "division_code"],
                name="assignment_by_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.division}"

    @property
    def is_acting(self) -> bool:
        return self.kind == Tenure.ACTING


class Preference(Placed):
    """Where somebody would like to serve: in the division or below it, and at which
    level, if they say so.

    Born in ``state_preference`` and never edited: the last one said counts, until
    ``withdraw_preference`` says from which day nothing is wished for any more.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="preferences",
        verbose_name=_("person"),
    )
    level = models.CharField(
        _("level of the post"), max_length=10, choices=Level.choices, blank=True
    )
    said_on = models.DateField(_("said on"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
    )
    withdrawn_on = models.DateField(
        pgettext_lazy("preference", "withdrawn on"), null=True
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    class Meta:
        ordering = ["-said_on", "-pk"]
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by=None)
                | Q(withdrawn_on__gte=F("said_on"), withdrawn_by__isnull=False),
                name="preference_withdrawn_by_somebody_once_it_was_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.division}"


class ObjectionQuerySet(PlacedQuerySet):
    def waiting(self) -> Self:
        return self.filter(answered_at=None)

    def for_list(self) -> Self:
        return self.select_related("person", "division", "answered_by")


class Objection(Placed):
    """What somebody says against their own scorecard of a period.

    Placed in the division of their last post of the period. Born in
    ``raise_objection``; the office's answer stands once it is given.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="objections",
        verbose_name=_("person"),
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    text = models.TextField(pgettext_lazy("appraisal", "objection"))
    raised_at = models.DateTimeField(pgettext_lazy("appraisal", "raised at"))
    answer = models.TextField(pgettext_lazy("appraisal", "answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("appraisal", "answered by"),
    )
    answered_at = models.DateTimeField(
        pgettext_lazy("appraisal", "answered at"), null=True
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        verbose_name = pgettext_lazy("appraisal", "objection")
        verbose_name_plural = pgettext_lazy("appraisal", "objections")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "since", "until"],
                condition=Q(answered_at=None),
                name="objection_waits_once_per_person_and_period",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer=""),
                name="objection_answered_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.since} – {self.until}"


class Digest(models.Model):
    """The one mail of a day to one office about seats that opened and late refreshers.

    Born in ``gather_digests``; ``claimed_at`` says that somebody is sending it.
    """

    office_code = DivisionCodeField(verbose_name=_("code of the office"))
    on = models.DateField(_("of the day"))
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-on", "office_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["office_code", "on"], name="digest_once_per_office_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_code} · {self.on}"


class OpeningQuerySet(PlacedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("assignment__person", "division")

    def still(self) -> Self:
        """Keep those whose seat stands open."""
        return self.filter(closed_on=None)

    def lately(self, on: date) -> Self:
        """Keep those of the last week, what stands open first, the latest first."""
        return self.filter(since__gt=on - timedelta(days=7)).order_by(
            F("closed_on").desc(nulls_first=True), "-since", "division_code", "pk"
        )


class Opening(Placed):
    """That a seat opened 空岗: noted once, and told to the office that fills it.

    Born in ``note_openings``, never changed but for the mail it went out with and the
    day from which the seat stood open no more.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="openings")
    why = models.CharField(_("reason"), max_length=10, choices=Why.choices)
    since = models.DateField(_("open since"))
    closed_on = models.DateField(_("open no more since"), null=True)
    office_code = DivisionCodeField(verbose_name=_("code of the office"))
    noted_at = models.DateTimeField()
    digest = models.ForeignKey(
        Digest, models.PROTECT, null=True, related_name="openings"
    )

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "why", "since"],
                name="opening_noted_once_per_assignment_reason_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.since}"
