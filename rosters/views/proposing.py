"""A proposal for all empty seats of a county or city, edited and confirmed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

import measures
from core.errors import Refused
from rosters.domain.demanding import demand_of
from rosters.domain.proposing import confirm_matches, propose
from rosters.forms import DayForm, ProposalForm

from .places import assignable_or_refused, crumbs_below, viewed_or_404


def proposal(request, code):
    """Who is named for a seat is put there at once, all of them, or nobody and the page
    says why."""
    shown = assignable_or_refused(request, code)
    today = timezone.localdate()
    proposed = propose(shown, on=today)
    form = ProposalForm(request.POST or None, seats=proposed.seats)
    if form.is_valid():
        try:
            made = confirm_matches(form.pairs, by=request.user, on=today)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("Put in post: %(number)s.") % {"number": len(made)}
            messages.success(request, done)
            return redirect("rosters:division", shown.code)
    context = {
        "division": shown,
        "crumbs": crumbs_below(request, shown),
        "proposal": proposed,
        "form": form,
    }
    return render(request, "rosters/proposal.html", context)


@require_GET
def demand(request, code):
    """Places wanted in courses, by level and month."""
    shown = viewed_or_404(request, code)
    days = DayForm(request.GET)
    found = demand_of(shown, on=days.day)
    language = get_language()
    names = [measures.name_of(each, language, "level") for each in found.levels]
    context = {
        "division": shown,
        "crumbs": crumbs_below(request, shown),
        "days": days,
        "demand": found,
        "names": names,
        "months": [
            (month, list(zip(names, month.by_level.values(), strict=True)))
            for month in found.months
        ],
        "sums": list(zip(names, found.by_level.values(), strict=True)),
        "awaited": list(zip(names, found.awaited.values(), strict=True)),
    }
    return render(request, "rosters/demand.html", context)
