"""Releases of the question bank."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Refused
from exams.domain.grounding import ground_version, sections_of
from exams.domain.planning import STARTER
from exams.domain.releasing import sign_release, stale_questions, unreleased_count
from exams.models import ItemVersion, Release
from exams.permissions import can_author


def releases(request):
    """What papers are drawn from; posting signs the bank as it stands."""
    if not can_author(request.user):
        raise PermissionDenied
    if request.method == "POST":
        try:
            release = sign_release(STARTER, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            words = _("Release %(release)s is signed; new sittings may draw from it.")
            messages.success(request, words % {"release": release})
        return redirect("exams:releases")
    found = Release.objects.select_related("signed_by").annotate(size=Count("entries"))
    found = found.order_by("line", "-number")
    stale = stale_questions()
    context = {
        "stale": [{"version": each, "sections": sections_of(each)} for each in stale],
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "waiting": unreleased_count(STARTER),
        "columns": [
            {"label": _("Release of the bank")},
            {"label": _("Edition of the rules")},
            {"label": _("Questions"), "numeric": True},
            {"label": _("Signed by")},
            {"label": _("Signed at")},
        ],
    }
    return render(request, "exams/release_list.html", context)


@require_POST
def confirm(request, pk):
    """An author says that a question is right by its sections as they read now."""
    if not can_author(request.user):
        raise PermissionDenied
    version = get_object_or_404(ItemVersion.objects.select_related("item"), pk=pk)
    ground_version(version, by=request.user, at=timezone.now())
    words = _("%(code)s is confirmed.")
    messages.success(request, words % {"code": version.item.code})
    return redirect("exams:releases")
