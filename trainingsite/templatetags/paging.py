"""The way through a long list, also where a page has two of them."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context, number, parameter=""):
    """Where another page of the list is that the address calls ``parameter``, with
    everything else that is asked for as it stands."""
    asked = context["request"].GET.copy()
    asked[parameter or "page"] = number
    return f"?{asked.urlencode()}"
