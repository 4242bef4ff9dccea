"""Answers that came late: sent by a phone, brought in a file, decided by an office."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.errors import Refused
from exams.domain.late.comparing import compared
from exams.domain.late.deciding import decide_late
from exams.domain.late.receiving import receive_late, take_in_file
from exams.domain.late.sealing import LARGEST, open_file, read_given
from exams.errors import NotAnAnswersFile
from exams.forms import AnswersFileForm, LateDecisionForm
from exams.models import LATE_HOURS, Attempt

from .invigilation import crumbs_of
from .offices import overseen, refuse_others
from .room import MOST_MESSAGES, told


@require_POST
def send(request, uuid):
    """What the room's script sends when the time is up and answers are left."""
    try:
        given = read_given(json.loads(request.body)["answers"])
        if not 1 <= len(given) <= MOST_MESSAGES:
            raise ValueError
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"code": "malformed"}, status=400)
    try:
        receive_late(uuid, given, by=request.user, at=timezone.now())
    except Attempt.DoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:
        status = 422 if refusal.code == "not-an-answer" else 409
        return told(refusal, status=status)
    ranks = [[each.answer.epoch, each.answer.seq] for each in given]
    return JsonResponse({"acked": ranks})


def index(request, pk):
    """Whose answers came late in a sitting; a candidate's file is taken in here."""
    sitting = overseen(request, pk)
    form = AnswersFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            attempt = taken_in(request, form.cleaned_data["file"], sitting)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("exams:late-decide", uuid=attempt.uuid)
    attempts = sitting.attempts.visible_to(request.user).exclude(candidate=request.user)
    columns = [
        {"label": _("Candidate")},
        {"label": _("Place")},
        {"label": _("Came last at")},
        {"label": _("To be decided"), "numeric": True},
        {"label": _("Decided"), "numeric": True},
    ]
    context = {
        "sitting": sitting,
        "form": form,
        "page": Paginator(attempts.with_late(), 50).get_page(request.GET.get("page")),
        "columns": columns,
        "hours": LATE_HOURS,
        "crumbs": crumbs_of(sitting),
    }
    return render(request, "exams/late_list.html", context)


def taken_in(request, upload, sitting):
    if upload.size > LARGEST:
        raise NotAnAnswersFile
    file = open_file(upload.read())
    now = timezone.now()
    attempt, kept = take_in_file(file, sitting, by=request.user, at=now)
    words = ngettext(
        "The file is whole; %(count)s answer in it is new.",
        "The file is whole; %(count)s answers in it are new.",
        kept,
    )
    messages.success(request, words % {"count": kept})
    return attempt


def decide(request, uuid):
    """What came late of one attempt beside what stands; accept it or decline it."""
    refuse_others(request)
    among = Attempt.objects.visible_to(request.user).exclude(candidate=request.user)
    attempt = get_object_or_404(among.for_list(), uuid=uuid)
    comparison = compared(attempt)
    form = LateDecisionForm(request.POST or None, initial={"upto": comparison.upto})
    if form.is_valid():
        now = timezone.now()
        try:
            made = decide_late(attempt, **form.cleaned_data, by=request.user, at=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("Accepted and marked anew.") if made.accepted else _("Declined.")
            messages.success(request, done)
            return redirect("exams:late-decide", uuid=uuid)
    context = {
        "attempt": attempt,
        "form": form,
        "comparison": comparison,
        "decisions": attempt.late_decisions.select_related("by"),
        "columns": [
            {"label": _("Question")},
            {"label": _("Stands")},
            {"label": _("Came late")},
            {"label": _("Left on the device")},
            {"label": _("Arrived")},
        ],
        "crumbs": [
            *crumbs_of(attempt.sitting),
            (_("Late answers"), reverse("exams:late", args=[attempt.sitting_id])),
        ],
    }
    return render(request, "exams/late_decide.html", context)
