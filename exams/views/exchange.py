"""Bringing questions in from other systems, and taking the bank out to them."""

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.errors import Refused
from exams.domain.exchange.fates import Fate
from exams.domain.exchange.formats import FORMATS, XLSX
from exams.domain.exchange.giving_out import annotate, bank_contents, write_out
from exams.domain.exchange.refusals import BankChanged
from exams.domain.exchange.taking_in import (
    Upload,
    Way,
    hand_in_file,
    held,
    hold,
    preview_drafts,
    preview_file,
    take_in,
)
from exams.domain.exchange.workbook_writing import write_template
from exams.exchange_forms import ExportForm, UploadForm
from exams.permissions import may_read_keys

BADGES = {
    Fate.NEW: "done",
    Fate.REVISED: "soon",
    Fate.DRAFT: "soon",
    Fate.REFUSED: "failed",
}
PREVIEWS = {Way.DRAFTS: preview_drafts, Way.VERSIONS: preview_file}


def previewed(upload):
    return PREVIEWS[upload.way](upload)


def refuse_others(request) -> None:
    if not may_read_keys(request.user):
        raise PermissionDenied


def exchange(request):
    """Choose a file to take in, or what to take out."""
    refuse_others(request)
    if request.method != "POST":
        return start_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return start_page(request, form, status=422)
    file = form.cleaned_data["file"]
    way = form.cleaned_data["way"]
    upload = Upload(file.name[-100:], file.read(), form.terms, way)
    try:
        previewed(upload)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return start_page(request, form, status=422)
    return redirect("exams:exchange-preview", token=hold(upload, by=request.user))


def start_page(request, form, status=200):
    context = {
        "form": form,
        "export": ExportForm(auto_id="export-%s"),
        "formats": FORMATS.values(),
    }
    return render(request, "exams/exchange_start.html", context, status=status)


def exchange_preview(request, token):
    """Every question's fate, nothing written yet; confirming writes them."""
    refuse_others(request)
    try:
        upload = held(token, by=request.user)
        if request.method == "POST":
            return confirm(request, upload)
        preview = previewed(upload)
    except BankChanged as refusal:
        messages.error(request, str(refusal))
        return redirect("exams:exchange-preview", token=token)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("exams:exchange")
    return preview_page(request, preview, token)


def confirm(request, upload):
    seen = request.POST.get("seen", "")
    if upload.way == Way.DRAFTS:
        done = hand_in_file(upload, seen=seen, by=request.user, at=timezone.now())
        text = _("Handed in for review: %(count)s drafts.")
        messages.success(request, text % {"count": done.counts[Fate.DRAFT]})
        return redirect("exams:exchange")
    done = take_in(upload, seen=seen, by=request.user)
    counts = {"new": done.counts[Fate.NEW], "revised": done.counts[Fate.REVISED]}
    text = _("Taken in: %(new)s new questions, %(revised)s new versions.") % counts
    messages.success(request, text)
    return redirect("exams:exchange")


def preview_page(request, preview, token):
    wanted = request.GET.get("fate", "")
    shown = [each for each in preview.verdicts if wanted in ("", each.fate)]
    context = {
        "preview": preview,
        "token": token,
        "page": Paginator(shown, 50).get_page(request.GET.get("page")),
        "columns": [
            {"label": _("Place in the file")},
            {"label": _("Outcome")},
            {"label": _("Code")},
            {"label": _("Question")},
            {"label": _("Reason and remarks")},
        ],
        "tallies": [
            {"fate": fate, "figure": figure, "kind": BADGES.get(fate, "")}
            for fate, figure in preview.counts.items()
        ],
        "wanted": wanted,
        "becomes": preview.upload.way,
    }
    return render(request, "exams/exchange_preview.html", context)


@require_GET
def exchange_annotated(request, token):
    """The file back as a workbook, with every row's fate."""
    refuse_others(request)
    try:
        preview = previewed(held(token, by=request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("exams:exchange")
    stem = preview.upload.name.rpartition(".")[0] or preview.upload.name
    return download(annotate(preview), f"{stem}-{_('outcome')}.xlsx", XLSX)


@require_GET
def exchange_template(request):
    refuse_others(request)
    return download(write_template(), f"{_('question-template')}.xlsx", XLSX)


@require_GET
def exchange_export(request):
    """The bank as a file; first what the file would lose, when it would lose any."""
    refuse_others(request)
    form = ExportForm(request.GET)
    if not form.is_valid():
        return redirect("exams:exchange")
    chosen = FORMATS[form.cleaned_data["format"]]
    items = bank_contents(form.cleaned_data["subject"])
    if not items:
        messages.error(request, _("There is no question to take out."))
        return redirect("exams:exchange")
    written = write_out(items, chosen)
    if written.losses and not form.cleaned_data["anyway"]:
        context = {
            "form": form,
            "format": chosen,
            "losses": written.losses[:200],
            "count": len(written.losses),
            "questions": len(items),
        }
        return render(request, "exams/exchange_losses.html", context)
    name = f"{_('question-bank')}-{timezone.localdate():%Y%m%d}{chosen.suffix}"
    return download(written.body, name, chosen.media_type)


def download(body, name, media_type):
    return HttpResponse(
        body,
        content_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
        },
    )
