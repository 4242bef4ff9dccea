from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .enums import CODE_LENGTH, CountyClass, Kind, Level
from .fields import DivisionCodeField
from .scoping import PlacedQuerySet

SPOKEN_ENDINGS = {
    "村民委员会": "村",
    "居民委员会": "",
    "村委会": "村",
    "居委会": "",
}


class DivisionQuerySet(PlacedQuerySet):
    code_field = "code"

    def at_level(self, level: Level) -> Self:
        return self.filter(level=level)

    def designated(self, kind: Kind, on: date) -> Self:
        """Keep the divisions that hold the designation on that day."""
        held = Designation.objects.filter(kind=kind).in_force(on)
        return self.filter(pk__in=held.values("division"))


class Division(models.Model):
    """One unit of the tree, whatever code it bears today.

    Born in ``load_divisions`` or by the region's office; its code changes only by
    ``recode_division``, which keeps the old one in ``DivisionCode``.
    """

    code = models.CharField(
        pgettext_lazy("division", "code"), max_length=12, unique=True
    )
    name = models.CharField(pgettext_lazy("division", "name"), max_length=60)
    full_name = models.CharField(_("full name"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    is_committee = models.BooleanField(
        _("administrative village"),
        default=False,
        help_text=_("A village that has a villagers' committee."),
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        indexes = [
            # A hundred offices among eighteen thousand divisions.
            models.Index(fields=["level", "code"], name="division_by_level"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name as people say it: 永宁村 for 永宁村委会."""
        for ending, spoken in SPOKEN_ENDINGS.items():
            if self.name.endswith(ending):
                return self.name.removesuffix(ending) + spoken
        return self.name

    @property
    def parent_code(self) -> str | None:
        shorter = [n for n in CODE_LENGTH.values() if n < len(self.code)]
        return self.code[: shorter[-1]] if shorter else None

    def ancestor_codes(self) -> list[str]:
        """Codes from the region down to this division itself."""
        return [self.code[:n] for n in CODE_LENGTH.values() if n <= len(self.code)]

    def ancestors(self) -> DivisionQuerySet:
        """This division's forebears, the region first, without itself."""
        return Division.objects.filter(code__in=self.ancestor_codes()[:-1])

    def children(self) -> DivisionQuerySet:
        below = Level(self.level).below
        return Division.objects.within(self.code).filter(level=below)


class DivisionCode(models.Model):
    """A code that a division bore, and when; the open one is ``Division.code``."""

    division = models.ForeignKey(
        Division, models.PROTECT, related_name="codes", verbose_name=_("division")
    )
    code = models.CharField(
        pgettext_lazy("division", "code"), max_length=12, db_index=True
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="division_code_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["division"],
                condition=Q(until=None),
                name="division_bears_one_code_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DesignationQuerySet(PlacedQuerySet):
    def in_force(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class Designation(models.Model):
    """What a division counts as, from a day until a day.

    ``is_demonstration`` marks flags that nobody official has set; every page that
    shows one says so.
    """

    division = models.ForeignKey(Division, models.PROTECT, related_name="designations")
    division_code = DivisionCodeField()
    kind = models.CharField(_("designation"), max_length=20, choices=Kind.choices)
    county_class = models.CharField(
        _("class"), max_length=20, choices=CountyClass.choices, blank=True
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    exit_year = models.PositiveSmallIntegerField(_("year of exit"), null=True)
    attested = models.CharField(_("attested"), max_length=10, default="public")
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "kind"],
                condition=Q(until=None),
                name="designation_open_once_per_kind",
            ),
        ]
        indexes = [
            # All that counting posts asks for: the rows themselves are not read.
            models.Index(
                fields=["kind", "division_code", "since", "until", "is_demonstration"],
                name="designation_counted_by_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.get_kind_display()}"
