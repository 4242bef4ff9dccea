"""People, nominations and assignments from a workbook: choose, look, confirm."""

from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.errors import Refused
from rosters.domain.importing.intakes import intakes_for
from rosters.domain.importing.tables import Fate
from rosters.domain.importing.taking_in import (
    Extent,
    held,
    hold,
    preview_upload,
    read_upload,
    take_in,
)
from rosters.domain.importing.writing import write_outcome, write_template
from rosters.errors import OutcomeChanged, RowsRefused
from rosters.forms import TakeInForm, UploadForm

from .gaps import XLSX

PER_PAGE = 50
BADGES = {Fate.NEW: "done", Fate.REFUSED: "failed"}


def intakes_or_404(request) -> list:
    intakes = intakes_for(request.user)
    if not intakes:
        raise Http404
    return intakes


def start(request):
    """Download a template, or send one that is filled in."""
    intakes = intakes_or_404(request)
    form = UploadForm(request.POST or None, request.FILES or None, intakes=intakes)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = read_upload(
                form.cleaned_data["kind"], file.name[-100:], file.read()
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            token = hold(upload, by=request.user)
            return redirect("rosters:import-preview", token)
    return render(
        request,
        "rosters/import_start.html",
        {"form": form, "intakes": intakes},
        status=422 if form.errors else 200,
    )


@require_GET
def template(request, kind):
    for intake in intakes_or_404(request):
        if intake.code == kind:
            return workbook(write_template(intake), f"{intake.title}.xlsx")
    raise Http404


def preview(request, token):
    """Every row's fate, nothing written yet; confirming writes."""
    intakes_or_404(request)
    today = timezone.localdate()
    try:
        upload = held(token, by=request.user)
        form = TakeInForm(request.POST or None)
        if form.is_valid():
            done = take_in(upload, by=request.user, on=today, **form.cleaned_data)
            text = _("Taken in: %(new)s rows.") % {"new": done.counts[Fate.NEW]}
            messages.success(request, text)
            return redirect("rosters:imports")
        found = preview_upload(upload, by=request.user, on=today)
    except (OutcomeChanged, RowsRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("rosters:import-preview", token)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("rosters:imports")
    return render(request, "rosters/import_preview.html", shown(request, found, token))


def shown(request, found, token) -> dict:
    wanted = request.GET.get("fate", "")
    refused = found.counts[Fate.REFUSED]
    # As the button says: with a row refused, the whole cannot be wanted.
    extent = Extent.SOUND if refused else Extent.WHOLE
    rows = [each for each in found.verdicts if wanted in ("", each.fate)]
    return {
        "preview": found,
        "token": token,
        "form": TakeInForm(initial={"seen": found.mark, "extent": extent}),
        "accepted": found.counts[Fate.NEW],
        "refused": refused,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "columns": [
            {"label": _("Row")},
            {"label": _("Outcome")},
            {"label": _("Name")},
            {"label": _("Reason")},
        ],
        "tallies": [
            {"fate": fate, "figure": figure, "kind": BADGES.get(fate, "")}
            for fate, figure in found.counts.items()
        ],
        "wanted": wanted,
    }


@require_GET
def outcome(request, token):
    """The file back as a workbook, with every row's fate."""
    intakes_or_404(request)
    try:
        upload = held(token, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("rosters:imports")
    found = preview_upload(upload, by=request.user, on=timezone.localdate())
    stem = upload.name.rpartition(".")[0] or upload.name
    return workbook(write_outcome(found), f"{stem}-{_('outcome')}.xlsx")


def workbook(body: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type=XLSX,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )
