"""The questions that never stand in one paper, all of them on one page."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from exams.models import Exclusion

from .keys import refuse_readers

ON_A_PAGE = 50


def index(request):
    """The pairs, those said last first; each is lifted on the page of its questions."""
    refuse_readers(request)
    words = request.GET.get("q", "").strip()
    found = Exclusion.objects.saying(words).for_list().order_by("-at", "-pk")
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "q": words,
        "columns": [
            {"label": _("One question")},
            {"label": _("Never in one paper with it")},
            {"label": _("Reason")},
            {"label": _("Said by")},
            {"label": _("Said at")},
        ],
        "crumbs": [(_("Question bank"), reverse("questions:list"))],
    }
    return render(request, "exams/exclusion_list.html", context)
