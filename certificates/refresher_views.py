"""Due for a refresher: what another edition changed, and what the office decides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.errors import Refused

from .domain.affecting import (
    affected_clauses,
    changes_by_edition,
    due_for_refresher,
)
from .domain.calling import decisions_within
from .domain.refreshing import change_refresher, decide_refreshers
from .enums import Refreshing
from .errors import DeadlineMissing, DecisionUnreasoned
from .forms import RefresherForm, RefresherTermsForm
from .models import Certificate
from .permissions import can_revoke, deciding_codes, keeps_certificates, kept_codes
from .views import visible_or_404
from .words import in_words

FIELDS = {DeadlineMissing.code: "due_on", DecisionUnreasoned.code: "reason"}


def due(request):
    """For an office: examined under an older edition; whom to call for a refresher."""
    if not keeps_certificates(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    clause = request.GET.get("clause", "")
    found = listed(kept_codes(request.user), on=today, clause=clause)
    may_decide = bool(deciding_codes(request.user))
    form = None
    if may_decide:
        among = found.within(*deciding_codes(request.user))
        among = among.exclude(holder=request.user)
        form = RefresherForm(request.POST or None, among=among)
        made = decided_now(request, form, on=today) if form.is_valid() else None
        if made is not None:
            words = _("Decided: %(number)s.") % {"number": len(made)}
            messages.success(request, words)
            return redirect(request.get_full_path())
    page = Paginator(found.for_list(), 50).get_page(request.GET.get("page"))
    affected = affected_clauses(page.object_list, on=today)
    ticked = form.data.getlist("certificates") if form and form.is_bound else ()
    page.object_list = [
        {
            "certificate": each,
            "changes": in_words(affected[each.pk]),
            "may_decide": may_decide and can_revoke(request.user, each),
            "is_ticked": str(each.pk) in ticked,
        }
        for each in page.object_list
    ]
    context = {"form": form, "page": page, "clause": clause}
    context["clauses"] = clauses_to_choose(today)
    return render(request, "certificates/refresher_list.html", context)


def listed(codes, *, on, clause):
    among = Certificate.objects.within(*codes)
    return due_for_refresher(among, on=on, clause=clause).order_by("expires_on", "pk")


def decided_now(request, form, *, on):
    try:
        return decide_refreshers(
            by=request.user, on=on, at=timezone.now(), **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error(FIELDS.get(refusal.code), str(refusal))
        return None


def clauses_to_choose(on):
    """Every clause that differs from some older edition, once."""
    found = {}
    for changes in changes_by_edition(on).values():
        for each in in_words(changes):
            found.setdefault(each.code, Truncator(each.text).chars(60))
    return [("", _("All")), *found.items()]


@require_GET
def decided(request):
    """For an office: what was decided, who was called and has not renewed yet."""
    if not keeps_certificates(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    state = request.GET.get("state", "")
    decisions = decisions_within(kept_codes(request.user), on=today, state=state)
    page = Paginator(decisions, 50).get_page(request.GET.get("page"))
    page.object_list = [
        {"decision": each, "word": now.label, "kind": KINDS[now]}
        for each in page.object_list
        if (now := each.state(today))
    ]
    labels = (
        _("Name"),
        _("Place"),
        _("What is decided"),
        _("To be done by"),
        _("Reason"),
        _("Decided by"),
    )
    states = [("", _("All")), *Refreshing.choices]
    context = {"page": page, "state": state, "states": states}
    context["columns"] = [{"label": label} for label in labels]
    return render(request, "certificates/refresher_decided.html", context)


KINDS = {
    Refreshing.OPEN: "soon",
    Refreshing.LATE: "failed",
    Refreshing.DONE: "done",
    Refreshing.NOT_NEEDED: "",
}


def change(request, number):
    """Replace what was decided about one certificate by another decision."""
    certificate = visible_or_404(request, number)
    if not can_revoke(request.user, certificate):
        raise PermissionDenied
    form = RefresherTermsForm(request.POST or None)
    if form.is_valid():
        try:
            change_refresher(
                certificate,
                by=request.user,
                on=timezone.localdate(),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(FIELDS.get(refusal.code), str(refusal))
        else:
            messages.success(request, _("The new decision stands."))
            return redirect(certificate)
    context = {
        "form": form,
        "certificate": certificate,
        "title": _("Decide anew about the refresher"),
        "lead": _(
            "The new decision replaces the one that stands, which stays on record. "
            "The holder is told."
        ),
    }
    return render(request, "certificates/certificate_act.html", context)
