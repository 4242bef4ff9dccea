from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .papers import private_files


class PhotoQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(withdrawn_at=None)


class Photo(models.Model):
    """A person's photo for certificates whose template has a place for one.

    Given in ``give_photo``, by the person or the office; another one, or
    ``take_photo_away``, ends it. A certificate keeps the photo it was issued with.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="photos",
        verbose_name=_("person"),
    )
    file = models.FileField(_("photo"), storage=private_files)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("taken away at"), null=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(withdrawn_at=None),
                name="photo_current_once_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.given_at:%Y-%m-%d}"
