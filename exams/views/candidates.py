"""The candidate's way to an exam and back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.addresses import address_of
from core.errors import Refused
from exams.admission_forms import TicketForm
from exams.domain.accommodating import extra_percent_of
from exams.domain.appealing import appeals_end, with_appeals
from exams.domain.attending import (
    Place,
    agenda_of,
    place_again,
    refresher_before,
    waiting_for,
)
from exams.domain.finishing import finish_due, finish_if_due
from exams.domain.late.sealing import room_key
from exams.domain.refreshing import lessons_advised
from exams.domain.scripts import late_unsettled
from exams.domain.showing import questions_explained
from exams.domain.starting import refuse_start, start_attempt
from exams.enums import Admits, State
from exams.errors import BeingMarked, KeysHeld
from exams.models import (
    HAND_IN_GRACE,
    LATE_HOURS,
    NETWORK_GRACE,
    Attempt,
    Sitting,
)
from exams.permissions import can_oversee


def index(request):
    """The reader's exams: open now, coming, and past with their results."""
    agenda = agenda_of(request.user, at=timezone.now())
    past = Attempt.objects.of(request.user).exclude(state=State.OPEN)
    past = past.select_related("sitting")
    page = Paginator(past, 50).get_page(request.GET.get("page"))
    context = {
        "agenda": agenda,
        "page": page,
        "oversees": can_oversee(request.user),
    }
    return render(request, "exams/exam_list.html", context)


def rules(request, pk):
    """What holds in this exam, read before the start; posting starts it."""
    now = timezone.now()
    eligible = Sitting.objects.eligible_for(request.user)
    sitting = get_object_or_404(
        eligible.select_related("division", "blueprint", "release"), pk=pk
    )
    if request.method == "POST":
        try:
            code, address = request.POST.get("code", ""), address_of(request)
            attempt = start_attempt(
                sitting, by=request.user, at=now, code=code, address=address
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("exams:rules", pk=pk)
        return redirect("exams:room", uuid=attempt.uuid)
    finish_due(at=now, of=request.user)
    place = Place(sitting, list(sitting.attempts.filter(candidate=request.user)))
    context = {
        "place": place,
        "sitting": sitting,
        "ticket": TicketForm() if sitting.asks_code else None,
        "extra_percent": extra_percent_of(request.user),
        "grace": int(NETWORK_GRACE.total_seconds()),
        "hand_in_grace": int(HAND_IN_GRACE.total_seconds()),
        "late_hours": LATE_HOURS,
        "where": where_for(sitting, request.user),
        "waiting": waiting_for(sitting, at=now),
        "refresher": refresher_before(place, by=request.user),
        "closed": None if place.running else why_closed(place, request.user, now),
    }
    return render(request, "exams/sitting_rules.html", context)


def where_for(sitting, user) -> str:
    """The reader's own place and seat, as far as there is one."""
    if sitting.admits == Admits.LISTED:
        own = sitting.admissions.select_related("sitting").filter(person=user).first()
        return own.where if own else sitting.place
    return sitting.place


def why_closed(place: Place, user, now) -> Refused | None:
    try:
        refuse_start(place.sitting, place.attempts, by=user, at=now)
    except Refused as refusal:
        return refusal
    return None


def result(request, uuid):
    """Score, and every question with its answer, key and reason; only when over."""
    mine = Attempt.objects.of(request.user).select_related("sitting")
    attempt = get_object_or_404(mine, uuid=uuid)
    now = timezone.now()
    attempt = finish_if_due(attempt, at=now)
    if attempt.is_open:
        return redirect("exams:room", uuid=uuid)
    try:
        reader = request.user
        questions, held = questions_explained(attempt, at=now, reader=reader), ""
    except (KeysHeld, BeingMarked) as refusal:
        questions, held = [], str(refusal)
    context = {
        "attempt": attempt,
        "questions": questions,
        "rows": with_appeals(attempt, questions),
        "held": held,
        "may_send_late": attempt.takes_late(at=now),
        "key": room_key(attempt.uuid),
        "late": attempt.late_answers.filter(decision=None).count(),
        "being_marked": late_unsettled(attempt),
        "decisions": attempt.late_decisions.all(),
        "may_appeal": bool(questions) and now <= appeals_end(attempt),
        "lessons": lessons_advised(attempt, are_keys_out=not held),
        "again": place_again(attempt, by=reader, at=now),
        "score_changes": attempt.score_changes.select_related("regrade__revision"),
    }
    return render(request, "exams/attempt_result.html", context)
