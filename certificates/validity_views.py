"""For how many years certificates are good, as the region's office sets it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import Refused

from .domain.lasting import changes_of_validity, set_validity, table_of_validity
from .forms import ValidityForm, editions, levels
from .permissions import can_set_validity

PER_PAGE = 50
MONTHS_A_YEAR = 12


def validity(request):
    """The table of periods, the form that changes one, and who changed what and why."""
    if not can_set_validity(request.user):
        raise PermissionDenied
    form = ValidityForm(request.POST or None)
    if form.is_valid():
        try:
            set_validity(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Saved. What is issued from now on gets the periods below.")
            messages.success(request, said)
            return redirect("certificates:validity")
    named, printed = dict(levels()), dict(editions())
    page = Paginator(changes_of_validity(), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [shown_change(each, named, printed) for each in page.object_list]
    context = {
        "form": form,
        "columns": [{"label": _("Level of the post")}]
        + [{"label": name} for name in printed.values()],
        "rows": [
            {
                "level": named[level],
                "cells": [
                    {"edition": name, "period": period(cell.months), "cell": cell}
                    for name, cell in zip(printed.values(), cells, strict=True)
                ],
            }
            for level, cells in table_of_validity()
        ],
        "page": page,
        "change_columns": [
            {"label": label}
            for label in (_("When"), _("What"), _("Before"), _("After"), _("Why"))
        ],
    }
    return render(request, "certificates/validity.html", context)


def shown_change(entry, named, printed) -> dict:
    told = entry.detail
    level, edition = told["level"], told["edition"]
    return {
        "entry": entry,
        "what": f"{named.get(level, level)} · {printed.get(edition, edition)}",
        "before": period(told["before"]),
        "after": period(told["after"]),
        "reason": told["reason"],
    }


def period(months: int | None) -> str:
    """Whole years as years; none is nothing of its own."""
    if months is None:
        return _("not set")
    years, rest = divmod(months, MONTHS_A_YEAR)
    if rest:
        words = ngettext("%(months)s month", "%(months)s months", months)
        return words % {"months": months}
    return ngettext("%(years)s year", "%(years)s years", years) % {"years": years}
