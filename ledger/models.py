from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import measures
from divisions.fields import DivisionCodeField
from divisions.scoping import Placed, PlacedQuerySet, in_subtrees

from .enums import ENROLMENT, LEVELS_OF_ROLE, REGISTER_ROLES, Kind, State
from .words import named

if TYPE_CHECKING:
    from datetime import date


def register_codes(user) -> tuple[str, ...]:
    """The divisions in whose registers this person works, without nested ones."""
    held = [g.division_code for g in user.current_grants if g.role in REGISTER_ROLES]
    wide: list[str] = []
    for code in sorted(set(held)):
        if not any(code.startswith(wider) for wider in wide):
            wide.append(code)
    return tuple(wide)


class RegisterQuerySet(PlacedQuerySet):
    """Rows of the registers: seen by those who work in them, not by every role."""

    def visible_to(self, user) -> Self:
        return self.within(*register_codes(user))


class CaseQuerySet(RegisterQuerySet):
    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def closed(self) -> Self:
        return self.exclude(state=State.OPEN)

    def about(self, kind: str, *subject_ids: int) -> Self:
        return self.filter(subject_kind=kind, subject_id__in=subject_ids)

    def by_procedure(self) -> Self:
        """Without the enrolments, which nobody has to work on."""
        return self.exclude(procedure=ENROLMENT)

    def waiting_for(self, user, on: date) -> Self:
        """Keep the open cases whose next step this person may take, or whose review.

        A case does not wait for anybody while its notice runs undisputed.
        """
        mine = Q(pk__in=[])
        for grant in user.current_grants:
            if levels := LEVELS_OF_ROLE.get(grant.role):
                place = in_subtrees((grant.division_code,), "division_code")
                mine |= Q(next_level__in=levels) & place
        return self.open().filter(mine).exclude(notice_until__gte=on)

    def for_list(self) -> Self:
        return self.select_related("division").order_by("moved_on", "pk")


