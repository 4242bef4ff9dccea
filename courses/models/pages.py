from __future__ import annotations

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet

from courses.blocks import LessonBlocks


class CourseIndexPage(Page):
    """The list of courses: the root of the Wagtail site, made by ``load_courses``."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=400)

    content_panels = [*Page.content_panels, "introduction"]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1
    template = "courses/course_list.html"

    class Meta:
        verbose_name = _("course index")


class CourseQuerySet(PageQuerySet):
    def in_order(self) -> CourseQuerySet:
        return self.order_by("order", "path")


class CoursePage(Page):
    """One course. Required courses make up the path that leads to the exam."""

    summary = models.TextField(_("summary"), max_length=400)
    required = models.BooleanField(
        _("required"),
        default=True,
        help_text=_("The exam is open to those who completed all required courses."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    content_panels = [*Page.content_panels, "summary", "required", "order"]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.LessonPage"]
    template = "courses/course_detail.html"
    objects = PageManager.from_queryset(CourseQuerySet)()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")


class LessonPage(Page):
    """One lesson: a few minutes of reading, with self-checks inside."""

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=8)
    summary = models.TextField(_("summary"), max_length=400)
    cites = models.TextField(
        _("sections taught"),
        blank=True,
        help_text=_("One section of the Measures or other material a line."),
    )
    clauses = models.TextField(
        _("rules taught"),
        blank=True,
        help_text=_("One code of a rule a line, as the coverage matrix names them."),
    )
    body = StreamField(LessonBlocks(), verbose_name=_("body"))

    content_panels = [
        *Page.content_panels,
        "summary",
        "minutes",
        "body",
        "cites",
        "clauses",
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []
    template = "courses/lesson_detail.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def cited(self) -> list[str]:
        return [line.strip() for line in self.cites.splitlines() if line.strip()]

    @property
    def clause_codes(self) -> list[str]:
        return [line.strip() for line in self.clauses.splitlines() if line.strip()]

    @cached_property
    def checks(self) -> dict[str, object]:
        """The self-checks in reading order, by their lasting id."""
        return {
            block.id: block.value for block in self.body if block.block_type == "check"
        }


class LoadedFile(models.Model):
    """What ``load_courses`` last made of one content file.

    ``digest`` is that of the page as it was loaded: a page that no longer bears it
    was edited since and belongs to its trainer. Without a page, a trainer deleted it.
    """

    path = models.CharField(_("path"), max_length=200, unique=True)
    page = models.ForeignKey(
        Page, models.SET_NULL, null=True, related_name="+", verbose_name=_("page")
    )
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path
