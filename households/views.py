from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Refused
from ledger.words import choices_of

from .domain.editing import add_member, edit_household, edit_member, let_member_leave
from .domain.lines import enter_exit_line
from .domain.registering import register_household
from .domain.starting import start_case
from .errors import FactsRefused
from .facts import facts_of, member_facts
from .forms.lines import ExitLineForm
from .forms.people import AddForm, LeavingForm, MemberForm
from .forms.sections import FORMS
from .forms.starting import JudgeForm, StartForm
from .models import ExitLine, Household
from .pages import page_of
from .permissions import can_edit, can_enter_lines, can_register, can_start_case

PAGE = 50


def index(request):
    """The households of the reader's divisions, by status and by words."""
    found = Household.objects.visible_to(request.user)
    if words := request.GET.get("q", "").strip():
        found = found.like(words)
    if status := request.GET.get("status"):
        found = found.with_status(status)
    if place := request.GET.get("in", ""):
        found = found.within(place) if place.isdecimal() else found.none()
    page = Paginator(found.for_list(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "q": words,
        "status": status or "",
        "place": place,
        "statuses": [("", _("Every status")), *choices_of("status")],
        "may_add": can_register(request.user),
    }
    return render(request, "households/household_list.html", context)


def add(request):
    """A new household, its head first."""
    if not can_register(request.user):
        raise PermissionDenied
    form = AddForm(request.POST or None, user=request.user)
    if form.is_valid():
        village = form.cleaned_data["village"]
        if not can_register(request.user, village.code):
            raise PermissionDenied
        try:
            household = register_household(
                form.household(),
                division=village,
                address=form.cleaned_data["address"] or "",
                by=request.user,
                on=timezone.localdate(),
            )
        except FactsRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("The household is in the register. Now add its members.")
            )
            return redirect(household)
    crumbs = [(_("Households"), reverse("households:index"))]
    return render(
        request, "households/household_form.html", {"form": form, "crumbs": crumbs}
    )


def detail(request, pk):
    """The card, what its facts amount to, and what the ledger says."""
    household = find(request, pk)
    asked = JudgeForm(request.GET)
    on = (asked.is_valid() and asked.cleaned_data["on"]) or timezone.localdate()
    context = page_of(household, reader=request.user, on=on)
    return render(request, "households/household_detail.html", context)


def edit(request, pk, section):
    """One section of the card."""
    household = find(request, pk, to_edit=True)
    if section not in FORMS:
        raise Http404
    facts = facts_of(household, None) | {"address": household.address}
    form = FORMS[section](request.POST or None, facts=facts)
    if form.is_valid():
        changes = form.changes()
        address = changes.pop("address", None) if section == "household" else None
        try:
            edit_household(household, changes, address=address, by=request.user)
        except FactsRefused as refusal:
            form.refuse(refusal)
        else:
            return saved(request, household, form.title)
    context = {
        "form": form,
        "title": form.title,
        "household": household,
        "crumbs": crumbs_to(household),
    }
    return render(request, "households/section_form.html", context)


def add_person(request, pk):
    household = find(request, pk, to_edit=True)
    form = MemberForm(request.POST or None, facts={})
    if form.is_valid():
        try:
            member = add_member(
                household, form.person(), by=request.user, on=timezone.localdate()
            )
        except FactsRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Added: %(name)s.") % {"name": member.name})
            return redirect(household)
    context = {
        "form": form,
        "title": _("New member"),
        "household": household,
        "crumbs": crumbs_to(household),
    }
    return render(request, "households/section_form.html", context)


def edit_person(request, pk, member_pk):
    household = find(request, pk, to_edit=True)
    member = get_object_or_404(household.members.present(), pk=member_pk)
    form = MemberForm(request.POST or None, facts=member_facts(member))
    if form.is_valid():
        try:
            edit_member(member, form.person(), by=request.user, on=timezone.localdate())
        except FactsRefused as refusal:
            form.refuse(refusal)
        else:
            return saved(request, household, member.name)
    context = {
        "form": form,
        "title": member.name,
        "household": household,
        "leave_url": reverse("households:leave", args=[household.pk, member.pk]),
        "crumbs": crumbs_to(household),
    }
    return render(request, "households/section_form.html", context)


def let_leave(request, pk, member_pk):
    household = find(request, pk, to_edit=True)
    member = get_object_or_404(household.members.present(), pk=member_pk)
    form = LeavingForm(request.POST or None, member=member)
    if form.is_valid():
        try:
            let_member_leave(member, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Left: %(name)s.") % {"name": member.name})
            return redirect(household)
    context = {
        "form": form,
        "title": _("%(name)s leaves the household") % {"name": member.name},
        "household": household,
        "crumbs": crumbs_to(household),
    }
    return render(request, "households/section_form.html", context)


@require_POST
def start(request, pk):
    """Start a case with the judgement of the day that the form names."""
    household = find(request, pk)
    if not can_start_case(request.user, household):
        raise PermissionDenied
    form = StartForm(request.POST)
    if not form.is_valid():
        for error in form.errors.values():
            messages.error(request, error[0])
        return redirect(household)
    try:
        case = start_case(
            household,
            form.cleaned_data["procedure"],
            by=request.user,
            on=form.cleaned_data["on"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(household)
    return redirect(case)


def saved(request, household, what):
    messages.success(request, _("Saved: %(what)s.") % {"what": what})
    return redirect(household)


def find(request, pk, *, to_edit: bool = False) -> Household:
    """The household, if the reader's divisions hold it; and may be edited, if asked."""
    households = Household.objects.visible_to(request.user).select_related("division")
    household = get_object_or_404(households, pk=pk)
    if to_edit and not can_edit(request.user, household):
        raise PermissionDenied
    return household


def crumbs_to(household):
    return [
        (_("Households"), reverse("households:index")),
        (household.head_name, household.get_absolute_url()),
    ]


def lines(request):
    """The exit line of each year; the region's office sets them, everybody reads."""
    may_enter = can_enter_lines(request.user)
    form = ExitLineForm(request.POST or None) if may_enter else None
    if request.method == "POST":
        if not may_enter:
            raise PermissionDenied
        if form.is_valid():
            line = enter_exit_line(
                form.cleaned_data["year"],
                amount=form.cleaned_data["amount"],
                source=form.cleaned_data["source"],
                by=request.user,
            )
            words = _("The line of %(year)s is set.") % {"year": line.year}
            messages.success(request, words)
            return redirect("households:lines")
    context = {
        "form": form,
        "lines": ExitLine.objects.select_related("entered_by"),
        "crumbs": [(_("Households"), reverse("households:index"))],
    }
    return render(request, "households/line_list.html", context)
