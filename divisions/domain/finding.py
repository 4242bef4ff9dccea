"""Finding a division by what a person types."""

from django.db.models import Q

from divisions.models import Division, DivisionQuerySet

SUGGESTIONS = 12


def divisions_like(text: str, *, among: DivisionQuerySet) -> DivisionQuerySet:
    """Return the divisions whose code begins with, or whose full name contains,
    every word of ``text``."""
    condition = Q()
    for word in text.split():
        condition &= Q(code__startswith=word) | Q(full_name__contains=word)
    return among.filter(condition)


def division_named(text: str, *, among: DivisionQuerySet) -> Division | None:
    """Return the one division that ``text`` names by code or full name, else None."""
    text = text.strip()
    code = text.split(" ", 1)[0]
    exact = among.filter(Q(code=code) | Q(full_name=text))
    found = list((exact or divisions_like(text, among=among))[:2]) if text else []
    return found[0] if len(found) == 1 else None
