from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from certificates.enums import Refreshing
from exams.models import WrittenOnce

from .certificates import Certificate

CALLED = _(
    "Certificate %(number)s was examined under an older edition of the Measures. The "
    "office asks you to read the lessons on what changed and to pass the exam again by "
    "%(day)s. Reason: %(reason)s"
)
CALLED_OFF = _(
    "The refresher for certificate %(number)s is not needed any more: %(reason)s"
)


class RefresherQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Keep the decisions that no later one has replaced."""
        return self.filter(superseded_by=None)

    def with_renewals(self) -> Self:
        """Say of each, as ``is_renewed``, whether its holder has earned another
        certificate since."""
        newer = Certificate.objects.filter(
            holder=OuterRef("certificate__holder"),
            issued_on__gte=OuterRef("decided_on"),
            revoked_on=None,
        ).exclude(attempt=OuterRef("certificate__attempt"))
        return self.annotate(is_renewed=Exists(newer))

    def current(self, on: date) -> Self:
        """Keep what stands about certificates in force, also if given anew since."""
        held = Certificate.objects.standing(on)
        found = self.standing().with_renewals()
        return found.filter(certificate__attempt__in=held.values("attempt"))

    def open(self, on: date) -> Self:
        """Keep the calls that no renewal has answered yet, late or not."""
        return self.current(on).filter(is_needed=True, is_renewed=False)

    def late(self, on: date) -> Self:
        return self.open(on).filter(due_on__lt=on)

    def in_state(self, state: str, on: date) -> Self:
        """Keep those of that state; of no state, all that are current."""
        if state == Refreshing.NOT_NEEDED:
            return self.current(on).filter(is_needed=False)
        if state == Refreshing.DONE:
            return self.current(on).filter(is_needed=True, is_renewed=True)
        if state == Refreshing.LATE:
            return self.late(on)
        if state == Refreshing.OPEN:
            return self.open(on).filter(Q(due_on=None) | Q(due_on__gte=on))
        return self.current(on)


class Refresher(WrittenOnce):
    """What the office decided about a certificate examined under an edition that was
    in force before ``edition_code``: whether a refresher is needed, until when, why.

    Born in ``decide_refreshers``, replaced by a later one in ``change_refresher``, and
    never edited. Rows without a reason or a day were written before these were asked.
    """

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="refreshers"
    )
    edition_code = models.CharField(_("edition of the Measures"), max_length=20)
    is_needed = models.BooleanField(_("refresher needed"))
    due_on = models.DateField(_("to be done by"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )

    objects = RefresherQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = _("refresher")
        verbose_name_plural = _("refreshers")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "edition_code"],
                condition=Q(supersedes=None),
                name="refresher_first_decided_once_per_edition",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None)
                | Q(is_needed=True, due_on__gt=F("decided_on")),
                name="refresher_due_after_its_decision_if_needed",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reason=""),
                name="refresher_replaces_another_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} · {self.edition_code}"

    @property
    def words(self) -> str:
        """What the holder is told."""
        words = CALLED if self.is_needed else CALLED_OFF
        return str(words) % {
            "number": self.certificate.spaced_number,
            "day": date_format(self.due_on) if self.due_on else "",
            "reason": self.reason,
        }

    def state(self, on: date) -> Refreshing:
        """How it stands on that day; ask ``with_renewals``."""
        if not self.is_needed:
            return Refreshing.NOT_NEEDED
        if self.is_renewed:
            return Refreshing.DONE
        return Refreshing.LATE if self.is_late(on) else Refreshing.OPEN

    def is_late(self, on: date) -> bool:
        return self.due_on is not None and self.due_on < on
