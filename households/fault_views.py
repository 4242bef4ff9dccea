"""What the cleaning rules found: the list of an office, its workbook, another run."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from core.errors import Refused
from divisions.models import Division
from ledger.models import register_codes

from .domain.cleaning import order_cleaning
from .domain.exporting import write_faults
from .forms.faults import FaultFilter
from .models import Fault
from .permissions import can_clean

PAGE = 50


def faults(request):
    """Household by household, in the reader's divisions or one of them."""
    asked = FaultFilter(request.GET)
    found = faults_asked_for(request, asked)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "columns": [
            {"label": _("Household")},
            {"label": _("Whose")},
            {"label": pgettext("cleaning", "Class")},
            {"label": pgettext("cleaning", "Reason")},
            {"label": _("Field to correct")},
            {"label": _("First seen on")},
        ],
        "asked": asked,
        "query": request.GET.urlencode(),
        "cleaned": divisions_of(request) if can_clean(request.user) else [],
        "crumbs": [(_("Households"), reverse("households:index"))],
    }
    return render(request, "households/fault_list.html", context)


def export(request):
    asked = FaultFilter(request.GET)
    found = faults_asked_for(request, asked)
    office = ", ".join(each.full_name for each in divisions_of(request))
    body = write_faults(found, office=office, made=timezone.localdate())
    name = _("Faults %(day)s.xlsx") % {"day": timezone.localdate()}
    return FileResponse(BytesIO(body), as_attachment=True, filename=name)


@require_POST
def clean(request):
    """Run the rules over one of the reader's own divisions."""
    among = Division.objects.filter(code__in=register_codes(request.user))
    division = get_object_or_404(among, code=request.POST.get("division", ""))
    try:
        order_cleaning(division, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The rules are being run; look again in a while."))
    return redirect("households:faults")


def faults_asked_for(request, asked):
    found = Fault.objects.open().visible_to(request.user).for_list()
    if not asked.is_valid():
        return found.none()
    place, of = asked.cleaned_data["place"], asked.rules()
    found = found.of_rules(**of)
    return found.within(place) if place else found


def divisions_of(request):
    codes = register_codes(request.user)
    return Division.objects.filter(code__in=codes).order_by("code")
