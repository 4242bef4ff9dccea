"""Holding and following exams."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from exams.domain.finishing import finish_due
from exams.domain.following import board_of, sittings_with_counts, totals_of
from exams.domain.scheduling import schedule_sitting
from exams.forms import SittingForm
from exams.models import Sitting
from exams.permissions import can_author, can_oversee, can_schedule


def refuse_others(request) -> None:
    if not can_oversee(request.user):
        raise PermissionDenied


def sittings(request):
    """The sittings in the reader's divisions, the newest first."""
    refuse_others(request)
    found = sittings_with_counts(request.user)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    columns = [
        {"label": _("Sitting")},
        {"label": _("Held for")},
        {"label": _("Open")},
        {"label": _("Started"), "numeric": True},
        {"label": _("Finished"), "numeric": True},
        {"label": _("Passed"), "numeric": True},
    ]
    context = {
        "page": page,
        "columns": columns,
        "now": timezone.now(),
        "authors": can_author(request.user),
    }
    return render(request, "exams/sitting_list.html", context)


def schedule(request):
    refuse_others(request)
    form = SittingForm(request.POST or None, user=request.user)
    if form.is_valid():
        if not can_schedule(request.user, form.cleaned_data["division"]):
            raise PermissionDenied
        try:
            sitting = schedule_sitting(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The sitting is announced."))
            return redirect(sitting)
    return render(request, "exams/sitting_form.html", {"form": form})


def board(request, pk):
    """Who of the reader's people has started, finished, passed."""
    refuse_others(request)
    among = Sitting.objects.overseen_by(request.user)
    among = among.select_related("division", "blueprint", "release")
    sitting = get_object_or_404(among, pk=pk)
    finish_due(at=timezone.now())
    attempts = board_of(sitting, for_user=request.user)
    page = Paginator(attempts, 50).get_page(request.GET.get("page"))
    columns = [
        {"label": _("Candidate")},
        {"label": _("Place")},
        {"label": _("Started at")},
        {"label": _("Answered"), "numeric": True},
        {"label": _("State")},
        {"label": _("Score"), "numeric": True},
    ]
    context = {
        "sitting": sitting,
        "page": page,
        "columns": columns,
        "totals": totals_of(attempts),
        "crumbs": [(_("Sittings"), reverse("exams:sittings"))],
    }
    return render(request, "exams/sitting_board.html", context)
