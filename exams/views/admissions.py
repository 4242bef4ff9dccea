"""Who is on the list of a sitting, and their tickets on paper."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from core.errors import Refused
from exams.admission_forms import ROSTER, NamesForm, RoleForm
from exams.domain.admitting import (
    admit_people,
    people_holding,
    people_on_roster,
    strike_admission,
)
from exams.domain.naming import people_listed, people_named
from exams.enums import Admits
from exams.models import Admission, overseen_codes

from .offices import overseen


def listed(request, pk):
    sitting = overseen(request, pk)
    if sitting.admits != Admits.LISTED:
        raise Http404
    return sitting


@never_cache
def people(request, pk):
    """The reader's own people on the list; posting adds by role or by number."""
    sitting = listed(request, pk)
    by_role = RoleForm(
        request.POST if "by_role" in request.POST else None, user=request.user
    )
    sent = (request.POST, request.FILES) if "by_name" in request.POST else ()
    by_name = NamesForm(*sent)
    if by_role.is_valid() and added(request, by_role, sitting, held(by_role)):
        return redirect("exams:people", pk=pk)
    if by_name.is_valid() and named(request, by_name, sitting):
        return redirect("exams:people", pk=pk)
    found = sitting.admissions.overseen_by(request.user).for_list()
    context = {
        "sitting": sitting,
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "by_role": by_role,
        "by_name": by_name,
        "columns": [
            {"label": _("Person")},
            {"label": _("Phone number")},
            {"label": _("Place")},
            {"label": _("Place of the exam and seat")},
            {"label": _("Ticket code")},
            {"label": _("Act")},
        ],
        "crumbs": [
            (_("Sittings"), reverse("exams:sittings")),
            (sitting.title, sitting.get_absolute_url()),
        ],
    }
    return render(request, "exams/admission_list.html", context)


def own_people(request):
    return User.objects.within(*overseen_codes(request.user)).filter(is_active=True)


def held(form):
    facts, on = form.cleaned_data, timezone.localdate()
    if facts["role"] == ROSTER:
        return people_on_roster(facts["division"], on=on)
    return people_holding(facts["role"], facts["division"], on=on)


def named(request, form, sitting) -> bool:
    """All of the names or none: a wrong digit is put right before it is sent again."""
    field = "file" if form.cleaned_data["file"] else "names"
    try:
        found = people_meant(form.cleaned_data, among=own_people(request))
    except Refused as refusal:
        form.add_error(field, str(refusal))
        return False
    if found.unknown:
        words = _("Nobody of your people has these numbers: %(numbers)s")
        some = "、".join(found.unknown[:20])
        form.add_error(field, words % {"numbers": some})
        return False
    return added(request, form, sitting, found.people, found.seats)


def people_meant(said, *, among):
    if said["file"]:
        return people_listed(said["file"].read(), among=among)
    return people_named(said["names"], among=among)


def added(request, form, sitting, people, seats=None) -> bool:
    try:
        facts = {"by": request.user, "at": timezone.now(), "seats": seats}
        made = admit_people(sitting, people, **facts)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    count = len(made)
    words = ngettext("%(count)s person is added.", "%(count)s people are added.", count)
    messages.success(request, words % {"count": count})
    return True


@require_POST
def strike(request, pk, number):
    sitting = listed(request, pk)
    among = sitting.admissions.overseen_by(request.user)
    admission = get_object_or_404(among, pk=number)
    try:
        strike_admission(admission, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("exams:people", pk=pk)


@never_cache
@require_GET
def tickets(request, pk):
    """The tickets to be printed and cut."""
    sitting = listed(request, pk)
    own = Admission.objects.filter(sitting=sitting).overseen_by(request.user)
    context = {"sitting": sitting, "tickets": own.for_list()}
    return render(request, "exams/ticket_list.html", context)
