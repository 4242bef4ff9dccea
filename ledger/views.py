from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused

from .domain.offering import acts_for_case, declared_step_called
from .domain.progress import stations_of
from .domain.stepping import take_step
from .forms import StepForm
from .models import Case
from .subjects import page_of
from .timeline import findings_of, moments_of
from .words import choices_of

SHOWN = ("waiting", "open", "closed")
PAGE = 50


def index(request):
    """The cases that wait for the reader, or all of the reader's divisions."""
    shown = request.GET.get("show") if request.GET.get("show") in SHOWN else "waiting"
    cases = Case.objects.visible_to(request.user).by_procedure()
    if shown == "waiting":
        cases = cases.waiting_for(request.user)
    else:
        cases = cases.open() if shown == "open" else cases.closed()
    if procedure := request.GET.get("procedure"):
        cases = cases.filter(procedure=procedure)
    page = Paginator(cases.for_list(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": shown,
        "shows": [
            ("waiting", _("Waiting for me")),
            ("open", _("All open cases")),
            ("closed", _("Closed cases")),
        ],
        "procedure": procedure or "",
        "procedures": [("", _("All procedures")), *choices_of("procedure")],
    }
    return render(request, "ledger/case_list.html", context)


def case(request, pk):
    """One case: its stations, what may be done now, and its ledger."""
    cases = Case.objects.visible_to(request.user).by_procedure()
    shown = get_object_or_404(cases.select_related("division", "opened_by"), pk=pk)
    today = timezone.localdate()
    entries = list(shown.entries.select_related("by").order_by("index"))
    acts = acts_for_case(shown, entries, by=request.user, on=today)
    if request.method == "POST":
        step = declared_step_called(request.POST.get("step", ""), shown, acts)
        if step is None:
            messages.error(request, _("This procedure has no such step."))
            return redirect(shown)
        form = StepForm(request.POST, step=step, index=len(entries))
        if form.is_valid() and taken(request, shown, form):
            return redirect(shown)
    else:
        mine = next((act for act in acts if not act.closed), None)
        form = mine and StepForm(step=mine.step, index=len(entries))
    context = {
        "case": shown,
        "stations": stations_of(shown, entries, on=today),
        "acts": acts,
        "form": form,
        "moments": moments_of(shown, entries),
        "findings": findings_of(shown),
        "subject_url": page_of(shown),
        "crumbs": [(_("Cases"), reverse("ledger:index"))],
    }
    return render(request, "ledger/case_detail.html", context)


def taken(request, shown, form) -> bool:
    """Take the step; on a refusal put the reason on the form."""
    try:
        entry = take_step(
            shown, form.cleaned_data["step"], by=request.user, **form.as_step()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request, _("Entered into the ledger: %(step)s.") % {"step": entry.title}
    )
    return True
