from __future__ import annotations

from datetime import date
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import OFFICES, Role
from accounts.models import User
from certificates.enums import Reissue, State
from certificates.numbering import spaced
from divisions.enums import Level
from divisions.scoping import Placed, PlacedQuerySet

from .selections import Selection

# Whoever keeps the people of a division sees their certificates; a trainer or an
# informant in the same place does not.
KEEPERS = (*OFFICES.values(), Role.ADMINISTRATOR)
# Whoever issues, or keeps the site for those who do, says how certificates look.
DESIGNERS = (
    Role.COUNTY_OFFICE,
    Role.CITY_OFFICE,
    Role.REGION_OFFICE,
    Role.ADMINISTRATOR,
)


def suspended(on: date) -> Exists:
    """Whether a suspension covers the day."""
    from_model = apps.get_model("certificates", "Suspension")
    return Exists(from_model.objects.in_force(on).filter(certificate=OuterRef("pk")))


class CertificateQuerySet(PlacedQuerySet):
    def valid(self, on: date) -> Self:
        """Keep those in force on that day, as things stood on that day."""
        return self.standing(on).exclude(suspended(on))

    def standing(self, on: date) -> Self:
        """Keep those in force on that day, suspended or not."""
        return self.filter(
            Q(revoked_on=None) | Q(revoked_on__gt=on),
            Q(superseded_on=None) | Q(superseded_on__gt=on),
            issued_on__lte=on,
            expires_on__gt=on,
        )

    def stopped(self, on: date) -> Self:
        """Keep those that would be good but for what an office did."""
        return self.filter(
            Q(revoked_on__lte=on) | Q(superseded_on__lte=on) | suspended(on),
            expires_on__gt=on,
        )

    def taken(self, on: date) -> Self:
        """Keep those that would be good but for a revocation or a suspension."""
        superseded = Q(superseded_on__lte=on)
        return self.stopped(on).exclude(superseded)

    def expiring(self, *, before: date, on: date) -> Self:
        return self.valid(on).filter(expires_on__lt=before)

    def with_ever_suspended(self) -> Self:
        """So that ``state`` need not ask about the many that never were."""
        times = apps.get_model("certificates", "Suspension").objects
        ever = Exists(times.filter(certificate=OuterRef("pk")).order_by())
        return self.annotate(ever_suspended=ever)

    def visible_to(self, user: User) -> Self:
        """Everyone sees their own; an office also those of its division's people."""
        codes = [g.division_code for g in user.current_grants if g.role in KEEPERS]
        own = Q(holder=user)
        return self.filter(own | Q(pk__in=self.model.objects.within(*codes)))

    def for_list(self) -> Self:
        return self.select_related("division", "holder").prefetch_related("suspensions")


class Certificate(Placed):
    """Proof that one person passed the exam of the post, good until a date.

    Placed in the holder's home division of the day of issue. Born in
    ``issue_certificate``, ended by ``revoke_certificate``; what it says is copied at
    issue and never edited.
    """

    number = models.CharField(_("number"), max_length=24, unique=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="certificates",
        verbose_name=_("holder"),
    )
    attempt = models.ForeignKey(
        "exams.Attempt",
        models.PROTECT,
        related_name="certificates",
        related_query_name="certificate",
    )
    selection = models.ForeignKey(
        Selection,
        models.PROTECT,
        null=True,
        related_name="certificates",
        verbose_name=_("selection"),
    )
    chosen_on = models.DateField(_("chosen on"), null=True)
    chosen_by_name = models.CharField(_("chosen by"), max_length=60, blank=True)
    trained_on = models.DateField(_("training complete on"), null=True)
    passed_on = models.DateField(_("exam passed on"), null=True)
    holder_name = models.CharField(_("name"), max_length=60)
    masked_id_number = models.CharField(_("ID number"), max_length=18, blank=True)
    post_level = models.CharField(
        _("level of the post"), max_length=10, choices=Level.choices
    )
    post_place = models.CharField(_("place of the post"), max_length=200)
    exam_name = models.CharField(_("exam"), max_length=200)
    edition_code = models.CharField(_("edition of the Measures"), max_length=20)
    # A district's office bears the city's name, too.
    office_name = models.CharField(_("issuing office"), max_length=211)
    office_code = models.CharField(_("code of the issuing office"), max_length=6)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), db_index=True)
    verification_code = models.CharField(_("verification code"), max_length=16)
    template_version = models.ForeignKey(
        "certificates.TemplateVersion",
        models.PROTECT,
        null=True,
        related_name="certificates",
        verbose_name=_("version of a template"),
    )
    photo = models.ForeignKey(
        "certificates.Photo",
        models.PROTECT,
        null=True,
        related_name="certificates",
        verbose_name=_("photo"),
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revocation_reason = models.CharField(
        _("reason of the revocation"), max_length=200, blank=True
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    superseded_on = models.DateField(_("replaced on"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor"
    )
    reissue = models.CharField(
        _("why it was given anew"), max_length=12, choices=Reissue.choices, blank=True
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("issued_on")),
                name="certificate_expires_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None) | Q(revoked_on__gte=F("issued_on")),
                name="certificate_revoked_no_earlier_than_issued",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None, revocation_reason="")
                | Q(revoked_on__isnull=False) & ~Q(revocation_reason=""),
                name="certificate_revoked_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(supersedes=None),
                name="certificate_first_once_per_attempt",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None, reissue="")
                | Q(supersedes__isnull=False) & ~Q(reissue=""),
                name="certificate_given_anew_says_why",
            ),
            # Those issued before the order was asked have no such dates.
            models.CheckConstraint(
                condition=Q(chosen_on=None)
                | Q(chosen_on__lte=F("trained_on"), trained_on__lte=F("issued_on")),
                name="certificate_follows_choice_and_training_in_order",
            ),
            models.CheckConstraint(
                condition=Q(passed_on=None) | Q(passed_on__lte=F("issued_on")),
                name="certificate_issued_no_earlier_than_passed",
            ),
        ]

        indexes = [
            # Whether and until when a person is certified, without reading the row.
            models.Index(
                fields=[
                    "holder",
                    "expires_on",
                    "issued_on",
                    "revoked_on",
                    "superseded_on",
                    "id",
                ],
                name="certificate_by_holder",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("certificates:detail", args=[self.number])

    # Unless a query found otherwise (``with_ever_suspended``).
    ever_suspended = True

    @property
    def spaced_number(self) -> str:
        return spaced(self.number)

    @property
    def masked_name(self) -> str:
        """The name as a stranger may read it: 黄**, 阿********."""
        return self.holder_name[:1] + "*" * (len(self.holder_name) - 1)

    def state(self, on: date) -> State:
        if self.revoked_on and self.revoked_on <= on:
            return State.REVOKED
        if self.superseded_on and self.superseded_on <= on:
            return State.SUPERSEDED
        if on >= self.expires_on:
            return State.EXPIRED
        return State.SUSPENDED if self.suspension(on) else State.VALID

    def suspension(self, on: date):
        """The suspension that covers the day, if there is one. Of a list, prefetch
        ``suspensions``."""
        if not self.ever_suspended:
            return None
        for each in self.suspensions.all():
            if each.since <= on and (each.until is None or on < each.until):
                return each
        return None
