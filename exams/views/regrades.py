"""Regrades: proposed by one person, seen and confirmed by another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import Refused
from exams.domain.listing_regrades import regrade_table, touched_by
from exams.domain.regrading import (
    confirm_regrade,
    propose_regrade,
    regrades_for,
    weigh,
    withdraw_regrade,
)
from exams.key_forms import RegradeForm
from exams.models import ItemVersion
from exams.permissions import can_regrade

from .analysis import as_book, refuse_strangers
from .keys import refuse_readers

SHOWN = 200


def index(request):
    """What waits for a second person, and what was done."""
    refuse_strangers(request)
    found = regrades_for(request.user)
    context = {
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "columns": [
            {"label": _("Question")},
            {"label": _("Sitting")},
            {"label": _("Proposed by")},
            {"label": _("Proposed at")},
            {"label": _("State")},
        ],
        "crumbs": [(_("Sittings"), reverse("exams:sittings"))],
    }
    return render(request, "exams/regrade_list.html", context)


@require_POST
def propose(request, pk):
    """Propose to mark by the key in force what was marked by another."""
    refuse_readers(request)
    version = get_object_or_404(ItemVersion, pk=pk)
    revision = version.key_revisions.order_by("-number").first()
    form = RegradeForm(request.POST, user=request.user, version=version)
    if revision is None or not form.is_valid():
        messages.error(request, _("Choose a sitting."))
        return redirect("exams:key", pk=pk)
    sitting = form.cleaned_data["sitting"]
    if not can_regrade(request.user, version, sitting):
        raise PermissionDenied
    try:
        regrade = propose_regrade(
            revision, sitting=sitting, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("exams:key", pk=pk)
    messages.success(request, _("Proposed. Another person has to confirm it."))
    return redirect(regrade)


def seen_regrade(request, pk):
    refuse_strangers(request)
    return get_object_or_404(regrades_for(request.user), pk=pk)


def may_act(request, regrade):
    return can_regrade(request.user, regrade.revision.version, regrade.sitting)


def touched(request, regrade):
    """What a waiting regrade would do, with its weighing, or what one that was
    confirmed did."""
    may_be_done = regrade.is_waiting and not regrade.superseded
    weighing = weigh(regrade) if may_be_done else None
    whole = may_act(request, regrade)
    return weighing, touched_by(regrade, weighing, user=request.user, whole=whole)


def detail(request, pk):
    """Who passes or fails newly, and what rests on it."""
    regrade = seen_regrade(request, pk)
    weighing, found = touched(request, regrade)
    groups = found.groups
    context = {
        "regrade": regrade,
        "version": regrade.revision.version.keyed(regrade.revision),
        "weighing": weighing,
        "changed": sum(len(changes) for _title, changes in groups),
        "groups": [
            (title, rows_of(changes, found.resting), len(changes))
            for title, changes in groups
        ],
        "holding": found.holding,
        "is_own": regrade.proposed_by_id == request.user.pk,
        "may_act": may_act(request, regrade),
        "columns": [
            {"label": _("Candidate")},
            {"label": _("Place")},
            {"label": _("Sitting")},
            {"label": _("Score before"), "numeric": True},
            {"label": _("Score after"), "numeric": True},
            {"label": _("Rests on it")},
        ],
        "crumbs": [
            (_("Sittings"), reverse("exams:sittings")),
            (_("Regrades"), reverse("exams:regrades")),
        ],
    }
    return render(request, "exams/regrade_detail.html", context)


@require_GET
def book(request, pk):
    """All that the page lists, and what it has no room for."""
    regrade = seen_regrade(request, pk)
    _weighing, found = touched(request, regrade)
    return as_book([regrade_table(found)], f"regrade-{pk}")


def rows_of(changes, resting):
    return [
        {"change": each, "resting": resting.get(each.attempt.pk, [])}
        for each in changes[:SHOWN]
    ]


@require_POST
def confirm(request, pk):
    regrade = seen_regrade(request, pk)
    if not may_act(request, regrade):
        raise PermissionDenied
    seen = request.POST.get("seen", "")
    words = _("Confirmed: the scores are changed.")
    return acted(request, regrade, confirm_regrade, words, seen=seen)


@require_POST
def withdraw(request, pk):
    regrade = seen_regrade(request, pk)
    if not may_act(request, regrade):
        raise PermissionDenied
    return acted(request, regrade, withdraw_regrade, _("The proposal is withdrawn."))


def acted(request, regrade, act, words, **facts):
    try:
        act(regrade, **facts, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(regrade)
