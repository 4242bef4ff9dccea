from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import OFFICES, Role
from accounts.models import User
from divisions.enums import Level
from divisions.scoping import Placed, PlacedQuerySet

from .enums import State
from .numbering import spaced

# Whoever keeps the people of a division sees their certificates; a trainer or an
# informant in the same place does not.
KEEPERS = (*OFFICES.values(), Role.ADMINISTRATOR)


def private_files() -> Storage:
    """Named, so that migrations point at the setting and not at a folder."""
    return storages["private"]


class NumberSeries(models.Model):
    """The last serial that one office gave out in one year.

    Locked in the transaction that issues, so serials have neither gaps nor twins.
    """

    office_code = models.CharField(_("office code"), max_length=6)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last serial"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(
                fields=["office_code", "year"], name="number_series_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_code} {self.year}: {self.last}"


class CertificateQuerySet(PlacedQuerySet):
    def valid(self, on: date) -> Self:
        """Keep those in force on that day, as things stood on that day."""
        return self.filter(
            Q(revoked_on=None) | Q(revoked_on__gt=on),
            issued_on__lte=on,
            expires_on__gt=on,
        )

    def expiring(self, *, before: date, on: date) -> Self:
        return self.valid(on).filter(expires_on__lt=before)

    def visible_to(self, user: User) -> Self:
        """Everyone sees their own; an office also those of its division's people."""
        codes = [g.division_code for g in user.current_grants if g.role in KEEPERS]
        own = Q(holder=user)
        return self.filter(own | Q(pk__in=self.model.objects.within(*codes)))

    def for_list(self) -> Self:
        return self.select_related("division", "holder")


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
    attempt = models.OneToOneField(
        "exams.Attempt", models.PROTECT, related_name="certificate"
    )
    holder_name = models.CharField(_("name"), max_length=60)
    masked_id_number = models.CharField(_("ID number"), max_length=18, blank=True)
    post_level = models.CharField(
        _("level of the post"), max_length=10, choices=Level.choices
    )
    post_place = models.CharField(_("place of the post"), max_length=200)
    exam_name = models.CharField(_("exam"), max_length=200)
    edition_code = models.CharField(_("edition of the Measures"), max_length=20)
    office_name = models.CharField(_("issuing office"), max_length=200)
    office_code = models.CharField(_("code of the issuing office"), max_length=6)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), db_index=True)
    verification_code = models.CharField(_("verification code"), max_length=16)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revocation_reason = models.CharField(
        _("reason of the revocation"), max_length=200, blank=True
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
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("certificates:detail", args=[self.number])

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
        return State.VALID if on < self.expires_on else State.EXPIRED


class Paper(models.Model):
    """The PDF of a certificate: made once, kept, and recognisable by its hash.

    Born in ``print_certificate``.
    """

    certificate = models.OneToOneField(
        Certificate, models.PROTECT, related_name="paper"
    )
    file = models.FileField(storage=private_files, upload_to="certificates/%Y")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self) -> str:
        return self.file.name
