"""What overseers do to a running sitting, and a candidate's time line."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from exams.domain.admitting import not_started
from exams.domain.finishing import finish_if_due
from exams.domain.invigilating import note_incident, tell_candidates, timeline_of
from exams.domain.scheduling import withdraw_sitting
from exams.domain.timing import (
    close_sitting,
    extend_sitting,
    touched_by_closing,
    touched_by_extension,
)
from exams.forms import (
    CandidateNoteForm,
    ClosingForm,
    ExtensionForm,
    MessageForm,
    NoteForm,
    WithdrawalForm,
)
from exams.models import Attempt
from exams.permissions import can_schedule

from .offices import overseen, refuse_others

SHOWN = 50


def extend(request, pk):
    """More time for a division; first who is touched, then, confirmed, the act."""
    sitting, now = overseen(request, pk), timezone.now()
    form = ExtensionForm(request.POST or None, **starting(request, sitting))
    touched = idle = None
    if form.is_valid():
        facts = form.cleaned_data
        refuse_elsewhere(request, facts["division"])
        touched = touched_by_extension(sitting, division=facts["division"], at=now)
        idle = not_started(sitting, division=facts["division"], on=now)
        if "confirm" in request.POST:
            done = acted(request, form, extend_sitting, sitting)
            if done:
                return redirect(sitting)
    words = {
        "title": _("Extend the time"),
        "lead": _(
            "Everybody of the division who is answering now gets so many minutes "
            "more, and who has not started can start for as much longer. First you "
            "see who that is."
        ),
        "action": _("Extend the time"),
    }
    return page(request, sitting, form, words, touched, idle)


def close(request, pk):
    """An end to the sitting before its time, for all; previewed in the same way."""
    sitting, now = overseen(request, pk), timezone.now()
    if not can_schedule(request.user, sitting.division):
        raise PermissionDenied
    form = ClosingForm(request.POST or None)
    touched = None
    if form.is_valid():
        notice = form.cleaned_data["notice"]
        touched = touched_by_closing(sitting, notice=notice, at=now)
        if "confirm" in request.POST:
            done = acted(request, form, close_sitting, sitting)
            if done:
                return redirect(sitting)
    words = {
        "title": _("Close the sitting early"),
        "lead": _(
            "Nobody starts any more after that, and every running attempt ends then. "
            "First you see whom it touches."
        ),
        "action": _("Close the sitting early"),
    }
    return page(request, sitting, form, words, touched)


def withdraw(request, pk):
    """A sitting announced by mistake, dropped before anybody starts."""
    sitting = overseen(request, pk)
    if not can_schedule(request.user, sitting.division):
        raise PermissionDenied
    form = WithdrawalForm(request.POST or None)
    if form.is_valid() and acted(request, form, withdraw_sitting, sitting):
        return redirect(sitting)
    words = {
        "title": _("Withdraw the sitting"),
        "lead": _(
            "Nobody can start it then. Those whom it was held for read why. A "
            "corrected one can be announced under the same title."
        ),
        "action": _("Withdraw the sitting"),
        "at_once": True,
    }
    return page(request, sitting, form, words, None)


def tell(request, pk):
    """A message that appears in the rooms of a division."""
    words = {
        "title": _("Message to candidates"),
        "lead": _("Everybody of the division who has the paper open reads it."),
        "action": _("Send the message"),
    }
    return said(request, pk, MessageForm, tell_candidates, words)


def note(request, pk):
    """What happened, for the record."""
    words = {
        "title": _("Note an incident"),
        "lead": _("A power cut, a disturbance, a complaint: what happened and where."),
        "action": _("Put it on record"),
    }
    return said(request, pk, NoteForm, note_incident, words)


def said(request, pk, form_class, act, words):
    sitting = overseen(request, pk)
    form = form_class(request.POST or None, **starting(request, sitting))
    if form.is_valid():
        refuse_elsewhere(request, form.cleaned_data["division"])
        if acted(request, form, act, sitting):
            return redirect(sitting)
    return page(request, sitting, form, words, None)


def timeline(request, uuid):
    """What was seen of one candidate's room; notes are added here."""
    refuse_others(request)
    now = timezone.now()
    among = Attempt.objects.visible_to(request.user).exclude(candidate=request.user)
    attempt = get_object_or_404(among.for_list(), uuid=uuid)
    attempt = finish_if_due(attempt, at=now)
    form = CandidateNoteForm(request.POST or None)
    if form.is_valid():
        try:
            note_incident(
                attempt.sitting,
                division=attempt.division,
                attempt=attempt,
                **form.cleaned_data,
                by=request.user,
                at=now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on record."))
            return redirect("exams:timeline", uuid=uuid)
    context = {
        "attempt": attempt,
        "entries": timeline_of(attempt),
        "form": form,
        "crumbs": crumbs_of(attempt.sitting),
    }
    return render(request, "exams/attempt_timeline.html", context)


def starting(request, sitting) -> dict:
    """The form begins with the sitting's place, if it is the reader's own."""
    own = can_schedule(request.user, sitting.division)
    initial = {"division": sitting.division} if own else {}
    return {"user": request.user, "initial": initial}


def refuse_elsewhere(request, division) -> None:
    if not can_schedule(request.user, division):
        raise PermissionDenied


def acted(request, form, act, sitting) -> bool:
    now = timezone.now()
    try:
        made = act(sitting, **form.cleaned_data, by=request.user, at=now)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Done: %(what)s.") % {"what": made.title})
    return True


def crumbs_of(sitting) -> list:
    return [
        (_("Sittings"), reverse("exams:sittings")),
        (sitting.title, sitting.get_absolute_url()),
    ]


def page(request, sitting, form, words, touched, idle=None):
    context = {
        "sitting": sitting,
        "form": form,
        "words": words,
        "idle": idle,
        "crumbs": crumbs_of(sitting),
    }
    if touched is not None:
        context["count"] = touched.count()
        rows = touched.for_list().order_by("division_code", "pk")[:SHOWN]
        context["touched"] = rows
        context["columns"] = [
            {"label": _("Candidate")},
            {"label": _("Place")},
            {"label": _("Ends at")},
        ]
    return render(request, "exams/sitting_act.html", context)
