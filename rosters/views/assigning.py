"""Candidates, assigning, ending."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from core.errors import Refused
from rosters.domain.assigning import assign_person
from rosters.domain.considering import candidates_for, considered
from rosters.domain.covering import cover_post
from rosters.domain.handing_over import hand_over_of
from rosters.domain.leaving import leave_post
from rosters.domain.transferring import transfer_person
from rosters.forms import AssignmentForm, DayForm, How, LeavingForm
from rosters.models import Assignment
from rosters.permissions import can_wish_for, viewed_codes

from .places import assignable_or_refused, crumbs_below, viewed_or_404

PER_PAGE = 50
# A whole village on one sheet of paper.
PER_HANDOVER = 500


@require_GET
def candidates(request, code):
    """The people near an empty seat, and why each may or may not sit in it."""
    shown = assignable_or_refused(request, code)
    days = DayForm(request.GET)
    found = candidates_for(shown, on=days.day)
    if words := request.GET.get("q", "").strip():
        found = found.filter(Q(real_name__contains=words) | Q(phone=words))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = considered(list(page.object_list))
    context = {
        "division": shown,
        "crumbs": crumbs_below(request, shown),
        "page": page,
        "q": words,
        "days": days,
        "day": days.day,
    }
    return render(request, "rosters/candidate_list.html", context)


def assign(request, code, pk):
    """From when? Then it is done, or the page says what is missing."""
    shown = assignable_or_refused(request, code)
    day = DayForm(request.GET).day
    mine = Q(pk__in=User.objects.within(*viewed_codes(request.user)))
    offered = Q(pk__in=candidates_for(shown, on=day).order_by().values("pk"))
    person = get_object_or_404(User.objects.filter(mine | offered), pk=pk)
    initial = {"since": day}
    held = person.assignments.filter(until=None).for_list().first()
    form = AssignmentForm(
        request.POST or None, initial=initial, is_in_post=held is not None
    )
    if form.is_valid():
        try:
            fill_seat(person, held, shown, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("%(person)s is in post in %(division)s.")
            messages.success(request, done % {"person": person, "division": shown})
            return redirect("rosters:division", shown.code)
    context = {
        "form": form,
        "person": person,
        "held": held,
        "may_wish": can_wish_for(request.user, person),
        "division": shown,
        "crumbs": crumbs_below(request, shown),
    }
    return render(request, "rosters/assignment_form.html", context)


def fill_seat(person, held, division, *, by, how, since, until, besides, document):
    terms = {"division": division, "by": by, "on": since, "document": document}
    match how:
        case How.COVER:
            cover_post(person, until=until, **terms)
        case How.TRANSFER:
            transfer_person(held, besides=besides, **terms)
        case How.POST:
            assign_person(person, besides=besides, **terms)


def end(request, pk):
    """Until when, and why? The row stays for whoever asks about that time."""
    visible = Assignment.objects.within(*viewed_codes(request.user)).for_list()
    held = get_object_or_404(visible, pk=pk)
    shown = assignable_or_refused(request, held.division_code)
    form = LeavingForm(request.POST or None, initial=leaving_known(held))
    if form.is_valid():
        try:
            leave_post(
                held,
                today=timezone.localdate(),
                by=request.user,
                on=form.cleaned_data["until"],
                leaving=form.cleaned_data["leaving"],
                document=form.cleaned_data["document"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The post is free from that day."))
            return redirect("rosters:handover", held.pk)
    context = {
        "form": form,
        "held": held,
        "division": shown,
        "crumbs": crumbs_below(request, shown),
    }
    return render(request, "rosters/assignment_end.html", context)


def leaving_known(held):
    """What is written already of somebody whose last day is set."""
    if held.until is None or held.is_acting:
        return {}
    return {
        "until": held.until,
        "leaving": held.leaving,
        "document": held.leaving_document,
    }


@require_GET
def handover(request, pk):
    """What the person hands over: the village's households, the cases that wait."""
    visible = Assignment.objects.within(*viewed_codes(request.user)).for_list()
    held = get_object_or_404(visible, pk=pk)
    shown = viewed_or_404(request, held.division_code)
    listed = hand_over_of(held, to=request.user)
    context = {
        "held": held,
        "division": shown,
        "crumbs": crumbs_below(request, shown),
        "households": Paginator(listed.households, PER_HANDOVER).get_page(
            request.GET.get("page")
        ),
        "cases": Paginator(listed.cases, PER_HANDOVER).get_page(
            request.GET.get("cases")
        ),
    }
    return render(request, "rosters/assignment_handover.html", context)
