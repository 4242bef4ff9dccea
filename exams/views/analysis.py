"""What answers tell: statistics of sittings, questions and sections."""

from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import Rereading
from exams.domain.analysis.clauses import TEACH_AGAIN, clause_report
from exams.domain.analysis.counting import count_finished
from exams.domain.analysis.reading import (
    analysed_sittings,
    analysis_of,
    item_analysis_of,
)
from exams.domain.analysis.tables import (
    clause_tables,
    item_tables,
    method_name,
    option_name,
    sitting_tables,
)
from exams.domain.analysis.teaching import gaps_in
from exams.domain.analysis.workbook import workbook_of
from exams.domain.holding import figures_until
from exams.domain.keying import in_force
from exams.enums import CHOSEN
from exams.models import ItemVersion, Sitting
from exams.permissions import can_ask_to_reread, can_author, can_oversee, is_sitting

from .plots import Share, bar_plot, dot_plot

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ORDERS = {
    "code": lambda line: line.version.item.code,
    "facility": lambda line: line.figures.facility,
    "correlation": lambda line: (
        -2 if line.figures.correlation is None else line.figures.correlation
    ),
    "flags": lambda line: -len(line.flags),
}


def refuse_strangers(request) -> None:
    """Overseers only; and nobody reads keys while sitting an exam."""
    if not can_oversee(request.user):
        raise Http404
    if is_sitting(request.user):
        raise PermissionDenied


def overseen_sitting(request, pk) -> Sitting:
    refuse_strangers(request)
    return get_object_or_404(Sitting.objects.overseen_by(request.user), pk=pk)


def is_over(request, sitting) -> bool:
    return analysed_sittings(request.user, at=timezone.now()).contains(sitting)


def waiting(request, sitting, context):
    until = figures_until(sitting, at=timezone.now())
    return render(request, "exams/analysis_waiting.html", context | {"until": until})


def sitting(request, pk):
    """A sitting's papers and questions, when nobody sits any more."""
    found = overseen_sitting(request, pk)
    context = {"sitting": found, "crumbs": crumbs_of(found)}
    if not is_over(request, found):
        return waiting(request, found, context)
    count_finished(found, at=timezone.now())
    analysis = analysis_of(found, for_user=request.user)
    order = request.GET.get("sort", "code")
    lines = sorted(analysis.lines, key=ORDERS.get(order, ORDERS["code"]))
    page = Paginator(lines, 50).get_page(request.GET.get("page"))
    context |= {
        "analysis": analysis,
        "method": analysis.reliability and method_name(analysis.reliability.method),
        "page": page,
        "columns": item_columns(order),
        "tenths": tenths_plot(analysis),
        "tenth_rows": tenth_rows(analysis),
        "dots": dots_of(analysis),
    }
    return render(request, "exams/analysis_sitting.html", context)


def crumbs_of(found):
    return [
        (_("Sittings"), reverse("exams:sittings")),
        (found.title, found.get_absolute_url()),
    ]


def item_columns(order):
    columns = [
        {"label": _("Question"), "sort": "code"},
        {"label": _("Answers"), "numeric": True},
        {"label": _("Facility"), "numeric": True, "sort": "facility"},
        {"label": _("Rest correlation"), "numeric": True, "sort": "correlation"},
        {"label": _("Discrimination index"), "numeric": True},
        {"label": _("Efficiency"), "numeric": True},
        {"label": _("Left out"), "numeric": True},
        {"label": _("Median seconds"), "numeric": True},
        {"label": _("Second look"), "sort": "flags"},
    ]
    return [
        column | ({"sorted": "ascending"} if column.get("sort") == order else {})
        for column in columns
    ]


def tenth_rows(analysis):
    return [
        {"low": 10 * place, "high": 10 * (place + 1), "count": count}
        for place, count in enumerate(analysis.tenths)
    ]


def tenths_plot(analysis):
    most = max(analysis.tenths) or 1
    return bar_plot(
        Share(f"{row['low']}–{row['high']}%", row["count"] / most, str(row["count"]))
        for row in tenth_rows(analysis)
    )


def dots_of(analysis):
    return dot_plot(
        (str(line.version), line.figures.facility, line.figures.correlation, bool(f))
        for line in analysis.lines
        if (f := line.flags) is not None and line.figures.correlation is not None
    )


