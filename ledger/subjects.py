"""What a case is about, as the app that keeps it hands it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from divisions.models import Division

    from .models import Case

PAGES: dict[str, str] = {}


@dataclass(frozen=True)
class Subject:
    """A household, a village or a county, known by its kind and key."""

    kind: str
    pk: int
    title: str
    division: Division


def show_at(kind: str, url_name: str) -> None:
    """Let the cases of this kind link to a page of the app that keeps the subject."""
    PAGES[kind] = url_name


def page_of(case: Case) -> str:
    name = PAGES.get(case.subject_kind)
    return reverse(name, args=[case.subject_id]) if name else ""
