"""When and for whom an exam is held."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from divisions.enums import CODE_LENGTH
from divisions.scoping import Placed, PlacedQuerySet
from exams.enums import Admits, Held, KeysShown, ResultsShown

OVERSEERS = frozenset(
    {
        Role.TRAINER,
        Role.COUNTY_OFFICE,
        Role.CITY_OFFICE,
        Role.REGION_OFFICE,
        Role.ADMINISTRATOR,
    }
)


def overseen_codes(user) -> tuple[str, ...]:
    """The divisions whose candidates this person may follow."""
    return tuple(
        grant.division_code for grant in user.current_grants if grant.role in OVERSEERS
    )


def places_of(user) -> list[str]:
    """Where a person belongs as a candidate: the home, then the places served."""
    served = [g.division_code for g in user.current_grants if g.role == Role.INFORMANT]
    return [code for code in [user.home_code, *served] if code]


def with_forebears(codes: list[str] | tuple[str, ...]) -> set[str]:
    lengths = CODE_LENGTH.values()
    return {
        code[:length] for code in codes for length in lengths if length <= len(code)
    }


class SittingQuerySet(PlacedQuerySet):
    def starting(self, at: datetime) -> Self:
        """Keep those that somebody somewhere can start, now or later."""
        still = Q(closes_at__gt=at) | Q(extended_until__gt=at)
        return self.filter(still, withdrawn_at=None)

    def eligible_for(self, user) -> Self:
        """Keep the sittings held for a place that ``user`` belongs to, and those on
        whose list ``user`` is."""
        here = Q(division_code__in=with_forebears(places_of(user)))
        listed = Q(pk__in=user.admissions.values("sitting"))
        return self.filter(
            Q(admits=Admits.DIVISION) & here | Q(admits=Admits.LISTED) & listed
        )

    def overseen_by(self, user) -> Self:
        """Keep the sittings in a person's divisions, and those held for a wider
        place, in which some of their people sit."""
        codes = overseen_codes(user)
        wider = self.filter(division_code__in=with_forebears(codes))
        return self.within(*codes) | wider


class Sitting(Placed):
    """One exam held for the people of a division, from an instant to an instant.

    Born in ``schedule_sitting``; a faulty one is dropped by ``withdraw_sitting`` before
    anybody starts. ``release`` and ``blueprint`` say what the papers
    are drawn from.
    """

    title = models.CharField(_("title"), max_length=100)
    blueprint = models.ForeignKey(
        "exams.Blueprint", models.PROTECT, verbose_name=_("blueprint")
    )
    release = models.ForeignKey(
        "exams.Release", models.PROTECT, verbose_name=_("release of the bank")
    )
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    minutes = models.PositiveSmallIntegerField(_("minutes allowed"))
    pass_percent = models.PositiveSmallIntegerField(_("pass mark, per cent"))
    pass_mark_reasons = models.TextField(
        _("reasons of the pass mark"),
        blank=True,
        help_text=_("Empty only where it was announced before they were asked."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=1
    )
    needs_path = models.BooleanField(
        _("only after the learning path is complete"), default=False
    )
    cooldown_hours = models.PositiveSmallIntegerField(
        _("hours between two attempts"), default=0
    )
    held = models.CharField(
        pgettext_lazy("sitting", "how it is held"),
        max_length=10,
        choices=Held.choices,
        default=Held.ONLINE,
    )
    place = models.CharField(_("place of the exam"), max_length=100, blank=True)
    admits = models.CharField(
        _("who may sit"),
        max_length=10,
        choices=Admits.choices,
        default=Admits.DIVISION,
    )
    asks_code = models.BooleanField(
        _("the code of the ticket is asked at the start"), default=False
    )
    refresher = models.BooleanField(
        _("another attempt only after reading again what went wrong"), default=False
    )
    keys_shown = models.CharField(
        _("right answers shown"),
        max_length=12,
        choices=KeysShown.choices,
        default=KeysShown.AFTER_CLOSE,
    )
    results_shown = models.CharField(
        _("results shown"),
        max_length=12,
        choices=ResultsShown.choices,
        default=ResultsShown.AT_ONCE,
    )
    results_out_at = models.DateTimeField(
        _("results published at"), null=True, editable=False
    )
    extended_until = models.DateTimeField(
        _("starts until"),
        null=True,
        editable=False,
        help_text=_("The last start anywhere, where an extension puts it off."),
    )
    closed_early_at = models.DateTimeField(
        _("closed early at"), null=True, editable=False
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_because = models.CharField(
        _("why it was withdrawn"), max_length=200, blank=True, editable=False
    )
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("scheduled by"),
    )

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="sitting_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(pass_percent__gte=1, pass_percent__lte=100),
                name="sitting_pass_mark_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, attempts_allowed__gte=1),
                name="sitting_allows_time_and_an_attempt",
            ),
            models.CheckConstraint(
                condition=Q(held="online", place="")
                | Q(Q(held="at-place"), ~Q(place="")),
                name="sitting_at_a_place_names_it",
            ),
            models.CheckConstraint(
                condition=Q(asks_code=False) | Q(admits="listed"),
                name="sitting_asks_codes_of_those_listed",
            ),
            models.UniqueConstraint(
                fields=["division", "title", "opens_at"],
                condition=Q(withdrawn_at=None),
                name="sitting_announced_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
                name="sitting_is_withdrawn_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exams:board", args=[self.pk])

    def is_open(self, at: datetime) -> bool:
        """Whether somebody somewhere can start."""
        return self.opens_at <= at < self.last_start_at and not self.withdrawn_at

    @property
    def last_start_at(self) -> datetime:
        return self.extended_until or self.closes_at

    @property
    def has_results_out(self) -> bool:
        at_once = self.results_shown == ResultsShown.AT_ONCE
        return at_once or self.results_out_at is not None
