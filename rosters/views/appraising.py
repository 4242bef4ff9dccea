"""Appraisal: an office's scorecards, one's own, objections and their answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from core.errors import Refused
from rosters.domain.appraising.exporting import write_scorecards
from rosters.domain.appraising.figures import NAMES
from rosters.domain.appraising.objecting import answer_objection, raise_objection
from rosters.domain.appraising.scorecards import (
    office_scorecard,
    people_appraised,
    scorecards_of,
    scorecards_within,
)
from rosters.domain.appraising.terms import terms_on
from rosters.forms import AnswerForm, ObjectionForm, PeriodForm
from rosters.models import Assignment, Objection
from rosters.permissions import can_assign, viewed_codes

from .gaps import office_of
from .importing import workbook
from .places import crumbs_below, viewed_or_404

PER_PAGE = 50


@require_GET
def appraisal(request, code):
    """The office's own card, and those of everybody in post in the period."""
    shown = viewed_or_404(request, code)
    periods = PeriodForm(request.GET)
    people = people_appraised(shown, periods.period)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = scorecards_of(list(page.object_list), periods.period)
    waiting = Objection.objects.within(shown.code).waiting().for_list()
    context = {
        "division": shown,
        "crumbs": crumbs_below(request, shown),
        "periods": periods,
        "office": office_scorecard(shown, periods.period),
        "page": page,
        "names": [name for key, name in NAMES.items() if key != "quota"],
        "waiting": Paginator(waiting, PER_PAGE).get_page(request.GET.get("objections")),
        "answer_form": AnswerForm() if can_assign(request.user, shown) else None,
        "terms": terms_on(periods.period.last),
    }
    return render(request, "rosters/appraisal.html", context)


@require_GET
def export(request, code):
    shown = viewed_or_404(request, code)
    period = PeriodForm(request.GET).period
    body = write_scorecards(
        shown,
        period,
        [office_scorecard(shown, period), *scorecards_within(shown, period)],
        office=office_of(request.user),
        made=timezone.localdate(),
    )
    told = {"name": shown.name, "since": period.since, "until": period.last}
    return workbook(body, _("Appraisal %(name)s %(since)s %(until)s.xlsx") % told)


def own(request):
    """One's own scorecard; those who never held a post are told so."""
    return card_page(request, request.user, form_of(request))


@require_GET
def scorecard(request, pk):
    """Somebody's scorecard, for the offices above a post of theirs."""
    posts = Assignment.objects.within(*viewed_codes(request.user))
    at_home = Q(pk__in=User.objects.within(*viewed_codes(request.user)))
    seen = User.objects.filter(at_home | Q(pk__in=posts.values("person")))
    person = get_object_or_404(seen, pk=pk)
    return card_page(request, person, None)


def form_of(request) -> ObjectionForm:
    return ObjectionForm(request.POST or None)


def card_page(request, person, form):
    periods = PeriodForm(request.GET)
    if form is not None and form.is_valid():
        try:
            raise_objection(
                periods.period,
                form.cleaned_data["text"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your objection is with the office."))
            return redirect(request.get_full_path())
    (card,) = scorecards_of([person], periods.period)
    context = {
        "person": person,
        "periods": periods,
        "card": card,
        "form": form,
        "objections": Objection.objects.filter(person=person).for_list()[:PER_PAGE],
        "posts": person.assignments.for_list().order_by("-since")[:PER_PAGE],
        "terms": terms_on(periods.period.last),
    }
    return render(request, "rosters/scorecard.html", context)


@require_POST
def answer(request, pk):
    seen = Objection.objects.within(*viewed_codes(request.user)).for_list()
    objection = get_object_or_404(seen, pk=pk)
    if not can_assign(request.user, objection.division):
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write down the answer and its reason."))
    else:
        try:
            answer_objection(
                objection,
                form.cleaned_data["answer"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The objection is answered."))
    period = urlencode({"since": objection.since, "until": objection.until})
    code = objection.division_code
    return redirect(f"{reverse('rosters:appraisal', args=[code])}?{period}")
