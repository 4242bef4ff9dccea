from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

import measures
from accounts.models import User
from core.errors import Refused
from divisions.models import Division

from .domain.assigning import assign_person, end_assignment
from .domain.considering import candidates_for, considered
from .domain.gaps import GapRow, gap_table
from .domain.seating import bench_of
from .domain.selecting import select_people, withdraw_selection
from .forms import AssignmentForm, DayForm, LeavingForm, SelectionForm
from .models import Assignment, Selection
from .permissions import can_assign, can_choose, viewed_codes, viewed_divisions

PER_PAGE = 50
SORTS = {
    "code": lambda row: row.division.code,
    "required": lambda row: row.total.required,
    "in_post": lambda row: row.total.in_post,
    "gap": lambda row: row.total.gap,
    "over": lambda row: row.total.over,
}


@require_GET
def index(request):
    """The widest division in which the person holds an office."""
    codes = viewed_codes(request.user)
    if not codes:
        raise Http404
    return redirect("rosters:division", codes[0])


@require_GET
def division(request, code):
    """A division's own seats, and its children with their gaps."""
    shown = viewed_or_404(request, code)
    days = DayForm(request.GET)
    day = days.day
    table = gap_table(shown, on=day)
    sort, only_gaps = request.GET.get("sort", "code"), request.GET.get("only") == "gap"
    context = {
        "division": shown,
        "crumbs": crumbs_to(request, shown),
        "days": days,
        "day": day,
        "is_today": day == timezone.localdate(),
        "table": table,
        "levels": levels_of(table),
        "rows": sorted_rows(table.rows, sort, only_gaps),
        "columns": columns(sort),
        "only_gaps": only_gaps,
        "bench": bench_of(shown, on=day),
        "may_assign": can_assign(request.user, shown),
        "may_choose": can_choose(request.user, shown),
    }
    return render(request, "rosters/division_detail.html", context)


def sorted_rows(rows: list[GapRow], sort: str, only_gaps: bool) -> list[GapRow]:
    key = SORTS.get(sort.lstrip("-"), SORTS["code"])
    kept = [row for row in rows if row.total.gap or not only_gaps]
    return sorted(kept, key=key, reverse=sort.startswith("-"))


def columns(sort: str) -> list[dict]:
    """Heads of the table; a click turns the order round, figures largest first."""
    labels = {
        "code": _("Division"),
        "": _("Own post"),
        "required": _("Required"),
        "in_post": _("In post"),
        "gap": _("Gap"),
        "over": _("Over"),
    }
    heads = []
    for key, label in labels.items():
        head = {"label": label, "numeric": key != "code"}
        if key:
            first, other = (key, f"-{key}") if key == "code" else (f"-{key}", key)
            head["sort"] = other if sort == first else first
        if key and sort.lstrip("-") == key:
            head["sorted"] = "descending" if sort.startswith("-") else "ascending"
        heads.append(head)
    return heads


def levels_of(table) -> list[dict]:
    language = get_language()
    return [
        {"name": measures.name_of(level, language, "level"), "staff": staff}
        for level, staff in table.by_level.items()
    ]


def crumbs_to(request, shown: Division) -> list[tuple[str, str]]:
    """The way up, as far as the reader's own divisions reach; keeps the day."""
    above = viewed_divisions(request.user).filter(code__in=shown.ancestor_codes()[:-1])
    on = request.GET.get("on")
    query = f"?{urlencode({'on': on})}" if on else ""
    return [
        (each.name, reverse("rosters:division", args=[each.code]) + query)
        for each in above
    ]


def viewed_or_404(request, code) -> Division:
    return get_object_or_404(viewed_divisions(request.user), code=code)


def assignable_or_refused(request, code) -> Division:
    shown = viewed_or_404(request, code)
    if not can_assign(request.user, shown):
        raise PermissionDenied
    return shown


