"""Who stands where on the way to a post, and what waits for whom."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rosters.domain.following import journeys_of, people_followed
from rosters.domain.waiting import waiting_for
from rosters.enums import Station, Turn
from rosters.forms import DayForm

from .places import crumbs_below, viewed_or_404

PER_PAGE = 50


@require_GET
def pipeline(request, code):
    shown = viewed_or_404(request, code)
    days = DayForm(request.GET)
    found = people_followed(shown, on=days.day)
    if words := request.GET.get("q", "").strip():
        found = found.filter(Q(real_name__contains=words) | Q(phone=words))
    turn = request.GET.get("turn", "")
    if turn in Turn.values:
        found = waiting_for(Turn(turn), found, on=days.day)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = journeys_of(list(page.object_list), on=days.day)
    context = {
        "division": shown,
        "crumbs": crumbs_below(request, shown),
        "page": page,
        "q": words,
        "days": days,
        "turn": turn,
        "turns": [("", _("Everybody")), *Turn.choices],
        "stations": [station.label for station in Station],
    }
    return render(request, "rosters/pipeline.html", context)
