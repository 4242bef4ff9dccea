"""Where a page of the rosters stands: the division in its address, and the way up."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from certificates.permissions import can_choose
from divisions.models import Division
from rosters.permissions import can_assign, viewed_divisions


def crumbs_to(request, shown: Division) -> list[tuple[str, str]]:
    """The way up, as far as the reader's own divisions reach; keeps the day."""
    above = viewed_divisions(request.user).filter(code__in=shown.ancestor_codes()[:-1])
    on = request.GET.get("on")
    query = f"?{urlencode({'on': on})}" if on else ""
    return [
        (each.name, reverse("rosters:division", args=[each.code]) + query)
        for each in above
    ]


def viewed_or_404(request, code) -> Division:
    return get_object_or_404(viewed_divisions(request.user), code=code)


def assignable_or_refused(request, code) -> Division:
    shown = viewed_or_404(request, code)
    if not can_assign(request.user, shown):
        raise PermissionDenied
    return shown


def choosing_or_refused(request, code) -> Division:
    shown = viewed_or_404(request, code)
    if not can_choose(request.user, shown):
        raise PermissionDenied
    return shown


def crumb(shown: Division) -> tuple[str, str]:
    return shown.name, reverse("rosters:division", args=[shown.code])


def crumbs_below(request, shown: Division) -> list[tuple[str, str]]:
    """The way up from a page that stands under the division's own."""
    return [*crumbs_to(request, shown), crumb(shown)]
