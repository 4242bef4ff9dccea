"""The one way to say *in this part of the tree*.

A division's code is a path: a subtree is a range of codes. Every row that is ever
listed carries its division's code, so a scope is one indexed range on the row
itself, without join or recursion, on any database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .fields import DivisionCodeField

if TYPE_CHECKING:
    from .models import Division


def code_after(code: str) -> str:
    """Return the first code behind the subtree of ``code``: 4510 gives 4511."""
    return str(int(code) + 1).zfill(len(code))


def in_subtrees(codes: tuple[str, ...], field: str) -> Q:
    """Return the condition that ``field`` lies in the subtree of any of ``codes``.

    No code at all means nothing at all.
    """
    condition = Q(pk__in=[])
    for code in codes:
        condition |= Q(**{f"{field}__gte": code, f"{field}__lt": code_after(code)})
    return condition


class PlacedQuerySet(models.QuerySet):
    """Rows that stand somewhere in the tree."""

    code_field = "division_code"

    def within(self, *codes: str) -> Self:
        """Keep the rows in the subtrees of ``codes``: lists, counts, exports,
        suggestions and interfaces all come through here."""
        return self.filter(in_subtrees(codes, self.code_field))

    def visible_to(self, user) -> Self:
        """Keep the rows in the divisions in which ``user`` holds a role."""
        return self.within(*user.scope_codes())


def at(division: Division) -> dict[str, object]:
    """Return the two fields that place a row: ``Case(**at(division), …)``."""
    return {"division": division, "division_code": division.code}


class Placed(models.Model):
    """A row that stands in a division and carries its code."""

    division = models.ForeignKey(
        "divisions.Division",
        models.PROTECT,
        related_name="+",
        verbose_name=_("division"),
    )
    division_code = DivisionCodeField()

    class Meta:
        abstract = True
