"""Where a citation stands on the page of the Measures."""

from django import template

from exams.domain import grounding

register = template.Library()


@register.filter
def first_clause(citation):
    return grounding.first_clause(citation)
