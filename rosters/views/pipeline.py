"""Who stands where on the way to a post, and what waits for whom."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses.domain.recording import training_record
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


@require_GET
def training(request, code, pk):
    """The document of the station *trained*: lesson by lesson, for the office."""
    shown = viewed_or_404(request, code)
    followed = people_followed(shown, on=timezone.localdate())
    person = get_object_or_404(followed, pk=pk)
    board = reverse("rosters:pipeline", args=[shown.code])
    context = {
        "person": person,
        "courses": training_record(person),
        "crumbs": [*crumbs_below(request, shown), (_("The way to a post"), board)],
    }
    return render(request, "rosters/training_record.html", context)
