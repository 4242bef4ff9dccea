"""Setting pass marks: panels, their ratings, the cut and its reasons."""

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
from exams.domain.judging import (
    Judgement,
    close_panel,
    convene_panel,
    ground_pass_mark,
    questions_of,
    rate_questions,
    result_of,
)
from exams.enums import CHOSEN
from exams.models import Panel
from exams.permissions import can_oversee, can_schedule, is_sitting
from exams.standard_forms import ClosingForm, GroundForm, PanelForm

A_PAGE = 20


def refuse_strangers(request) -> None:
    if not can_oversee(request.user):
        raise Http404
    if is_sitting(request.user):
        raise PermissionDenied


def seen_panel(request, pk) -> Panel:
    """A panel judged on or held; judges see keys, so nobody does who sits now."""
    refuse_strangers(request)
    among = Panel.objects.visible_to(request.user)
    return get_object_or_404(among.select_related("blueprint", "release"), pk=pk)


def panels(request):
    refuse_strangers(request)
    found = Panel.objects.visible_to(request.user).select_related("division")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    columns = [
        {"label": _("Panel")},
        {"label": _("Division")},
        {"label": _("Convened at")},
        {"label": _("Pass mark"), "numeric": True},
    ]
    context = {"page": page, "columns": columns, "crumbs": crumbs()[:1]}
    return render(request, "exams/panel_list.html", context)


def crumbs():
    return [
        (_("Sittings"), reverse("exams:sittings")),
        (_("Standard setting"), reverse("exams:panels")),
    ]


def convene(request):
    refuse_strangers(request)
    form = PanelForm(request.POST or None, user=request.user)
    if form.is_valid():
        if not can_schedule(request.user, form.cleaned_data["division"]):
            raise PermissionDenied
        try:
            panel = convene_panel(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The panel is convened."))
            return redirect("exams:panel", panel.pk)
    return render(request, "exams/panel_form.html", {"form": form, "crumbs": crumbs()})


def panel(request, pk):
    """The ratings so far, and the cut they give."""
    found = seen_panel(request, pk)
    result = result_of(found)
    page = Paginator(result.questions, 50).get_page(request.GET.get("page"))
    holds = can_schedule(request.user, found.division)
    ready = result.found is not None and all(
        each.percent is not None for each in result.judges
    )
    context = {
        "panel": found,
        "result": result,
        "page": page,
        "total": len(result.questions),
        "is_judge": found.judges.contains(request.user),
        "closing": ClosingForm() if holds and ready and not found.is_closed else None,
        "grounding": grounding_form(request, found) if holds else None,
        "grounds": found.grounds.select_related("sitting"),
        "crumbs": crumbs(),
    }
    return render(request, "exams/panel_detail.html", context)


def grounding_form(request, found):
    if not found.is_closed:
        return None
    form = GroundForm(request.POST or None, user=request.user, panel=found)
    return form if form.fields["sitting"].queryset.exists() else None


def rate(request, pk):
    """A judge's own ratings, a page of questions at a time."""
    found = seen_panel(request, pk)
    if found.is_closed or not found.judges.contains(request.user):
        raise PermissionDenied
    page = Paginator(questions_of(found), A_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        try:
            rate_questions(
                found,
                read_judgements(request, page),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your ratings are kept."))
            return redirect(after(found, page))
    own = {each.version_id: each for each in found.ratings.filter(judge=request.user)}
    rows = [
        {
            "version": version,
            "is_chosen": version.kind in CHOSEN,
            "percent": request.POST.get(f"percent-{version.pk}", rated(own, version)),
            "remark": request.POST.get(f"remark-{version.pk}", said(own, version)),
        }
        for version in page
    ]
    context = {"panel": found, "page": page, "rows": rows, "crumbs": crumbs()}
    return render(request, "exams/panel_rate.html", context)


def rated(own, version):
    return own[version.pk].percent if version.pk in own else ""


def said(own, version):
    return own[version.pk].remark if version.pk in own else ""


def read_judgements(request, page):
    """What was written; an empty field says nothing yet."""
    for version in page:
        text = request.POST.get(f"percent-{version.pk}", "").strip()
        if text:
            yield Judgement(
                version=version.pk,
                percent=int(text) if text.isdecimal() and len(text) < 4 else -1,
                remark=request.POST.get(f"remark-{version.pk}", "").strip()[:200],
            )


def after(found, page):
    if page.has_next():
        address = reverse("exams:panel_rate", args=[found.pk])
        return f"{address}?page={page.next_page_number()}"
    return reverse("exams:panel", args=[found.pk])


@require_POST
def close(request, pk):
    """Set the pass mark; once it is set, say which sitting rests on it."""
    found = seen_panel(request, pk)
    if not can_schedule(request.user, found.division):
        raise PermissionDenied
    if found.is_closed:
        form = GroundForm(request.POST, user=request.user, panel=found)
    else:
        form = ClosingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a pass mark with its reasons."))
        return redirect("exams:panel", found.pk)
    try:
        if found.is_closed:
            ground_pass_mark(panel=found, **form.cleaned_data, by=request.user)
        else:
            close_panel(found, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is on record."))
    return redirect("exams:panel", found.pk)
