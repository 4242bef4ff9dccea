"""A proposal for all empty seats of a county or city, edited and confirmed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from rosters.domain.proposing import confirm_matches, propose
from rosters.forms import ProposalForm

from .places import assignable_or_refused, crumbs_below


def proposal(request, code):
    """What is ticked is done at once, or nothing and the page says why."""
    shown = assignable_or_refused(request, code)
    today = timezone.localdate()
    proposed = propose(shown, on=today)
    form = ProposalForm(request.POST or None, matches=proposed.matches)
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
        "ticked": set(form.data.getlist("matches")) if form.is_bound else None,
    }
    return render(request, "rosters/proposal.html", context)
