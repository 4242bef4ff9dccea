"""Releases of the question bank."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import measures
from core.errors import Refused
from exams.bank_forms import number_in
from exams.domain.excluding import exclude_items, lift_exclusion
from exams.domain.grounding import ground_version, sections_of
from exams.domain.planning import STARTER
from exams.domain.releasing import (
    changes_exclusions,
    current_versions,
    editions_among,
    latest_release,
    sign_release,
    sorted_by,
    unreleased_count,
    usual_edition,
)
from exams.domain.retiring import restore_item, retire_item
from exams.models import Exclusion, Item, ItemVersion, Release
from exams.permissions import can_author, may_read_keys
from exams.release_forms import ExclusionForm, ReleaseForm, RetireForm
from ledger.words import spoken


def releases(request):
    """What papers are drawn from; posting signs one edition of the bank as it stands
    and leaves out what was read to be left out."""
    if not can_author(request.user):
        raise PermissionDenied
    current, last = list(current_versions()), latest_release(STARTER)
    editions = editions_among(current)
    asked = request.POST.get("edition") or request.GET.get("edition")
    edition = asked if asked in editions else usual_edition(current, last)
    contents = sorted_by(edition, current)
    form = ReleaseForm(request.POST or None, contents=contents)
    if request.method == "POST" and signed(request, form):
        return redirect("exams:releases")
    found = Release.objects.select_related("signed_by").annotate(size=Count("entries"))
    found = found.order_by("line", "-number")
    context = {
        "form": form,
        "editions": [
            {"code": code, "name": name_of(code), "count": count}
            for code, count in sorted(editions.items())
        ],
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "waiting": unreleased_count(contents, last),
        "apart_otherwise": changes_exclusions(contents, last),
        "columns": [
            {"label": _("Release of the bank")},
            {"label": _("Edition of the rules")},
            {"label": _("Questions"), "numeric": True},
            {"label": _("Signed by")},
            {"label": _("Signed at")},
        ],
    }
    return render(request, "exams/release_list.html", context | told(contents))


def told(contents):
    """What the next release holds and leaves out, for the page."""
    return {
        "contents": contents,
        "edition_name": name_of(contents.edition),
        "left_out": [
            {"version": each, "edition": name_of(each.edition), "why": why.label}
            for each, why in contents.left_out
        ],
        "left_columns": [
            {"label": _("Question")},
            {"label": _("Edition of the rules")},
            {"label": _("Left out because")},
        ],
        "stale": [
            {"version": each, "sections": sections_of(each)} for each in contents.stale
        ],
    }


def signed(request, form) -> bool:
    if not form.is_valid():
        return False
    facts = {name: form.cleaned_data[name] for name in ("edition", "seen")}
    try:
        release = sign_release(STARTER, **facts, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return True
    words = _("Release %(release)s is signed; new sittings may draw from it.")
    messages.success(request, words % {"release": release})
    return True


def name_of(edition):
    known = {each.code: each for each in measures.editions()}
    return spoken(known[edition].name) if edition in known else edition


@require_POST
def retire(request, pk):
    """Take a question out of use, with a reason."""
    item = item_to_change(request, pk)
    form = RetireForm(request.POST)
    if not form.is_valid():
        for fault in form.errors["reason"]:
            messages.error(request, fault)
        return redirect("questions:inspect", pk)
    reason = form.cleaned_data["reason"]
    retire_item(item, reason=reason, by=request.user, at=timezone.now())
    words = _("%(code)s is retired: it enters no new release.")
    messages.success(request, words % {"code": item.code})
    return redirect("questions:inspect", pk)


@require_POST
def restore(request, pk):
    """Take a retired question back into use."""
    item = item_to_change(request, pk)
    restore_item(item, by=request.user)
    words = _("%(code)s is in use again.")
    messages.success(request, words % {"code": item.code})
    return redirect("questions:inspect", pk)


@require_POST
def exclude(request, pk):
    """Keep a question apart from another one."""
    item = item_to_change(request, pk)
    form = ExclusionForm(request.POST)
    if form.is_valid():
        try:
            exclude_items(item, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            words = _("%(code)s and %(other)s stand in no paper of the next release.")
            facts = {"code": item.code, "other": form.cleaned_data["other"].code}
            messages.success(request, words % facts)
    for faults in form.errors.values():
        for fault in faults:
            messages.error(request, fault)
    return redirect("questions:inspect", pk)


@require_POST
def lift(request, pk):
    """Let two questions stand in one paper again; back to the one it was asked on."""
    exclusion = get_object_or_404(Exclusion.objects.for_list(), pk=pk)
    item = item_to_change(request, number_in(request.POST.get("item", "")))
    lift_exclusion(exclusion, by=request.user)
    messages.success(request, _("They may stand in one paper of the next release."))
    return redirect("questions:inspect", item.pk)


def item_to_change(request, pk):
    if not may_read_keys(request.user):
        raise PermissionDenied
    return get_object_or_404(Item, pk=pk)


@require_POST
def confirm(request, pk):
    """An author says that a question is right by its sections as they read now."""
    if not can_author(request.user):
        raise PermissionDenied
    version = get_object_or_404(ItemVersion.objects.select_related("item"), pk=pk)
    ground_version(version, by=request.user, at=timezone.now())
    words = _("%(code)s is confirmed.")
    messages.success(request, words % {"code": version.item.code})
    return redirect("exams:releases")
