"""What happens to a certificate after its issue, as dated rows that stay."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certificates.enums import Reminding
from divisions.enums import Level

from .certificates import Certificate


class SuspensionQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class Suspension(models.Model):
    """A time in which a certificate did not count 暂停.

    Born in ``suspend_certificate``, ended by ``lift_suspension``. A revocation that
    an appeal undid stays on record as one, too.
    """

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="suspensions"
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)
    reason = models.CharField(_("reason"), max_length=200)
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_because = models.CharField(max_length=200, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(until=None),
                name="suspension_open_once_per_certificate",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="suspension_ends_no_earlier_than_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="suspension_names_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} · {self.since}"


class Appeal(models.Model):
    """The holder's appeal 申诉 against a revocation, and its answer.

    Born in ``make_appeal``, answered by ``answer_appeal``: by the office above the one
    that revoked, or, where none stands above, by another person of the same.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="appeals")
    made_on = models.DateField(_("made on"))
    words = models.CharField(_("grounds of the appeal"), max_length=1000)
    answered_on = models.DateField(_("answered on"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    granted = models.BooleanField(_("granted"), null=True)
    answer = models.CharField(_("reply"), max_length=1000, blank=True)
    answering_office = models.CharField(
        _("office that answered"), max_length=211, blank=True
    )
    is_same_office = models.BooleanField(
        _("answered by another person of the office that revoked"), default=False
    )

    class Meta:
        ordering = ["-made_on", "-pk"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(answered_on=None),
                name="appeal_open_once_per_certificate",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, granted=None, answer="")
                | Q(answered_on__isnull=False, granted__isnull=False) & ~Q(answer=""),
                name="appeal_answered_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} · {self.made_on}"


class Validity(models.Model):
    """For how many months certificates of a level, examined under an edition, are
    good. Ours: the Measures name no period."""

    post_level = models.CharField(
        _("level of the post"), max_length=10, choices=Level.choices, blank=True
    )
    edition_code = models.CharField(
        _("edition of the Measures"), max_length=20, blank=True
    )
    months = models.PositiveSmallIntegerField(_("months"))

    class Meta:
        ordering = ["post_level", "edition_code"]
        verbose_name = _("period of validity")
        verbose_name_plural = _("periods of validity")
        constraints = [
            models.UniqueConstraint(
                fields=["post_level", "edition_code"],
                name="validity_once_per_level_and_edition",
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=120),
                name="validity_of_a_month_to_ten_years",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_level or '*'} · {self.edition_code or '*'}: {self.months}"


class Reminder(models.Model):
    """That the holder was told something about a certificate: once for each kind.

    Shown on the holder's home page until they have seen it, and sent by e-mail where
    they have one; ``claimed_at`` says that a worker is sending it. Born in
    ``remind_holders``, or with the ``refresher`` it tells of: once for each decision.
    """

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="reminders"
    )
    refresher = models.OneToOneField(
        "certificates.Refresher", models.PROTECT, null=True, related_name="reminder"
    )
    kind = models.CharField(max_length=20, choices=Reminding.choices)
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "kind"],
                condition=Q(refresher=None),
                name="reminder_once_per_certificate_and_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate} · {self.kind}"

    @property
    def words(self) -> str:
        if self.refresher:
            return self.refresher.words
        if self.kind == Reminding.REFRESHER:
            return gettext(
                "Certificate %(number)s was examined under an older edition of the "
                "Measures. The office asks you to complete the new lessons and to "
                "pass the exam again."
            ) % {"number": self.certificate.spaced_number}
        return gettext(
            "Certificate %(number)s expires on %(day)s. Complete the new lessons and "
            "pass the exam again to renew it."
        ) % {
            "number": self.certificate.spaced_number,
            "day": date_format(self.certificate.expires_on),
        }
