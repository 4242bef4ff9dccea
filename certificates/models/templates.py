"""How certificates look where an office has its own template, and each version of it
that a paper was made with."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from accounts.models import User
from certificates.enums import Orientation
from divisions.enums import Level
from divisions.scoping import Placed, PlacedQuerySet
from exams.models import WrittenOnce

from .certificates import DESIGNERS
from .papers import private_files


class Appearance(models.Model):
    """What a paper looks like: shared by a template and its versions."""

    title = models.CharField(
        _("title of the certificate"),
        max_length=20,
        default="扶贫信息员上岗证书",
        help_text=_("Printed large at the top."),
    )
    body = models.TextField(_("words of the certificate"), max_length=600)
    orientation = models.CharField(
        _("orientation"),
        max_length=10,
        choices=Orientation.choices,
        default=Orientation.LANDSCAPE,
    )
    background = models.FileField(
        _("background picture"), storage=private_files, blank=True
    )
    seal = models.FileField(_("seal picture"), storage=private_files, blank=True)
    signature = models.CharField(
        _("signature line"),
        max_length=20,
        blank=True,
        help_text=_("What stands before the line, for example 签发人. Empty: no line."),
    )
    has_photo = models.BooleanField(
        _("with a photo"),
        default=False,
        help_text=_("Without a photo of the holder its place stays an outlined box."),
    )

    class Meta:
        abstract = True


class CertificateTemplateQuerySet(PlacedQuerySet):
    def visible_to(self, user: User) -> Self:
        """An office sees those of its division."""
        codes = [g.division_code for g in user.current_grants if g.role in DESIGNERS]
        return self.within(*codes)

    def in_force(self, on: date) -> Self:
        return self.filter(live=True, holds_from__lte=on)

    def reaching(self, code: str) -> Self:
        """Keep those of divisions that contain ``code``."""
        return self.filter(
            division_code__in=[code[:length] for length in range(2, len(code) + 1)]
        )


class CertificateTemplate(
    PreviewableMixin, DraftStateMixin, RevisionMixin, Appearance, Placed
):
    """How the certificates look that the offices of a division issue.

    Written in Wagtail's admin; only what is published is used, and what was printed
    with it stays with its ``TemplateVersion``.
    """

    name = models.CharField(
        _("name of the template"),
        max_length=60,
        help_text=_("For the offices; it is not printed."),
    )
    post_level = models.CharField(
        _("level of the post"),
        max_length=10,
        choices=Level.choices,
        blank=True,
        help_text=_("Empty: for every level."),
    )
    holds_from = models.DateField(
        _("holds from"), help_text=_("For certificates issued on this day or later.")
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision", related_query_name="certificate_template"
    )

    objects = CertificateTemplateQuerySet.as_manager()
    default_preview_size = "sheet"

    class Meta(Appearance.Meta, Placed.Meta):
        abstract = False
        ordering = ["division_code", "post_level", "-holds_from", "pk"]
        verbose_name = _("certificate template")
        verbose_name_plural = _("certificate templates")

    def __str__(self) -> str:
        return self.name

    @property
    def revisions(self):
        return self._revisions

    @property
    def preview_modes(self):
        return Orientation.choices

    @property
    def default_preview_mode(self) -> str:
        return self.orientation

    @property
    def preview_sizes(self):
        sheet = {"name": "sheet", "icon": "doc-full", "device_width": 1180}
        return [sheet | {"label": _("Preview of the sheet")}]

    def get_preview_template(self, request, mode_name) -> str:
        return "certificates/template_preview.html"

    def get_preview_context(self, request, mode_name):
        context = super().get_preview_context(request, mode_name)
        return context | {"orientation": mode_name}


class TemplateVersion(WrittenOnce, Appearance):
    """What a template said when a certificate was issued with it; never edited.

    Born in ``version_of``, with the first certificate that is issued with it.
    """

    template = models.ForeignKey(
        CertificateTemplate,
        models.PROTECT,
        related_name="versions",
        verbose_name=_("certificate template"),
    )
    digest = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(_("made at"))

    class Meta(Appearance.Meta):
        abstract = False
        ordering = ["-made_at", "-pk"]
        verbose_name = _("version of a template")
        verbose_name_plural = _("versions of templates")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "digest"],
                name="template_version_once_per_content",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} · {self.digest[:8]}"
