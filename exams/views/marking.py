"""Short answers before their markers, who do not learn whose they are."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from exams.domain.marking_by_hand import mark_script
from exams.forms import ScriptMarkForm
from exams.models import Script
from exams.permissions import can_oversee, is_sitting


def refuse_others(request) -> None:
    """Markers read the guides, so nobody marks who sits an exam now."""
    if not can_oversee(request.user):
        raise Http404
    if is_sitting(request.user):
        raise PermissionDenied


def queue(request):
    """What waits for the reader's mark, the longest waiting first."""
    refuse_others(request)
    waiting = Script.objects.to_mark_by(request.user)
    waiting = waiting.select_related("version__item", "attempt__sitting")
    context = {
        "page": Paginator(waiting, 50).get_page(request.GET.get("page")),
        "columns": [
            {"label": _("Question")},
            {"label": _("Sitting")},
            {"label": _("Handed in at")},
            {"label": _("Points"), "numeric": True},
        ],
        "crumbs": crumbs()[:1],
    }
    return render(request, "exams/script_list.html", context)


def crumbs():
    return [
        (_("Sittings"), reverse("exams:sittings")),
        (_("Short answers to mark"), reverse("exams:scripts")),
    ]


def mark(request, pk):
    """One answer with its question and guide, without a name; posting gives a mark
    and goes on to the next."""
    refuse_others(request)
    among = Script.objects.visible_to(request.user).select_related("version")
    script = get_object_or_404(among, pk=pk)
    form = ScriptMarkForm(request.POST or None, most=script.out_of)
    if form.is_valid():
        try:
            mark_script(script, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your mark is kept."))
            return redirect(to_next(request.user))
    elif not Script.objects.to_mark_by(request.user).filter(pk=pk).exists():
        messages.info(request, _("This answer does not wait for your mark."))
        return redirect("exams:scripts")
    context = {"script": script, "form": form, "crumbs": crumbs()}
    return render(request, "exams/script_mark.html", context)


def to_next(user) -> str:
    following = Script.objects.to_mark_by(user).first()
    if following is None:
        return reverse("exams:scripts")
    return reverse("exams:script", args=[following.pk])
