from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from divisions.scoping import Placed, PlacedQuerySet


class SelectionQuerySet(PlacedQuerySet):
    def in_force(self, on: date) -> Self:
        return self.filter(
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=on), chosen_on__lte=on
        )

    def covering(self, code: str) -> Self:
        """Keep those made by an office whose division contains ``code``."""
        forebears = [code[:length] for length in range(2, len(code) + 1)]
        return self.filter(division_code__in=forebears)


class Selection(Placed):
    """A person chosen 选定 for posts in a division by its city or county office.

    Placed in the office's division. Born in ``select_person``, ended by
    ``withdraw_selection``.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="selections",
        verbose_name=_("person"),
    )
    chosen_on = models.DateField(_("chosen on"))
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("chosen by"),
    )
    basis = models.CharField(_("basis"), max_length=200)
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        ordering = ["-chosen_on", "-pk"]
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "division"],
                condition=Q(withdrawn_on=None),
                name="selection_open_once_per_person_and_division",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("chosen_on")),
                name="selection_withdrawn_no_earlier_than_made",
            ),
            models.CheckConstraint(
                condition=~Q(basis=""), name="selection_names_its_basis"
            ),
        ]

        indexes = [
            models.Index(
                fields=["person", "chosen_on", "withdrawn_on"],
                name="selection_by_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.division}"
