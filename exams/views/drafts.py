"""What is done with drafts of questions: buttons on the page of one in the admin, and
a page that shows several to whoever reviews them."""

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Refused
from exams.bank_forms import label_of, number_in, shown
from exams.domain.batches import batches_for, to_review, waiting_drafts
from exams.domain.drafting import (
    catch_up_draft,
    discard_draft,
    hand_in_draft,
    redraw_draft,
    take_back_draft,
)
from exams.domain.reviewing import approve_draft, approve_drafts, return_draft
from exams.models import ItemDraft
from exams.permissions import can_discard, may_read_keys

ON_A_PAGE = 20


def review(request):
    """The drafts of others that wait, each as it would be approved; posting approves
    those that are ticked."""
    if not may_read_keys(request.user):
        raise PermissionDenied
    if request.method == "POST":
        approve_ticked(request)
        return redirect(request.get_full_path())
    author = number_in(request.GET.get("author", ""))
    at = instant_in(request.GET.get("at", ""))
    drafts = waiting_drafts(request.user, author=author, at=at)
    page = Paginator(drafts, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "drafts": [
            (each, [(label_of(one.name), shown(one)) for one in each.differences])
            for each in to_review(page)
        ],
        "batches": batches_for(request.user),
        "author": author,
        "at": at,
        "crumbs": [(_("Drafts of questions"), reverse("drafts:list"))],
    }
    return render(request, "exams/draft_review.html", context)


def instant_in(text):
    """The instant that an address carries; None for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def approve_ticked(request) -> None:
    """Each draft goes with the number that was on the page."""
    ticked = filter(None, map(number_in, request.POST.getlist("approve")))
    read = {pk: number_in(request.POST.get(f"seen-{pk}", "")) or 0 for pk in ticked}
    if not read:
        messages.error(request, _("Tick the drafts that you have read and approve."))
        return
    outcome = approve_drafts(read, by=request.user, at=timezone.now())
    for draft, why in outcome.refused:
        words = _("%(code)s is not approved and stays as it was. %(why)s")
        messages.error(request, words % {"code": draft.code, "why": why})
    if outcome.approved:
        words = _("Approved: %(codes)s. The next release holds them.")
        codes = ", ".join(draft.code for draft in outcome.approved)
        messages.success(request, words % {"codes": codes})


def draft_for(request, pk) -> ItemDraft:
    if not may_read_keys(request.user):
        raise PermissionDenied
    return get_object_or_404(ItemDraft, pk=pk)


def done(request, draft, act, words):
    """Do it, or say why it is not done; either way back to the draft."""
    try:
        act(draft, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words % {"code": draft.code})
    return redirect(draft)


def seen(request) -> int:
    return number_in(request.POST.get("seen", "")) or 0


@require_POST
def hand_in(request, pk):
    act = partial(hand_in_draft, at=timezone.now())
    return done(request, draft_for(request, pk), act, _("Handed in for review."))


@require_POST
def take_back(request, pk):
    words = _("Taken back: you can write on.")
    return done(request, draft_for(request, pk), take_back_draft, words)


@require_POST
def catch_up(request, pk):
    words = _("The draft now stands beside what %(code)s says today. Read it again.")
    return done(request, draft_for(request, pk), catch_up_draft, words)


@require_POST
def redraw(request, pk):
    act = partial(redraw_draft, at=timezone.now())
    words = _("The draft keeps the household of today. Read its card again.")
    return done(request, draft_for(request, pk), act, words)


@require_POST
def discard(request, pk):
    draft = draft_for(request, pk)
    if not can_discard(request.user, draft):
        raise PermissionDenied
    return done(request, draft, discard_draft, _("The draft is discarded."))


@require_POST
def approve(request, pk):
    act = partial(approve_draft, seen=seen(request), at=timezone.now())
    words = _("Approved: %(code)s says this from now on. The next release holds it.")
    return done(request, draft_for(request, pk), act, words)


@require_POST
def give_back(request, pk):
    act = partial(
        return_draft,
        reason=request.POST.get("reason", "")[:500],
        seen=seen(request),
        at=timezone.now(),
    )
    words = _("Returned: its author reads your reason.")
    return done(request, draft_for(request, pk), act, words)
