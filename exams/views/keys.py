"""A wrong key, mended."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from exams.domain.contents import content_of
from exams.domain.keying import in_force, revise_key
from exams.domain.previewing import household_in
from exams.key_forms import KeyForm, RegradeForm
from exams.models import ItemVersion
from exams.permissions import may_read_keys


def refuse_readers(request) -> None:
    """Authors only; and nobody reads keys while sitting an exam."""
    if not may_read_keys(request.user):
        raise PermissionDenied


def revise(request, pk):
    """The key of one version, its history, and the form that gives it another."""
    refuse_readers(request)
    written = get_object_or_404(ItemVersion.objects.select_related("item"), pk=pk)
    version = in_force(written)
    form = KeyForm(request.POST or None, version=version)
    if form.is_valid() and revised(request, form, written):
        return redirect("exams:key", pk=pk)
    revisions = written.key_revisions.select_related("by", "version")
    regrading = None
    if revisions:
        regrading = RegradeForm(user=request.user, version=written)
    context = {
        "form": form,
        "regrading": regrading,
        "version": version,
        "household": household_in(content_of(version)),
        "written": written,
        "revisions": revisions,
        "crumbs": [(_("Releases of the bank"), reverse("exams:releases"))],
    }
    return render(request, "exams/key_revise.html", context)


def revised(request, form, version) -> bool:
    try:
        revise_key(version, **form.facts, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    words = _("The key is revised. Papers marked from now on are marked by it.")
    messages.success(request, words)
    return True
