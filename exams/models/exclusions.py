"""Questions that never stand in one paper."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .bank import Item

# So many words of a search are looked for; more would be no search but a text.
MOST_WORDS = 8
LOOKED_FOR_IN = (
    *("one__code", "one__current__stem", "other__code", "other__current__stem"),
    *("reason", "by__real_name"),
)


class ExclusionQuerySet(models.QuerySet):
    def of(self, item: Item) -> Self:
        return self.filter(Q(one=item) | Q(other=item))

    def saying(self, words: str) -> Self:
        """Keep those in which each of the words is found: in a question, its code, the
        reason or the name of who said so."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            in_one = [Q(**{f"{field}__icontains": word}) for field in LOOKED_FOR_IN]
            found = found.filter(reduce(or_, in_one))
        return found

    def for_list(self) -> Self:
        return self.select_related("one__current", "other__current", "by")


class Exclusion(models.Model):
    """Two questions that never stand in one paper: one gives the other away, or both
    ask nearly the same.

    It is between questions, in whatever versions. Born in ``exclude_items``, ended in
    ``lift_exclusion``; papers keep to those that their release was signed with.
    """

    one = models.ForeignKey(Item, models.PROTECT, related_name="+")
    other = models.ForeignKey(Item, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        ordering = ["one", "other"]
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"], name="exclusion_said_once_of_two_questions"
            ),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="exclusion_names_the_first_first"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="exclusion_gives_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} × {self.other}"

    def beside(self, item: Item) -> Item:
        """The other one of the two."""
        return self.other if self.one_id == item.pk else self.one