@require_GET
def candidates(request, code):
    """The people near an empty seat, and why each may or may not sit in it."""
    shown = assignable_or_refused(request, code)
    days = DayForm(request.GET)
    found = candidates_for(shown, on=days.day)
    if words := request.GET.get("q", "").strip():
        found = found.filter(Q(real_name__contains=words) | Q(phone=words))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = considered(list(page.object_list))
    context = {
        "division": shown,
        "crumbs": [*crumbs_to(request, shown), crumb(shown)],
        "page": page,
        "q": words,
        "days": days,
        "day": days.day,
    }
    return render(request, "rosters/candidate_list.html", context)


def crumb(shown: Division) -> tuple[str, str]:
    return shown.name, reverse("rosters:division", args=[shown.code])


def assign(request, code, pk):
    """From when? Then it is done, or the page says what is missing."""
    shown = assignable_or_refused(request, code)
    person = get_object_or_404(User.objects.within(*viewed_codes(request.user)), pk=pk)
    initial = {"since": DayForm(request.GET).day}
    form = AssignmentForm(request.POST or None, initial=initial)
    if form.is_valid():
        since = form.cleaned_data["since"]
        try:
            assign_person(person, division=shown, by=request.user, on=since)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("%(person)s is in post in %(division)s.")
            messages.success(request, done % {"person": person, "division": shown})
            return redirect("rosters:division", shown.code)
    context = {
        "form": form,
        "person": person,
        "division": shown,
        "crumbs": [*crumbs_to(request, shown), crumb(shown)],
    }
    return render(request, "rosters/assignment_form.html", context)


def end(request, pk):
    """Until when, and why? The row stays for whoever asks about that time."""
    visible = Assignment.objects.within(*viewed_codes(request.user)).for_list()
    held = get_object_or_404(visible, pk=pk)
    shown = assignable_or_refused(request, held.division_code)
    form = LeavingForm(request.POST or None)
    if form.is_valid():
        try:
            end_assignment(
                held,
                by=request.user,
                on=form.cleaned_data["until"],
                leaving=form.cleaned_data["leaving"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The post is free from that day."))
            return redirect("rosters:division", shown.code)
    context = {
        "form": form,
        "held": held,
        "division": shown,
        "crumbs": [*crumbs_to(request, shown), crumb(shown)],
    }
    return render(request, "rosters/assignment_end.html", context)


def selections(request, code):
    """The office chooses: who is chosen, and whom it may choose besides."""
    shown = viewed_or_404(request, code)
    if not can_choose(request.user, shown):
        raise PermissionDenied
    today = timezone.localdate()
    chosen = Selection.objects.in_force(today).filter(division=shown)
    form = SelectionForm(request.POST or None, among=choosable(shown, chosen))
    if form.is_valid():
        people = form.cleaned_data.pop("people")
        try:
            made = select_people(
                people, division=shown, by=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Chosen: %(number)s.") % {"number": len(made)})
            return redirect("rosters:selections", shown.code)
    return render(
        request,
        "rosters/selection_list.html",
        selection_page(request, shown, chosen, form),
    )


def choosable(shown: Division, chosen):
    """The people at home in the office's division whom it has not chosen yet."""
    already = Exists(chosen.filter(person=OuterRef("pk")))
    at_home = User.objects.within(shown.code).filter(~already, is_active=True)
    return at_home.select_related("home_division")


def selection_page(request, shown: Division, chosen, form) -> dict:
    words = request.GET.get("q", "").strip()
    people = form.fields["people"].queryset
    if words:
        people = people.filter(Q(real_name__contains=words) | Q(phone=words))
    listed = chosen.select_related("person__home_division", "chosen_by")
    return {
        "division": shown,
        "crumbs": [*crumbs_to(request, shown), crumb(shown)],
        "form": form,
        "q": words,
        "ticked": set(form.data.getlist("people")) if form.is_bound else set(),
        "people": Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
        "chosen": Paginator(listed, PER_PAGE).get_page(request.GET.get("chosen")),
    }


@require_POST
def withdraw(request, pk):
    visible = Selection.objects.within(*viewed_codes(request.user))
    selection = get_object_or_404(visible, pk=pk)
    if not can_choose(request.user, selection.division):
        raise PermissionDenied
    try:
        withdraw_selection(selection, by=request.user, on=timezone.localdate())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The choice is withdrawn."))
    return redirect("rosters:selections", selection.division_code)
