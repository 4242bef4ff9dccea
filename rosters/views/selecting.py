"""Choosing the people of a city or county, and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from certificates.domain.selecting import select_people, withdraw_selection
from certificates.models import Selection
from certificates.permissions import can_choose
from core.errors import Refused
from divisions.models import Division
from rosters.forms import SelectionForm
from rosters.permissions import viewed_codes

from .places import choosing_or_refused, crumbs_below

PER_PAGE = 50


def selections(request, code):
    """The office chooses: who is chosen, and whom it may choose besides."""
    shown = choosing_or_refused(request, code)
    today = timezone.localdate()
    chosen = Selection.objects.in_force(today).filter(division=shown)
    form = SelectionForm(request.POST or None, among=choosable(shown, chosen))
    if form.is_valid():
        people = form.cleaned_data.pop("people")
        try:
            made = select_people(
                people, division=shown, by=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Chosen: %(number)s.") % {"number": len(made)})
            return redirect("rosters:selections", shown.code)
    return render(
        request,
        "rosters/selection_list.html",
        selection_page(request, shown, chosen, form),
    )


def choosable(shown: Division, chosen):
    """The people at home in the office's division whom it has not chosen yet."""
    already = Exists(chosen.filter(person=OuterRef("pk")))
    at_home = User.objects.within(shown.code).filter(~already, is_active=True)
    return at_home.select_related("home_division")


def selection_page(request, shown: Division, chosen, form) -> dict:
    words = request.GET.get("q", "").strip()
    people = form.fields["people"].queryset
    if words:
        people = people.filter(Q(real_name__contains=words) | Q(phone=words))
    listed = chosen.select_related("person__home_division", "chosen_by")
    return {
        "division": shown,
        "crumbs": crumbs_below(request, shown),
        "form": form,
        "q": words,
        "ticked": set(form.data.getlist("people")) if form.is_bound else set(),
        "people": Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
        "chosen": Paginator(listed, PER_PAGE).get_page(request.GET.get("chosen")),
    }


@require_POST
def withdraw(request, pk):
    visible = Selection.objects.within(*viewed_codes(request.user))
    selection = get_object_or_404(visible, pk=pk)
    if not can_choose(request.user, selection.division):
        raise PermissionDenied
    try:
        withdraw_selection(selection, by=request.user, on=timezone.localdate())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The choice is withdrawn."))
    return redirect("rosters:selections", selection.division_code)
