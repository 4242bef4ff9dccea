from secrets import randbelow

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.errors import Refused
from households.cards import card_from

from .domain.judging import mark_items, take_step
from .domain.running import start_run
from .domain.showing import lines_of, next_day, right_decision, stations_of
from .enums import Act
from .forms import MarksForm, SeedForm, StepForm
from .models import Run
from .permissions import can_practise

PAGE = 50
SEEDS = 999_999
COLUMNS = (
    {"label": _("Case")},
    {"label": _("Begun")},
    {"label": _("State")},
    {"label": _("Score"), "numeric": True},
)


def index(request):
    refuse_others(request)
    return render_index(request, SeedForm())


def render_index(request, form, status=200):
    runs = Run.objects.visible_to(request.user).defer("facts", "lines", "steps")
    page = Paginator(runs, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "columns": COLUMNS}
    return render(request, "exercises/run_list.html", context, status=status)


@require_POST
def new(request):
    """Draw a case: that of the number given, or one nobody chose."""
    refuse_others(request)
    form = SeedForm(request.POST)
    if not form.is_valid():
        return render_index(request, form, status=422)
    seed = form.cleaned_data["seed"] or 1 + randbelow(SEEDS)
    return redirect(start_run(request.user, seed=seed, at=timezone.now()))


def run(request, pk):
    return render_run(request, own_run(request, pk))


@require_POST
def mark(request, pk):
    practised = own_run(request, pk)
    form = MarksForm(request.POST)
    if form.is_valid():
        try:
            mark_items(
                practised,
                marks=form.marks,
                decision=form.cleaned_data["decision"],
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(practised)
    return render_run(request, practised, marks_form=form, status=422)


@require_POST
def step(request, pk):
    practised = own_run(request, pk)
    form = StepForm(request.POST)
    if form.is_valid():
        turn = request.POST.get("turn", "")
        try:
            take_step(
                practised,
                form.taken,
                turn=int(turn) if turn.isdecimal() else -1,
                at=timezone.now(),
            )
        except Refused as refusal:
            # Not judged yet: the page has no form for a step to show it at.
            messages.error(request, str(refusal))
            return redirect(practised)
        return redirect(f"{practised.get_absolute_url()}#moving")
    return render_run(request, practised, step_form=form, status=422)


def render_run(request, practised, *, marks_form=None, step_form=None, status=200):
    lines = lines_of(practised)
    context = {
        "run": practised,
        "card": card_from(practised.facts),
        "lines": lines,
        "judged": [line for line in lines if line.act != Act.STEP],
        "last": lines[-1] if practised.turn else None,
        "opened": "second" if practised.is_marked or status != 200 else "first",
    }
    if not practised.is_marked:
        context["form"] = marks_form or MarksForm()
    else:
        context["stations"] = stations_of(practised)
        context["right_decision"] = right_decision(practised)
        if not practised.is_finished:
            day = {"on": next_day(practised)}
            context["form"] = step_form or StepForm(initial=day)
    return render(request, "exercises/run_detail.html", context, status=status)


def own_run(request, pk):
    refuse_others(request)
    return get_object_or_404(Run.objects.visible_to(request.user), pk=pk)


def refuse_others(request):
    if not can_practise(request.user):
        raise PermissionDenied
