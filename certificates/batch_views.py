"""Certificates for a whole sitting: ordering them, watching, fetching."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from core.errors import Refused
from exams.models import Attempt, Sitting

from .domain.batching import cancel_batch, order_batch, progress_of, retry_failed
from .domain.fetching import order_bundle
from .enums import Bundle
from .models import Batch, BatchFile
from .permissions import can_order_batch, keeps_certificates, kept_codes

PER_PAGE = 50
REFRESH_SECONDS = 3


@require_GET
def batches(request):
    """The sittings whose certificates the office may order, and the orders so far."""
    if not keeps_certificates(request.user):
        raise PermissionDenied
    passed = Attempt.objects.filter(sitting=OuterRef("pk"), passed=True)
    sittings = (
        Sitting.objects.within(*kept_codes(request.user))
        .filter(Exists(passed))
        .annotate(passes=Count("attempts", filter=Q(attempts__passed=True)))
        .select_related("division")
        .order_by("-opens_at", "-pk")
    )
    made = Batch.objects.visible_to(request.user).select_related("sitting")
    page = Paginator(sittings, PER_PAGE).get_page(request.GET.get("page"))
    context = {"sittings": page, "batches": made[:PER_PAGE]}
    return render(request, "certificates/batch_list.html", context)


@require_POST
def order(request, pk):
    sittings = Sitting.objects.within(*kept_codes(request.user))
    sitting = get_object_or_404(sittings, pk=pk)
    try:
        batch = order_batch(sitting, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("certificates:batches")
    return redirect("certificates:batch", batch.pk)


@require_GET
def batch(request, pk):
    """How far it is; while it runs the page asks again by itself."""
    shown = visible_or_404(request, pk)
    progress = progress_of(shown)
    failed = shown.items.failed().select_related("attempt__candidate__home_division")
    context = {
        "batch": shown,
        "progress": progress,
        "left": time_left(progress),
        "failed": Paginator(failed, PER_PAGE).get_page(request.GET.get("page")),
        "columns": [{"label": _("Name")}, {"label": _("Place")}, {"label": _("Why")}],
        **fetched(shown, progress),
        "bundles": Bundle.choices,
        "may_order": can_order_batch(request.user, shown.sitting),
    }
    response = render(request, "certificates/batch_detail.html", context)
    if shown.is_open or context["orders"]:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def fetched(shown, progress) -> dict:
    """What is there to be fetched, what is being made, and what was not made last."""
    if shown.is_open or not progress.done:
        return {"orders": []}
    files, orders = list(shown.files.all()), list(shown.bundle_orders.all()[:PER_PAGE])
    latest = {order.bundle: order for order in reversed(orders)}.values()
    return {
        "files": [each for each in files if each.bundle != Bundle.SHEETS],
        "parts": [each for each in files if each.bundle == Bundle.SHEETS],
        "orders": [each for each in latest if each.finished_at is None],
        "unmade": [each for each in latest if each.refusal],
    }


def time_left(progress) -> str:
    minutes = progress.minutes_left
    if minutes is None:
        return ""
    words = ngettext(
        "about %(minutes)s minute left", "about %(minutes)s minutes left", minutes
    )
    return words % {"minutes": minutes}


@require_POST
def cancel(request, pk):
    return acted(request, pk, cancel_batch)


@require_POST
def retry(request, pk):
    return acted(request, pk, retry_failed)


def acted(request, pk, act):
    shown = visible_or_404(request, pk)
    try:
        act(shown, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("certificates:batch", pk)


@require_POST
def bundle(request, pk):
    shown = visible_or_404(request, pk)
    wanted = request.POST.get("bundle")
    if wanted not in Bundle.values:
        messages.error(request, _("Choose what is to be made."))
        return redirect("certificates:batch", pk)
    try:
        order_bundle(shown, Bundle(wanted), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is being made; you may leave the page."))
    return redirect("certificates:batch", pk)


@require_GET
def bundle_file(request, pk, file_pk):
    shown = visible_or_404(request, pk)
    found = get_object_or_404(BatchFile, pk=file_pk, batch=shown)
    name = found.file.name.rsplit("/", 1)[-1]
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name)


def visible_or_404(request, pk) -> Batch:
    visible = Batch.objects.visible_to(request.user).select_related("sitting")
    return get_object_or_404(visible, pk=pk)
