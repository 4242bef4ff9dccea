"""Where somebody would like to serve: said by themselves or entered by an office."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from rosters.domain.wishing import (
    places_to_wish_for,
    state_preference,
    withdraw_preference,
)
from rosters.forms import PreferenceForm, PreferenceWithdrawalForm
from rosters.permissions import can_wish_for, viewed_codes

SHOWN = 20


def own(request):
    """One's own; whoever lives in no division has none to serve in."""
    if not request.user.home_code:
        raise Http404
    return preference_page(request, request.user)


def preference(request, pk):
    person = get_object_or_404(User.objects.within(*viewed_codes(request.user)), pk=pk)
    if not can_wish_for(request.user, person):
        raise PermissionDenied
    return preference_page(request, person)


def preference_page(request, person):
    """Two forms: another wish, and that the last one holds no longer."""
    acts = {
        "withdraw": (withdraw_preference, _("The wish is withdrawn.")),
        "state": (state_preference, _("The wish is written down.")),
    }
    asked = "withdraw" if "withdraw" in request.POST else "state"
    sent = {asked: request.POST or None}
    forms = {
        "state": PreferenceForm(
            sent.get("state"),
            places=places_to_wish_for(person),
            initial={"on": timezone.localdate()},
        ),
        "withdraw": PreferenceWithdrawalForm(
            sent.get("withdraw"), auto_id="withdrawn_%s"
        ),
    }
    form, (act, words) = forms[asked], acts[asked]
    if form.is_valid():
        try:
            act(person, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, words)
            return redirect(request.path)
    said = list(person.preferences.select_related("division")[:SHOWN])
    context = {
        "person": person,
        "form": forms["state"],
        "withdrawal": forms["withdraw"],
        "preferences": said,
        "stands": bool(said) and said[0].withdrawn_on is None,
    }
    return render(request, "rosters/preference.html", context)
