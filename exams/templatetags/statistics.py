"""Statistics as people read them; what is unknown is a dash."""

from django import template
from django.utils.formats import number_format

register = template.Library()
UNKNOWN = "–"


@register.filter
def percent(share: float | None) -> str:
    return UNKNOWN if share is None else f"{number_format(share * 100, 1)}%"


@register.filter
def thousandths(figure: float | None) -> str:
    return UNKNOWN if figure is None else number_format(figure, 3)


@register.filter
def points(figure: float | None) -> str:
    return UNKNOWN if figure is None else number_format(figure, 2)