class Case(Placed):
    """One subject on its way through one procedure.

    Opened by ``open_case``, moved by ``take_step`` only; ``next_step``, ``next_level``
    and ``state`` repeat what a replay of the entries says, ``notice_until`` and
    ``objection_since`` what its notice's clock says, so that lists can ask.
    """

    procedure = models.CharField(_("procedure"), max_length=20)
    subject_kind = models.CharField(
        pgettext_lazy("case", "kind"), max_length=10, choices=Kind.choices
    )
    subject_id = models.BigIntegerField()
    subject_title = models.CharField(pgettext_lazy("case", "subject"), max_length=100)
    edition = models.CharField(
        pgettext_lazy("case", "edition"), max_length=20, blank=True
    )
    facts = models.JSONField(pgettext_lazy("case", "facts"), default=dict)
    evidence = models.JSONField(_("evidence"), default=list)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_on = models.DateField(_("opened on"))
    opened_at = models.DateTimeField(auto_now_add=True)
    moved_on = models.DateField(_("last step on"))
    state = models.CharField(
        pgettext_lazy("case", "state"), max_length=10, choices=State.choices
    )
    next_step = models.CharField(_("next step"), max_length=30, blank=True)
    next_level = models.CharField(_("next level"), max_length=20, blank=True)
    notice_until = models.DateField(_("notice to"), null=True)
    objection_since = models.DateField(_("objection since"), null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(fields=["next_level", "division_code"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "procedure"],
                condition=Q(state=State.OPEN),
                name="case_open_once_per_subject_and_procedure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_name} {self.subject_title}"

    def get_absolute_url(self) -> str:
        return reverse("ledger:case", args=[self.pk])

    @property
    def procedure_name(self) -> str:
        if self.procedure == ENROLMENT:
            return str(_("Enrolment"))
        return named(self.procedure, "procedure")

    @property
    def next_step_name(self) -> str:
        return named(self.next_step, "step")

    @property
    def next_level_name(self) -> str:
        return named(self.next_level, "level")

    @property
    def due_name(self) -> str:
        """What is due: the review of an objection comes before the step."""
        return (
            str(_("Review an objection"))
            if self.objection_since
            else (self.next_step_name)
        )

    @property
    def due_since(self) -> date:
        return self.objection_since or self.notice_until or self.moved_on

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


class WrittenOnceQuerySet(RegisterQuerySet):
    def update(self, **_fields):
        raise TypeError("An entry of the ledger is never changed")

    def delete(self):
        raise TypeError("An entry of the ledger is never deleted")


class WrittenOnce(models.Model):
    """What the ledger is made of: written once, never changed, never deleted.

    ``key`` is the sender's own, so that the same sending twice is one row.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    key = models.CharField(max_length=36, blank=True, editable=False)
    division_code = DivisionCodeField()

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("An entry of the ledger is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An entry of the ledger is never deleted")


class EntryQuerySet(WrittenOnceQuerySet):
    def about(self, kind: str, *subject_ids: int) -> Self:
        return self.filter(case__subject_kind=kind, case__subject_id__in=subject_ids)

    def events(self) -> Self:
        """Keep the entries that changed their subject's status."""
        return self.exclude(event="")


class Entry(WrittenOnce):
    """One step as it was taken, or one fact of an enrolment.

    ``event`` is filled when the entry changed the subject's status. A step that gave
    notice began ``on`` its own day and was ``concluded_on`` one after the notice.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    index = models.PositiveSmallIntegerField()
    step = models.CharField(_("step"), max_length=30)
    level = models.CharField(pgettext_lazy("case", "level"), max_length=20, blank=True)
    on = models.DateField(_("on"))
    concluded_on = models.DateField(_("concluded on"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10)
    note = models.TextField(_("note"), blank=True)
    notice = models.JSONField(_("notice"), null=True)
    meeting = models.JSONField(_("meeting"), null=True)
    documents = models.JSONField(_("documents"), null=True)
    status_after = models.CharField(_("status after"), max_length=20)
    event = models.CharField(_("event"), max_length=20, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["case", "index"]
        indexes = [models.Index(fields=["event", "division_code", "on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "index"], name="entry_stands_once_at_its_place"
            ),
            models.UniqueConstraint(
                fields=["case", "key"],
                condition=~Q(key=""),
                name="entry_is_written_once_per_sending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.title}"

    @property
    def title(self) -> str:
        kind = "step" if self.step in measures.codes("step") else "event"
        if kind == "event" and self.step not in measures.codes("event"):
            return str(_("Entered into the register"))
        return named(self.step, kind)

    @property
    def outcome_name(self) -> str:
        return named(self.outcome, "outcome")

    @property
    def status_name(self) -> str:
        return named(self.status_after, "status")


class Notice(WrittenOnce):
    """A public notice as it was published; of those of one step the latest stands.

    Only ``publish_notice`` gives one. ``index`` is the place that the entry of its step
    will take, and how the notice ran is frozen in that entry.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    index = models.PositiveSmallIntegerField()
    step = models.CharField(_("step"), max_length=30)
    level = models.CharField(pgettext_lazy("case", "level"), max_length=20)
    given_on = models.DateField(_("given on"))
    since = models.DateField(_("notice from"))
    until = models.DateField(_("notice to"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="notice_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["case", "key"],
                condition=~Q(key=""),
                name="notice_is_published_once_per_sending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.until}"

    @property
    def step_name(self) -> str:
        return named(self.step, "step")

    @property
    def level_name(self) -> str:
        return named(self.level, "level")


class Objection(WrittenOnce):
    """What somebody said against a notice; under review until it is settled.

    ``objector`` is in the words of who entered it: need not be known to the registers.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    objector = models.CharField(_("who objects"), max_length=100)
    reason = models.TextField(pgettext_lazy("objection", "reason"))
    raised_on = models.DateField(_("raised on"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "key"],
                condition=~Q(key=""),
                name="objection_is_entered_once_per_sending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.raised_on} {self.objector}"

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "settlement")


class Settlement(WrittenOnce):
    """What the review of one objection found; it closes the review."""

    objection = models.OneToOneField(
        Objection, models.PROTECT, related_name="settlement"
    )
    outcome = models.CharField(_("outcome"), max_length=10)
    reason = models.TextField(pgettext_lazy("objection", "reason"))
    settled_on = models.DateField(_("settled on"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.settled_on} {self.outcome_name}"

    @property
    def outcome_name(self) -> str:
        return named(self.outcome, "review_outcome")
