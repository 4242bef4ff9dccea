"""Refusals that were kept, in the reader's words."""

from django import template

from ..domain.recalling import words_of

register = template.Library()


@register.filter
def in_words(refusal) -> str:
    return words_of(refusal)
