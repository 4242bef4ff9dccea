from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from divisions.models import Division
from ledger.models import register_codes

from .domain.profiling import enter_profile
from .forms import ProfileForm
from .models import VillageProfile
from .pages import page_of
from .permissions import can_enter_profile


def index(request):
    """The reader's own division, or the choice among several."""
    codes = register_codes(request.user)
    places = list(Division.objects.filter(code__in=codes))
    if len(places) == 1:
        return redirect("villages:division", code=places[0].code)
    return render(request, "villages/division_choice.html", {"places": places})


def division(request, code):
    """One division, whatever its level, and what lies below it."""
    shown = find(request, code)
    context = page_of(shown, reader=request.user, on=timezone.localdate())
    return render(request, "villages/division_detail.html", context)


def profile(request, code):
    """A village's own figures, entered by the township's office."""
    shown = find(request, code)
    if not can_enter_profile(request.user, shown):
        raise PermissionDenied
    today = timezone.localdate()
    known = VillageProfile.objects.filter(division=shown).known(today).first()
    fresh = {"on": today}
    if known:
        fresh |= {"households": known.households, "population": known.population}
    form = ProfileForm(request.POST or None, initial=fresh)
    if form.is_valid():
        try:
            enter_profile(shown, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The figures are entered."))
            return redirect("villages:division", code=shown.code)
    crumbs = [
        (_("Villages"), reverse("villages:index")),
        (shown.short_name, reverse("villages:division", args=[shown.code])),
    ]
    context = {"form": form, "place": shown, "crumbs": crumbs}
    return render(request, "villages/profile_form.html", context)


def find(request, code):
    places = Division.objects.within(*register_codes(request.user))
    return get_object_or_404(places, code=str(code))