def item(request, pk):
    """One version of a question, with its key and what people made of it."""
    analysis = overseen_item(request, pk)
    context = {
        "analysis": analysis,
        "version": analysis.version,
        "authors": can_author(request.user),
        "is_chosen": analysis.version.kind in CHOSEN,
        "options": [
            {"name": option_name(analysis.version.kind, option.option), "its": option}
            for option in analysis.options
        ],
        "score_plot": bar_plot(
            share_of(f"{band.low}–{band.high}%", band.figures)
            for band in analysis.bands
            if band.figures
        ),
        "month_plot": bar_plot(
            share_of(date_format(each.month, "YEAR_MONTH_FORMAT"), each.figures)
            for each in analysis.months
        ),
        "crumbs": [(_("Sittings"), reverse("exams:sittings"))],
    }
    return render(request, "exams/analysis_item.html", context)


def overseen_item(request, pk):
    refuse_strangers(request)
    versions = ItemVersion.objects.select_related("item")
    version = in_force(get_object_or_404(versions, pk=pk))
    analysis = item_analysis_of(version, for_user=request.user, at=timezone.now())
    if analysis is None:
        raise Http404
    return analysis


def share_of(label, figures):
    return Share(
        label=label,
        share=figures.facility,
        value=f"{figures.facility:.0%}",
        low=figures.low,
        high=figures.high,
    )


def clauses(request):
    """Which sections people know, the least known first."""
    report, chosen = asked_report(request)
    county = request.GET.get("county", "")
    told = report.by_clause(county)
    citation = request.GET.get("section", "") or (told[0][0] if told else "")
    counties = report.by_county(citation)
    context = {
        "sittings": analysed_sittings(request.user, at=timezone.now()),
        "chosen": chosen,
        "county": county,
        "counties": report.counties,
        "citation": citation,
        "rows": [
            {"citation": cite, "known": known, "lessons": report.lessons.get(cite, [])}
            for cite, known in told
        ],
        "county_rows": [{"county": each, "known": known} for each, known in counties],
        "teaching": teaching_of(request, report),
        "rereadings": Rereading.objects.visible_to(request.user)
        .open()
        .select_related("lesson", "division"),
        "plot": bar_plot(known_shares(told), mark=TEACH_AGAIN),
        "county_plot": bar_plot(
            known_shares((each.name, known) for each, known in counties),
            mark=TEACH_AGAIN,
        ),
        "crumbs": [(_("Sittings"), reverse("exams:sittings"))],
    }
    return render(request, "exams/analysis_clauses.html", context)


def teaching_of(request, report):
    """The gaps of each county, and whether its lessons may be asked for."""
    counties = defaultdict(list)
    for gap in gaps_in(report):
        counties[gap.county].append(gap)
    return [
        {
            "county": county,
            "gaps": gaps,
            "may_ask": can_ask_to_reread(request.user, county)
            and any(gap.lessons for gap in gaps),
        }
        for county, gaps in counties.items()
    ]


def known_shares(pairs):
    for label, known in pairs:
        low, high = known.interval
        yield Share(label, known.share, f"{known.share:.0%}", low, high, known.to_teach)


def asked_report(request):
    """The report on the sitting asked for, or on all that are over."""
    refuse_strangers(request)
    sittings = analysed_sittings(request.user, at=timezone.now())
    chosen = None
    if (asked := request.GET.get("sitting", "")).isdecimal():
        chosen = get_object_or_404(sittings, pk=asked)
        sittings = sittings.filter(pk=chosen.pk)
    return clause_report(sittings, for_user=request.user), chosen


def sitting_book(request, pk):
    found = overseen_sitting(request, pk)
    if not is_over(request, found):
        raise Http404
    count_finished(found, at=timezone.now())
    analysis = analysis_of(found, for_user=request.user)
    return as_book(sitting_tables(analysis), f"sitting-{pk}-statistics")


def item_book(request, pk):
    return as_book(item_tables(overseen_item(request, pk)), f"question-{pk}-statistics")


def clauses_book(request):
    report, _chosen = asked_report(request)
    return as_book(clause_tables(report), "sections-statistics")


def as_book(tables, name):
    response = HttpResponse(workbook_of(tables), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
