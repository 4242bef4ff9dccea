"""Having lessons read again on what too few people know."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.errors import Refused
from courses.domain.rereading import end_rereading
from courses.models import Rereading
from divisions.enums import Level
from divisions.models import Division
from exams.domain.analysis.teaching import have_lessons_reread
from exams.permissions import can_ask_to_reread

from .analysis import refuse_strangers


@require_POST
def reread(request):
    """Ask a county's people to read the lessons on their gaps again."""
    refuse_strangers(request)
    asked = request.POST.get("county", "")
    county = get_object_or_404(Division, code=asked, level=Level.COUNTY)
    if not can_ask_to_reread(request.user, county):
        raise PermissionDenied
    try:
        made = have_lessons_reread(county, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext(
            "The people of %(county)s are asked to read %(count)s lesson again.",
            "The people of %(county)s are asked to read %(count)s lessons again.",
            len(made),
        )
        facts = {"county": county.name, "count": len(made)}
        messages.success(request, words % facts)
    return redirect("exams:clauses")


@require_POST
def end(request, pk):
    """Ask for a lesson no longer."""
    refuse_strangers(request)
    found = Rereading.objects.visible_to(request.user)
    rereading = get_object_or_404(found.select_related("division"), pk=pk)
    if not can_ask_to_reread(request.user, rereading.division):
        raise PermissionDenied
    end_rereading(rereading, by=request.user, at=timezone.now())
    messages.success(request, _("The lesson is asked for no longer."))
    return redirect("exams:clauses")
