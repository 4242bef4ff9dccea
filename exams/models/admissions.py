"""Who is on the list of a sitting, with a ticket each."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from divisions.scoping import PlacedQuerySet

from .invigilation import WrittenOnce
from .sittings import Sitting, overseen_codes


class AdmissionQuerySet(PlacedQuerySet):
    code_field = "person__home_code"

    def overseen_by(self, user) -> Self:
        return self.within(*overseen_codes(user))

    def for_list(self) -> Self:
        return self.select_related("sitting", "person__home_division")


class Admission(models.Model):
    """A person on the list of a sitting. ``code`` is what the ticket says and, where
    the sitting asks for it, what is typed at the start.

    Born in ``admit_people``, taken off by ``strike_admission`` before the start.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="admissions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="admissions",
        verbose_name=_("person"),
    )
    code = models.CharField(_("ticket code"), max_length=12)
    place = models.CharField(_("place of the exam"), max_length=100, blank=True)
    seat = models.CharField(_("seat"), max_length=20, blank=True)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        ordering = ["person__home_code", "person__real_name", "pk"]
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "person"], name="person_is_admitted_once"
            ),
            models.UniqueConstraint(
                fields=["sitting", "code"], name="ticket_code_is_one_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting} · {self.person}"

    @property
    def where(self) -> str:
        """The place and the seat on the ticket; the sitting's place if none is its
        own. Empty online."""
        place = self.place or self.sitting.place
        return " · ".join(filter(None, (place, self.seat)))

    @property
    def spaced_code(self) -> str:
        return f"{self.code[:3]} {self.code[3:]}"


class WrongTry(WrittenOnce):
    """That a person typed a wrong ticket code, and from where; never what was typed.

    Born in ``note_wrong_try``.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="wrong_tries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="wrong_tries",
        verbose_name=_("person"),
    )
    address = models.CharField(_("network address"), max_length=45, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("wrong ticket code")
        verbose_name_plural = _("wrong ticket codes")
        indexes = [
            models.Index(fields=["sitting", "person"], name="wrong_try_by_sitting"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.person_id} {self.at}"
