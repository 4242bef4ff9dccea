"""Blueprints: what there is, what each can draw, and drawing up another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import Refused
from exams.bank_forms import number_in
from exams.blueprint_forms import BlueprintForm, CellFormSet, rows_of, typed_rows
from exams.domain.feasibility import prove
from exams.domain.planning import (
    code_for,
    draw_up_blueprint,
    next_title,
    plan_blueprint,
)
from exams.models import Blueprint, Release
from exams.permissions import can_author


def refuse_others(request) -> None:
    if not can_author(request.user):
        raise PermissionDenied


def crumbs():
    return [
        (_("Sittings"), reverse("exams:sittings")),
        (_("Blueprints"), reverse("exams:blueprints")),
    ]


def index(request):
    """All blueprints. None is edited; each can be copied."""
    refuse_others(request)
    found = Blueprint.objects.annotate(sittings=Count("sitting")).order_by("code")
    columns = [
        {"label": _("Blueprint")},
        {"label": _("Questions"), "numeric": True},
        {"label": _("Points"), "numeric": True},
        {"label": _("Sittings"), "numeric": True},
    ]
    context = {
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "columns": columns,
        "crumbs": crumbs()[:1],
    }
    return render(request, "exams/blueprint_list.html", context)


def detail(request, pk):
    """What a blueprint asks, and what it can draw from the latest release."""
    refuse_others(request)
    found = get_object_or_404(Blueprint.objects.select_related("based_on"), pk=pk)
    release = Release.objects.order_by("-signed_at", "-pk").first()
    context = {
        "blueprint": found,
        "release": release,
        "proof": prove(found, release) if release else None,
        "crumbs": crumbs(),
    }
    return render(request, "exams/blueprint_detail.html", context)


def draw_up(request):
    """A new blueprint, or another that begins as a copy; proven before it is kept."""
    refuse_others(request)
    base = copied(request)
    form, cells = forms_for(request, base)
    context = {"form": form, "cells": cells, "base": base, "crumbs": crumbs()}
    if form.is_bound and form.is_valid() & cells.is_valid():
        if "prove" not in request.POST and (made := kept(request, form, cells, base)):
            return redirect("exams:blueprint", made.pk)
        context |= proven(form, cells)
    return render(request, "exams/blueprint_form.html", context)


def copied(request) -> Blueprint | None:
    number = number_in(request.GET.get("copy", ""))
    return get_object_or_404(Blueprint, pk=number) if number is not None else None


def forms_for(request, base):
    """The forms as they are sent; or with what was typed and more rows, if rows were
    asked for; or as they begin."""
    if request.method == "POST" and "add" not in request.POST:
        return BlueprintForm(request.POST), CellFormSet(request.POST, base=base)
    if request.method == "POST":
        # A box that is not ticked is not sent.
        typed = {"evens_difficulty": False} | request.POST.dict()
        form = BlueprintForm(initial=typed)
        return form, CellFormSet(initial=typed_rows(request.POST), base=base)
    form = BlueprintForm(initial=initial_for(base))
    return form, CellFormSet(initial=rows_of(base), base=base)


def initial_for(base) -> dict:
    if base is None:
        return {}
    return {
        "title": next_title(base),
        "spares_attempts": base.spares_attempts,
        "exposure_percent": base.exposure_percent,
        "evens_difficulty": base.evens_difficulty,
    }


def terms_of(form) -> dict:
    facts = form.cleaned_data
    names = ("spares_attempts", "exposure_percent", "evens_difficulty")
    return {name: facts[name] for name in names}


def kept(request, form, cells, base) -> Blueprint | None:
    facts = form.cleaned_data
    try:
        made = draw_up_blueprint(
            code_for(facts["key"]),
            title=facts["title"],
            cells=cells.parts,
            by=request.user,
            release=facts["release"],
            based_on=base,
            **terms_of(form),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The blueprint is drawn up; sittings may use it."))
    return made


def proven(form, cells) -> dict:
    """The proof, and beside each filled row what it finds."""
    facts = form.cleaned_data
    planned = plan_blueprint(
        code_for(facts["key"]),
        title=facts["title"],
        cells=cells.parts,
        **terms_of(form),
    )
    proof = prove(planned, facts["release"])
    for row, found in zip(cells.filled, proof.cells, strict=True):
        row.found = found
    return {"proof": proof, "planned": planned}
