"""What is done with a draft of a question: buttons on its page in the admin."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Refused
from exams.bank_forms import number_in
from exams.domain.drafting import (
    catch_up_draft,
    discard_draft,
    hand_in_draft,
    redraw_draft,
    take_back_draft,
)
from exams.domain.reviewing import approve_draft, return_draft
from exams.models import ItemDraft
from exams.permissions import can_discard, may_read_keys


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
