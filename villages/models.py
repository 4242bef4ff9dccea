from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from divisions.scoping import Placed
from ledger.models import RegisterQuerySet


class VillageProfileQuerySet(RegisterQuerySet):
    def known(self, on: date) -> Self:
        """Keep of each village the figures that were the newest on that day."""
        dated = VillageProfile.objects.filter(division=OuterRef("division"))
        newest = dated.filter(on__lte=on).order_by("-on").values("pk")[:1]
        return self.annotate(newest=Subquery(newest)).filter(pk=F("newest"))


class VillageProfile(Placed):
    """How many households and people a village has on a day, poor or not.

    Entered by the township's office; a later day does not change an earlier one.
    """

    on = models.DateField(_("counted on"))
    households = models.PositiveIntegerField(pgettext_lazy("village", "households"))
    population = models.PositiveIntegerField(_("population"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now=True)

    objects = VillageProfileQuerySet.as_manager()

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "on"], name="village_profile_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(population__gte=F("households")),
                name="village_has_at_least_a_person_a_household",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.on}"
