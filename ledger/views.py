from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Refused

from .domain.noticing import publish_notice, raise_objection, settle_objection
from .domain.offering import acts_for_case, declared_step_called
from .domain.stepping import take_step
from .domain.timing import standing_notice
from .forms import ObjectionForm, PublishForm, SettleForm, StepForm
from .models import Case, Notice, Objection
from .pages import page_of
from .words import choices_of, named

SHOWN = ("waiting", "open", "closed")
PAGE = 50


def index(request):
    """The cases that wait for the reader, or all of the reader's divisions."""
    shown = request.GET.get("show") if request.GET.get("show") in SHOWN else "waiting"
    cases = Case.objects.visible_to(request.user).by_procedure()
    if shown == "waiting":
        cases = cases.waiting_for(request.user, timezone.localdate())
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
    """One case: its stations, its notice, what may be done now, and its ledger."""
    shown = case_found(request, pk)
    if request.method != "POST":
        return case_page(request, shown)
    step = step_named(request, shown)
    if step is None:
        return redirect(shown)
    form = StepForm(request.POST, step=step, index=shown.entries.count())
    if form.is_valid() and obeyed(
        form,
        lambda: take_step(
            shown, form.cleaned_data["step"], by=request.user, **form.as_step()
        ),
    ):
        messages.success(
            request,
            _("Entered into the ledger: %(step)s.")
            % {"step": named(form.cleaned_data["step"], "step")},
        )
        return redirect(shown)
    return case_page(request, shown, form=form, may_pass=True)


@require_POST
def publish(request, pk):
    """Give public notice of the step that is due."""
    shown = case_found(request, pk)
    step = step_named(request, shown)
    if step is None:
        return redirect(shown)
    today = timezone.localdate()
    anew = standing_notice(shown, shown.entries.count()) is not None
    form = PublishForm(request.POST, step=step, anew=anew, on=today)
    if form.is_valid() and obeyed(
        form, lambda: publish_notice(shown, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The notice is published."))
        return redirect(shown)
    return case_page(request, shown, publishing=form)


@require_POST
def objection(request, pk):
    """Enter an objection to a notice."""
    notices = Notice.objects.visible_to(request.user)
    notice = get_object_or_404(notices, pk=pk)
    shown = case_found(request, notice.case_id)
    form = ObjectionForm(request.POST, on=timezone.localdate())
    if form.is_valid() and obeyed(
        form, lambda: raise_objection(notice, by=request.user, **form.cleaned_data)
    ):
        messages.success(
            request, _("The objection is entered; it is reviewed before the step.")
        )
        return redirect(shown)
    return case_page(request, shown, objecting=form)


@require_POST
def settle(request, pk):
    """Enter what the review of an objection found."""
    objections = Objection.objects.visible_to(request.user).select_related("notice")
    held = get_object_or_404(objections, pk=pk)
    shown = case_found(request, held.notice.case_id)
    form = SettleForm(request.POST, objection=held, on=timezone.localdate())
    if form.is_valid() and obeyed(
        form, lambda: settle_objection(held, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The objection is settled."))
        return redirect(shown)
    return case_page(request, shown, settling=form)


def case_found(request, pk) -> Case:
    cases = Case.objects.visible_to(request.user).by_procedure()
    return get_object_or_404(cases.select_related("division", "opened_by"), pk=pk)


def case_page(request, shown, **bound):
    context = page_of(shown, reader=request.user, on=timezone.localdate(), bound=bound)
    return render(request, "ledger/case_detail.html", context)


def step_named(request, shown):
    """The step that a form names; one that no procedure has is told and nothing."""
    entries = list(shown.entries.order_by("index"))
    acts = acts_for_case(shown, entries, by=request.user, on=timezone.localdate())
    step = declared_step_called(request.POST.get("step", ""), shown, acts)
    if step is None:
        messages.error(request, _("This procedure has no such step."))
    return step


def obeyed(form, act) -> bool:
    """Do it; on a refusal put the reason on the form."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
