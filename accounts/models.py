from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import sealing
from divisions.enums import CODE_LENGTH, Level
from divisions.fields import DivisionCodeField
from divisions.scoping import Placed, PlacedQuerySet

from .enums import LEVEL_OF_OFFICE, OFFICES, Role


class UserQuerySet(PlacedQuerySet):
    """People are listed by the division that is their home."""

    code_field = "home_code"

    def with_id_number(self, number: str) -> Self:
        return self.filter(id_number_fingerprint=sealing.fingerprint(number))

    def by_numbers(self, numbers: Iterable[str]) -> dict[str, User]:
        """Who has which of these phone or ID numbers, by the number; in one query."""
        marks = {sealing.fingerprint(number): number for number in numbers}
        named = Q(phone__in=marks.values()) | Q(id_number_fingerprint__in=marks)
        found: dict[str, User] = {}
        for person in self.filter(named):
            found[person.phone] = person
            if number := marks.get(person.id_number_fingerprint):
                found[number] = person
        return found

    def holding(self, *roles: Role, at: str, on: date) -> Self:
        """Keep those who hold one of ``roles`` exactly in the division ``at``."""
        grants = Grant.objects.current(on).filter(role__in=roles, division_code=at)
        return self.filter(pk__in=grants.values("user"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, phone: str, password: str | None = None, **fields) -> User:
        """Make a person who can sign in; without a password, by one-time code only."""
        user = self.model(phone=phone, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, phone: str, password: str, **fields) -> User:
        return self.create_user(
            phone, password, is_staff=True, is_superuser=True, **fields
        )


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by phone number or e-mail.

    Made by an office (``create_person``); what they may do comes from grants.
    """

    real_name = models.CharField(_("real name"), max_length=60)
    phone = models.CharField(_("phone number"), max_length=20, unique=True)
    phone_verified = models.BooleanField(_("phone number verified"), default=False)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    id_number_sealed = models.TextField(blank=True, editable=False)
    # Null, not blank: many people may have no number, no two may share one.
    id_number_fingerprint = models.CharField(  # noqa: DJ001
        max_length=64, unique=True, null=True, editable=False
    )
    home_division = models.ForeignKey(
        "divisions.Division",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="residents",
        verbose_name=_("home division"),
    )
    home_code = DivisionCodeField(blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the site's admin"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = "phone"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["real_name"]
    objects = UserManager()

    class Meta:
        ordering = ["home_code", "real_name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["home_code", "is_active"], name="user_active_by_home")
        ]

    def __str__(self) -> str:
        return self.real_name

    def get_full_name(self) -> str:
        return self.real_name

    def get_short_name(self) -> str:
        return self.real_name

    @property
    def id_number(self) -> str:
        """The whole number; shown to nobody, needed for papers and comparisons."""
        return sealing.unseal(self.id_number_sealed) if self.id_number_sealed else ""

    @id_number.setter
    def id_number(self, number: str) -> None:
        self.id_number_sealed = sealing.seal(number) if number else ""
        self.id_number_fingerprint = sealing.fingerprint(number) if number else None

    @property
    def masked_id_number(self) -> str:
        return sealing.masked(self.id_number)

    @property
    def masked_phone(self) -> str:
        return f"{self.phone[:3]}****{self.phone[7:]}"

    @cached_property
    def current_grants(self) -> list[Grant]:
        """Grants in force today, the widest division first; read once a request."""
        return list(
            self.grants.current(timezone.localdate())
            .select_related("division")
            .order_by("division_code", "pk")
        )

    @property
    def roles(self) -> set[str]:
        return {grant.role for grant in self.current_grants}

    def scope_codes(self) -> tuple[str, ...]:
        """The divisions whose rows this person may see, without nested ones."""
        wide: list[str] = []
        for code in sorted({grant.division_code for grant in self.current_grants}):
            if not any(code.startswith(wider) for wider in wide):
                wide.append(code)
        return tuple(wide)

    def holds(self, *roles: Role, at: str | None = None) -> bool:
        """Whether a current grant gives one of ``roles`` (in a division that
        contains ``at``)."""
        return any(
            grant.role in roles and (at is None or at.startswith(grant.division_code))
            for grant in self.current_grants
        )

    def acts_for(self, level: str, code: str) -> bool:
        """Whether this person may take the steps of ``level`` for a subject at
        ``code``: the office of exactly that level above it, or, for the village
        and the household, an informant whose division contains it."""
        if level in OFFICES:
            own = code[: CODE_LENGTH[Level(level)]]
            return any(
                grant.role == OFFICES[level] and grant.division_code == own
                for grant in self.current_grants
            )
        return self.holds(Role.INFORMANT, at=code)


class GrantQuerySet(PlacedQuerySet):
    def current(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class Grant(Placed):
    """A role that a person holds in a division, from a day until a day.

    Born in ``grant_role``, ended by ``end_grant``, never deleted.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("granted by")
    )
    basis = models.CharField(
        pgettext_lazy("grant", "basis"), max_length=200, blank=True
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "division"],
                condition=Q(until=None),
                name="grant_open_once_per_role_and_division",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="grant_ends_no_earlier_than_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} · {self.get_role_display()}"

    @property
    def office_level(self) -> str | None:
        return LEVEL_OF_OFFICE.get(self.role)


class TokenQuerySet(PlacedQuerySet):
    def standing(self) -> Self:
        return self.filter(revoked_at=None)

    def for_list(self) -> Self:
        return self.select_related("division", "made_by").order_by(
            F("revoked_at").desc(nulls_first=True), "division_code", "name", "pk"
        )


class Token(Placed):
    """Lets one program read what lies in one division.

    Born in ``make_token``, ended by ``revoke_token``. The key itself is nowhere: what
    lies here is its hash.
    """

    name = models.CharField(pgettext_lazy("token", "name"), max_length=60)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("token", "made by"),
    )
    made_at = models.DateTimeField(pgettext_lazy("token", "made at"))
    revoked_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("token", "revoked by"),
    )
    revoked_at = models.DateTimeField(pgettext_lazy("token", "revoked at"), null=True)
    last_used_on = models.DateField(_("last used on"), null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"],
                condition=Q(revoked_at=None),
                name="token_stands_once_per_name_and_division",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.division}"
