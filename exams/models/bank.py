"""The question bank: items, their versions, and the releases papers are drawn from."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

import measures
from exams.enums import Attested, Kind, Subject
from ledger.words import spoken

if TYPE_CHECKING:
    from .keys import KeyRevision


class ItemQuerySet(models.QuerySet):
    def for_list(self) -> Self:
        return self.select_related("current")

    def retired(self) -> Self:
        return self.exclude(retired_at=None)


class Item(models.Model):
    """A question through all its versions, known by its code.

    Born and changed in ``revise_item`` only; never deleted, because papers name
    its versions. ``retire_item`` keeps it out of releases, until ``restore_item``.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    current = models.OneToOneField(
        "exams.ItemVersion",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("current version"),
    )
    retired_at = models.DateTimeField(_("retired at"), null=True, editable=False)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("retired by"),
    )
    retired_because = models.CharField(
        _("reason for retiring"), max_length=500, blank=True, editable=False
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None, retired_because="")
                | Q(retired_at__isnull=False, retired_by__isnull=False)
                & ~Q(retired_because=""),
                name="item_is_retired_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None


class ItemVersionQuerySet(models.QuerySet):
    def without_keys(self) -> Self:
        """What a candidate may see while the attempt is open, and nothing else."""
        return self.only("kind", "stem", "options", "parts", "unit")


class ItemVersion(models.Model):
    """What an item said and how it is marked, at one time. Never changed.

    ``answer`` is the key, and it alone: what candidates see is in the other fields.
    What ``options``, ``parts`` and ``answer`` hold is the kind's own
    (``exams.domain.kinds``).
    """

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="versions", verbose_name=_("question")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content_hash = models.CharField(max_length=64, editable=False)
    subject = models.CharField(_("subject"), max_length=10, choices=Subject.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    stem = models.TextField(_("question"))
    options = models.JSONField(_("options"), default=list, blank=True)
    parts = models.JSONField(_("parts"), default=list, blank=True)
    answer = models.JSONField(_("right answer"))
    tolerance = models.DecimalField(
        _("tolerance"), max_digits=14, decimal_places=6, default=0
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    because = models.TextField(_("explanation"))
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    cites = models.JSONField(_("citations"), default=list)
    attested = models.CharField(
        _("grounds"), max_length=10, choices=Attested.choices, default=Attested.SOURCE
    )
    edition = models.CharField(_("edition of the rules"), max_length=20)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
        help_text=_("Empty: loaded from the project's files."),
    )

    objects = ItemVersionQuerySet.as_manager()
    # The key revision that ``answer`` and ``tolerance`` come from, if any.
    revision: KeyRevision | None = None

    class Meta:
        ordering = ["item", "number"]
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "number"], name="version_numbered_once_per_item"
            ),
            models.UniqueConstraint(
                fields=["item", "content_hash"], name="version_says_something_new"
            ),
            models.CheckConstraint(
                condition=Q(difficulty__gte=1, difficulty__lte=5),
                name="version_difficulty_is_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.code} v{self.number}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("A version of a question is written once")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A version of a question is never deleted")

    def keyed(self, revision: KeyRevision | None) -> ItemVersion:
        """Return this version as ``revision`` has it marked; never to be saved."""
        if revision is None:
            return self
        other = self.answering(revision.answer)
        other.revision, other.tolerance = revision, revision.tolerance
        return other

    def answering(self, answer: object) -> ItemVersion:
        other = copy(self)
        other.answer = answer
        return other


class Release(models.Model):
    """A signed list of item versions, one per item; papers are drawn from it alone.

    Born in ``sign_release`` and never changed, so that editing the bank cannot
    touch an exam that has been announced.
    """

    line = models.SlugField(_("line"), max_length=40)
    number = models.PositiveSmallIntegerField(_("number"))
    edition_code = models.CharField(_("edition of the rules"), max_length=20)
    content_hash = models.CharField(max_length=64, editable=False)
    versions = models.ManyToManyField(
        ItemVersion,
        through="ReleaseEntry",
        related_name="releases",
        verbose_name=_("questions"),
    )
    exclusions = models.JSONField(
        _("questions kept apart"),
        default=list,
        editable=False,
        help_text=_("Pairs of versions that never stand in one paper."),
    )
    signed_at = models.DateTimeField(_("signed at"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("signed by"),
    )

    class Meta:
        ordering = ["line", "-number"]
        verbose_name = _("release of the bank")
        verbose_name_plural = _("releases of the bank")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "number"], name="release_numbered_once_per_line"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Release %(number)s") % {"number": self.number}

    @property
    def edition_name(self) -> str:
        return spoken(measures.edition(self.edition_code).name)


class ReleaseEntry(models.Model):
    """One version in a release."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="entries")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "item"], name="release_holds_one_version_per_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.version}"
