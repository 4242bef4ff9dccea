"""Appeals: made from the result, decided by those who oversee."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from exams.domain.appealing import appeals_end, decide_appeal, make_appeal
from exams.domain.showing import questions_explained
from exams.errors import KeysHeld
from exams.key_forms import AppealForm, DecisionForm
from exams.models import Appeal, Attempt
from exams.permissions import can_author

from .analysis import refuse_strangers


def make(request, uuid, number):
    """The candidate's own appeal to one question."""
    mine = Attempt.objects.of(request.user).select_related("sitting")
    attempt = get_object_or_404(mine, uuid=uuid)
    now = timezone.now()
    try:
        questions = questions_explained(attempt, at=now, reader=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("exams:result", uuid=uuid)
    question = next((each for each in questions if each.shown.no == number), None)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        try:
            make_appeal(attempt, number, **form.cleaned_data, by=request.user, at=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("Your appeal is on record. The decision appears with the result.")
            messages.success(request, words)
            return redirect("exams:result", uuid=uuid)
    if question is None:
        return redirect("exams:result", uuid=uuid)
    context = {
        "attempt": attempt,
        "question": question,
        "form": form,
        "ends": appeals_end(attempt),
        "crumbs": [
            (_("Exams"), reverse("exams:index")),
            (attempt.sitting.title, attempt.get_absolute_url()),
        ],
    }
    return render(request, "exams/appeal_make.html", context)


def index(request):
    """The appeals of the reader's people, the oldest that waits first."""
    refuse_strangers(request)
    done = request.GET.get("state") == "decided"
    found = Appeal.objects.visible_to(request.user)
    found = found.exclude(decided_at=None).order_by("-decided_at") if done else (
        found.waiting()
    )  # fmt: skip
    found = found.select_related(
        "version__item", "attempt__candidate", "attempt__sitting", "division"
    )
    context = {
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "done": done,
        "columns": [
            {"label": _("Question")},
            {"label": _("Candidate")},
            {"label": _("Place")},
            {"label": _("Sitting")},
            {"label": _("Made at")},
            {"label": _("Decision")},
        ],
        "crumbs": [(_("Sittings"), reverse("exams:sittings"))],
    }
    return render(request, "exams/appeal_list.html", context)


def question_of(appeal, *, reader):
    """The question with its key, or why it is held: the same is being asked now."""
    now = timezone.now()
    try:
        questions = questions_explained(appeal.attempt, at=now, reader=reader)
    except KeysHeld as refusal:
        return None, str(refusal)
    return next(q for q in questions if q.shown.no == appeal.item_no), ""


def detail(request, pk):
    """One appeal beside the question as its candidate answered it."""
    refuse_strangers(request)
    among = Appeal.objects.visible_to(request.user).select_related(
        "version__item", "attempt__candidate", "attempt__sitting", "division"
    )
    appeal = get_object_or_404(among, pk=pk)
    form = DecisionForm(request.POST or None) if appeal.is_waiting else None
    if form and form.is_valid():
        if appeal.attempt.candidate_id == request.user.pk:
            raise PermissionDenied
        try:
            facts = form.cleaned_data
            decide_appeal(appeal, **facts, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is decided."))
            return redirect(appeal)
    question, held = question_of(appeal, reader=request.user)
    alike = Appeal.objects.filter(version=appeal.version).exclude(pk=appeal.pk)
    context = {
        "appeal": appeal,
        "question": question,
        "held": held,
        "form": form,
        "alike": alike.count(),
        "authors": can_author(request.user),
        "crumbs": [
            (_("Sittings"), reverse("exams:sittings")),
            (_("Appeals"), reverse("exams:appeals")),
        ],
    }
    return render(request, "exams/appeal_detail.html", context)
