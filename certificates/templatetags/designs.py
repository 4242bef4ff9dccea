"""Templates of certificates as the editor's preview shows them."""

from django import template

from ..domain.previewing import specimen_words

register = template.Library()


@register.simple_tag
def specimen_of(design, orientation) -> dict:
    """``design`` as it would be printed for a person who is made up."""
    return specimen_words(design, orientation)
