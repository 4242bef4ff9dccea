"""Holding and following exams."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from core.errors import Refused
from exams.domain.feasibility import prove
from exams.domain.following import (
    SILENCE,
    board_of,
    sittings_with_counts,
    totals_of,
    waiting_late,
    who_mistyped,
)
from exams.domain.holding import warnings_about
from exams.domain.publishing import is_over, publish_results
from exams.domain.remembering import warnings_of
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
    """Announce a sitting, or first prove what its papers can be drawn from."""
    refuse_others(request)
    form = SittingForm(request.POST or None, user=request.user)
    proof, warnings = None, []
    if form.is_valid():
        facts = form.cleaned_data
        if not can_schedule(request.user, facts["division"]):
            raise PermissionDenied
        proof = prove(
            facts["blueprint"],
            facts["release"],
            attempts_allowed=facts["attempts_allowed"],
        )
        if "prove" not in request.POST and (sitting := announced(request, form, proof)):
            return redirect(sitting)
        warnings = warned_of(facts)
    context = {"form": form, "proof": proof, "warnings": warnings}
    return render(request, "exams/sitting_form.html", context)


def warned_of(facts, sitting=None):
    """What overlaps in questions, and what becomes of the right answers."""
    return warnings_about(
        facts["release"],
        keys_shown=facts["keys_shown"],
        attempts_allowed=facts["attempts_allowed"],
        closes_at=facts["closes_at"],
        at=timezone.now(),
        sitting=sitting,
    )


def announced(request, form, proof):
    try:
        sitting = schedule_sitting(**form.cleaned_data, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The sitting is announced."))
    for words in (*warned_of(form.cleaned_data, sitting), *warnings_of(proof.again)):
        messages.warning(request, words)
    return sitting


def overseen(request, pk) -> Sitting:
    """A sitting some of whose people the reader oversees; else 404."""
    refuse_others(request)
    among = Sitting.objects.overseen_by(request.user)
    return get_object_or_404(
        among.select_related("division", "blueprint", "release"), pk=pk
    )


def board(request, pk):
    """Who of the reader's people has started, is answering, is silent, has
    finished. What changes is fetched again by itself, or by a plain link."""
    sitting, now = overseen(request, pk), timezone.now()
    attempts = board_of(sitting, for_user=request.user, at=now)
    page = Paginator(attempts, 50).get_page(request.GET.get("page"))
    columns = [
        {"label": _("Candidate")},
        {"label": _("Place")},
        {"label": _("Started at")},
        {"label": _("Last contact")},
        {"label": _("Answered"), "numeric": True},
        {"label": _("State")},
        {"label": _("Score"), "numeric": True},
    ]
    totals = totals_of(attempts)
    interventions = sitting.interventions.visible_to(request.user)
    context = {
        "sitting": sitting,
        "page": page,
        "columns": columns,
        "now": now,
        "totals": totals,
        "is_live": totals["running"] or totals["due"] or sitting.is_open(now),
        "silence": int(SILENCE.total_seconds()),
        **mistyped(request, sitting),
        "interventions": interventions.select_related("by", "division", "attempt")[:50],
        "late": attempts.filter(pk__in=waiting_late(sitting)).count(),
        "may_publish": may_publish(request, sitting, now),
        "may_close": can_schedule(request.user, sitting.division),
        "may_withdraw": may_withdraw(request, sitting),
        "crumbs": [(_("Sittings"), reverse("exams:sittings"))],
    }
    part = "exams/_board_live.html" if request.htmx else "exams/sitting_board.html"
    return render(request, part, context)


def mistyped(request, sitting) -> dict:
    """Who typed wrong ticket codes, where they are asked."""
    if not sitting.asks_code:
        return {}
    columns = [
        {"label": _("Candidate")},
        {"label": _("Place")},
        {"label": _("Wrong codes"), "numeric": True},
        {"label": pgettext("wrong code", "Last")},
        {"label": _("From the address")},
    ]
    people = who_mistyped(sitting, for_user=request.user)[:50]
    return {"mistyped": people, "mistyped_columns": columns}


def may_withdraw(request, sitting) -> bool:
    """As far as the page knows; ``withdraw_sitting`` looks again."""
    if sitting.withdrawn_at or not can_schedule(request.user, sitting.division):
        return False
    return not sitting.attempts.exists()


def may_publish(request, sitting, now) -> bool:
    if sitting.withdrawn_at:
        return False
    if sitting.has_results_out or not can_schedule(request.user, sitting.division):
        return False
    return is_over(sitting, at=now)


@require_POST
def publish(request, pk):
    """Let the results of a sitting out."""
    sitting = overseen(request, pk)
    if not can_schedule(request.user, sitting.division):
        raise PermissionDenied
    try:
        publish_results(sitting, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The results are published."))
    return redirect(sitting)
