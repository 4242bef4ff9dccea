"""Which papers of a sitting agree more than chance explains."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from exams.domain.analysis.comparing import (
    MOST_PAPERS,
    attempts_to_compare,
    counties_of,
    papers_of,
)
from exams.domain.analysis.similarity import FEWEST_PAPERS, similarity_of

from .analysis import crumbs_of, is_over, overseen_sitting, waiting
from .plots import Share, bar_plot


def similarity(request, pk):
    """One county's papers compared two by two, when nobody sits any more."""
    found = overseen_sitting(request, pk)
    statistics = (_("Statistics"), reverse("exams:analysis", args=[pk]))
    crumbs = [*crumbs_of(found), statistics]
    context = {"sitting": found, "crumbs": crumbs}
    if not is_over(request, found):
        return waiting(request, found, context | {"named": _("Similar papers")})
    counties = counties_of(found, for_user=request.user)
    asked = request.GET.get("county", "")
    county = next((each for each in counties if each.code == asked), None)
    if county is None and len(counties) == 1:
        county = counties[0]
    context |= {"counties": counties, "county": county, "fewest": FEWEST_PAPERS}
    if county is not None:
        context |= compared(request, found, county)
    return render(request, "exams/analysis_similarity.html", context)


def compared(request, sitting, county):
    attempts = attempts_to_compare(sitting, county, for_user=request.user)
    by_key = {attempt.pk: attempt for attempt in attempts}
    similarity = similarity_of(papers_of(attempts))
    most = max(similarity.bands.values(), default=1)
    bands = sorted(similarity.bands.items())
    limit = similarity.threshold or most
    return {
        "similarity": similarity,
        "is_cut": len(attempts) == MOST_PAPERS,
        "bands": bands,
        "plot": bar_plot(
            Share(f"{z:+d}", count / most, str(count), stands_out=z > limit)
            for z, count in bands
        ),
        "rows": [
            {
                "pair": pair,
                "one": by_key[pair.one],
                "other": by_key[pair.other],
                "stands_out": similarity.stands_out(pair),
            }
            for pair in similarity.closest[:20]
        ],
        "columns": [
            {"label": _("Two papers")},
            {"label": _("Questions both answered"), "numeric": True},
            {"label": _("Same answers"), "numeric": True},
            {"label": _("Same wrong answers"), "numeric": True},
            {"label": _("Expected"), "numeric": True},
            {"label": _("Index"), "numeric": True},
        ],
    }
