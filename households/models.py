from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import measures
from core import sealing
from divisions.fields import DivisionCodeField
from divisions.scoping import Placed
from ledger.models import RegisterQuerySet
from ledger.words import named, spoken

from .enums import APPLICANT, HEAD, Leaving


class HouseholdQuerySet(RegisterQuerySet):
    def with_status(self, *statuses: str) -> Self:
        return self.filter(status__in=statuses)

    def like(self, words: str) -> Self:
        """Keep those whose code begins with, or whose head's name holds, the words."""
        return self.filter(Q(code__startswith=words) | Q(head_name__contains=words))

    def for_list(self) -> Self:
        return self.select_related("division").order_by("code")


class Household(Placed):
    """A household of the register, whatever its status.

    Born in ``register_household``, changed by ``domain/editing.py``. The sections are
    kept as the objects of the exchange format, checked by ``measures`` before they are
    written; what is not known is left out. ``status`` and the years after it follow
    from the ledger and are written by nothing else.
    """

    code = models.CharField(_("household code"), max_length=60, unique=True)
    head_name = models.CharField(_("head"), max_length=100, db_index=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    attribute = models.CharField(_("attribute"), max_length=30, blank=True)
    causes = models.JSONField(_("causes"), null=True)
    identified_in = models.PositiveSmallIntegerField(_("identified in"), null=True)
    identified_on = models.DateField(_("identified on"), null=True)

    income = models.JSONField(_("income"), null=True)
    income_stable = models.BooleanField(_("income is stable"), null=True)
    food_and_clothing_secure = models.BooleanField(
        _("no want of food or clothing"), null=True
    )
    stable_sources = models.JSONField(_("stable sources"), null=True)
    land = models.JSONField(_("land"), null=True)
    dwelling = models.JSONField(_("dwelling"), null=True)
    water = models.JSONField(_("drinking water"), null=True)
    road = models.JSONField(_("road"), null=True)
    electricity = models.BooleanField(_("electricity"), null=True)
    television = models.JSONField(_("television"), null=True)
    schooling_checked = models.BooleanField(_("schooling checked"), default=False)
    helper = models.JSONField(_("helper"), null=True)
    vetoes = models.JSONField(_("vetoes"), null=True)
    hardship = models.BooleanField(_("real hardship"), null=True)

    status = models.CharField(
        _("status"), max_length=20, default=APPLICANT, editable=False
    )
    status_on = models.DateField(_("status since"), null=True, editable=False)
    exited_in = models.PositiveSmallIntegerField(
        _("exited in"), null=True, editable=False
    )
    returned_in = models.PositiveSmallIntegerField(
        _("returned in"), null=True, editable=False
    )
    registered_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("household")
        verbose_name_plural = _("households")
        indexes = [models.Index(fields=["division_code", "status"])]

    def __str__(self) -> str:
        return f"{self.head_name} {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("households:detail", args=[self.pk])

    @property
    def status_name(self) -> str:
        return named(self.status, "status")

    def present_members(self) -> list[Member]:
        """The members of today, the head first; read once a request."""
        if not hasattr(self, "_present"):
            self._present = list(self.members.present().order_by("position", "pk"))
        return self._present


class MemberQuerySet(RegisterQuerySet):
    def present(self) -> Self:
        return self.filter(left_on=None)

    def with_id_number(self, number: str) -> Self:
        return self.filter(id_number_fingerprint=sealing.fingerprint(number))


class Member(models.Model):
    """One person of a household.

    Who leaves stays on record with day and reason; the ID numbers are sealed.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    division_code = DivisionCodeField()
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=100, blank=True)
    relation = models.CharField(_("relation"), max_length=30, blank=True)
    sex = models.CharField(_("sex"), max_length=10, blank=True)
    born = models.DateField(_("born"), null=True)
    id_number_sealed = models.TextField(blank=True, editable=False)
    id_number_fingerprint = models.CharField(
        max_length=64, blank=True, editable=False, db_index=True
    )
    disability_sealed = models.TextField(blank=True, editable=False)
    ethnicity = models.CharField(_("ethnicity"), max_length=40, blank=True)
    education = models.CharField(_("education"), max_length=20, blank=True)
    schooling = models.CharField(_("schooling"), max_length=30, blank=True)
    health = models.JSONField(_("health"), null=True)
    labour = models.CharField(_("labour"), max_length=20, blank=True)
    work_months = models.FloatField(_("months of work"), null=True)
    work_place = models.CharField(_("place of work"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    medical_insurance = models.CharField(
        _("medical insurance"), max_length=30, blank=True
    )
    critical_illness_insurance = models.BooleanField(
        _("critical-illness insurance"), null=True
    )
    pension = models.CharField(_("pension"), max_length=20, blank=True)
    low_income_class = models.CharField(_("allowance class"), max_length=5, blank=True)
    absence_reason = models.CharField(
        _("reason for being out of school"), max_length=20, blank=True
    )
    absence_visits = models.PositiveSmallIntegerField(_("home visits"), null=True)
    absence_signed = models.BooleanField(_("three-party signature"), null=True)
    left_on = models.DateField(_("left on"), null=True, editable=False)
    left_because = models.CharField(
        _("left because"), max_length=20, choices=Leaving.choices, blank=True
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["household", "position", "pk"]
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation=HEAD, left_on=None),
                name="household_has_one_head",
            ),
            models.UniqueConstraint(
                fields=["id_number_fingerprint"],
                condition=Q(left_on=None) & ~Q(id_number_fingerprint=""),
                name="id_number_is_in_the_register_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_head(self) -> bool:
        return self.relation == HEAD

    @property
    def id_number(self) -> str:
        """The whole number; for comparisons and ``measures``, never for a page."""
        return sealing.unseal(self.id_number_sealed) if self.id_number_sealed else ""

    @id_number.setter
    def id_number(self, number: str) -> None:
        number = (number or "").upper()
        if number == self.id_number:
            return
        self.id_number_sealed = sealing.seal(number) if number else ""
        self.id_number_fingerprint = sealing.fingerprint(number) if number else ""

    @property
    def masked_id_number(self) -> str:
        return sealing.masked(self.id_number)

    @property
    def disability_certificate(self) -> str:
        return sealing.unseal(self.disability_sealed) if self.disability_sealed else ""

    @disability_certificate.setter
    def disability_certificate(self, number: str) -> None:
        if number != self.disability_certificate:
            self.disability_sealed = sealing.seal(number) if number else ""


class FaultQuerySet(RegisterQuerySet):
    def open(self) -> Self:
        return self.filter(gone_on=None)

    def of_rules(self, *, fault_class: str = "", severity: str = "") -> Self:
        """Keep what the rules of that class and severity found; of any, without."""
        codes = [
            rule.code
            for rule in measures.cleaning_rules().values()
            if fault_class in ("", rule.fault_class) and severity in ("", rule.severity)
        ]
        return self.filter(code__in=codes)

    def for_list(self) -> Self:
        related = self.select_related("household", "member", "division")
        return related.order_by("household__code", "household", "pk")


class Fault(Placed):
    """What a cleaning rule found in a household or a member, from the day it was first
    seen until a later cleaning finds it no more.

    Born and ended in ``clean_village`` and by nothing else: what is wrong is mended in
    the register, never here.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="faults")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="faults")
    code = models.CharField(_("cleaning rule"), max_length=10)
    field = models.CharField(_("field to correct"), max_length=60)
    because = models.JSONField(_("reason"))
    found_on = models.DateField(_("first seen on"))
    seen_on = models.DateField(_("last seen on"))
    gone_on = models.DateField(_("gone since"), null=True)

    objects = FaultQuerySet.as_manager()

    class Meta:
        ordering = ["household", "pk"]
        verbose_name = pgettext_lazy("register", "fault")
        verbose_name_plural = pgettext_lazy("register", "faults")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "code", "field"],
                condition=Q(gone_on=None, member=None),
                name="fault_of_a_household_is_open_once",
            ),
            models.UniqueConstraint(
                fields=["member", "code", "field"],
                condition=Q(gone_on=None, member__isnull=False),
                name="fault_of_a_member_is_open_once",
            ),
        ]
        indexes = [models.Index(fields=["division_code", "gone_on"])]

    def __str__(self) -> str:
        return f"{self.household} {self.code} {self.field}"

    @property
    def rule(self) -> measures.CleaningRule:
        return measures.cleaning_rules()[self.code]

    @property
    def rule_name(self) -> str:
        return spoken(self.rule.name)

    @property
    def class_name(self) -> str:
        return named(self.rule.fault_class, "fault_class")

    @property
    def severity_name(self) -> str:
        return named(self.rule.severity, "severity")

    @property
    def reason(self) -> str:
        return spoken(measures.Name(**self.because))

    @property
    def field_name(self) -> str:
        """What the card calls the field; the member's name says whose it is."""
        path = f"member.{self.field}" if self.member_id else self.field
        try:
            return named(path, "field")
        except measures.UnknownCode:
            return self.field


class ExitLine(models.Model):
    """The per-capita net income that an exit must exceed in a year, as the region's
    office entered it. Never changed: a correction is a later row, and counts.

    Born in ``enter_exit_line``. Where a year has none, ``measures`` takes the national
    line, if it knows one.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("yuan a head"), max_digits=9, decimal_places=2)
    source = models.CharField(_("document"), max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name = _("exit line")
        verbose_name_plural = _("exit lines")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="exit_line_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.amount}"
