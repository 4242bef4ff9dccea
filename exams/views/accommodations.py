"""Extra time that people have in every exam."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from core.errors import Refused
from exams.domain.accommodating import end_extra_time, grant_extra_time
from exams.forms import ExtraTimeForm
from exams.models import Accommodation, overseen_codes
from exams.permissions import can_accommodate

from .offices import refuse_others


def index(request):
    """Who of the reader's people has extra time; posting grants it."""
    refuse_others(request)
    form = ExtraTimeForm(request.POST or None)
    if form.is_valid() and granted(request, form):
        return redirect("exams:accommodations")
    standing = Accommodation.objects.standing().overseen_by(request.user)
    found = standing.select_related("person", "person__home_division", "granted_by")
    context = {
        "form": form,
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "columns": [
            {"label": _("Person")},
            {"label": _("Place")},
            {"label": _("Extra time, per cent"), "numeric": True},
            {"label": _("Reason")},
            {"label": _("Granted by")},
            {"label": _("Granted at")},
            {"label": _("Act")},
        ],
        "crumbs": [(_("Sittings"), reverse("exams:sittings"))],
    }
    return render(request, "exams/accommodation_list.html", context)


def granted(request, form) -> bool:
    facts = form.cleaned_data
    among = User.objects.within(*overseen_codes(request.user))
    person = among.filter(phone=facts.pop("phone")).first()
    if person is None or not can_accommodate(request.user, person):
        form.add_error("phone", _("Nobody of your people has this phone number."))
        return False
    try:
        grant_extra_time(person, **facts, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    words = _("%(person)s has extra time in every exam started from now on.")
    messages.success(request, words % {"person": person})
    return True


@require_POST
def end(request, pk):
    refuse_others(request)
    among = Accommodation.objects.overseen_by(request.user)
    accommodation = get_object_or_404(among, pk=pk)
    end_extra_time(accommodation, by=request.user, at=timezone.now())
    return redirect("exams:accommodations")
