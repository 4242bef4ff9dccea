"""The roster of a division: its seats, the gaps below it, map, trend and form."""

from tempfile import SpooledTemporaryFile

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

import measures
from certificates.permissions import can_choose
from divisions.enums import Level
from rosters.domain.charting import chart_of
from rosters.domain.exporting import write_gap_form
from rosters.domain.gaps import GapRow, gap_table
from rosters.domain.horizons import HORIZONS
from rosters.domain.mapping import map_of
from rosters.domain.opening import opened_seats
from rosters.domain.seating import bench_of
from rosters.domain.trends import trend_of
from rosters.forms import DayForm
from rosters.permissions import can_assign, viewed_codes

from .places import crumbs_below, crumbs_to, viewed_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 2**20
# Villages are too many for tiles, and their names too long.
MAPPED = (Level.REGION, Level.CITY)
SORTS = {
    "code": lambda row: row.division.code,
    "required": lambda row: row.total.required,
    "in_post": lambda row: row.total.in_post,
    "gap": lambda row: row.total.gap,
    "over": lambda row: row.total.over,
    "expiring": lambda row: row.outlook.expiring,
    "pipeline": lambda row: row.outlook.pipeline,
    **{
        f"gap{months}": lambda row, place=place: row.outlook.forecast[place]
        for place, months in enumerate(HORIZONS)
    },
}


@require_GET
def index(request):
    """The widest division in which the person holds an office."""
    codes = viewed_codes(request.user)
    if not codes:
        raise Http404
    return redirect("rosters:division", codes[0])


@require_GET
def division(request, code):
    """A division's own seats, and its children with their gaps."""
    shown = viewed_or_404(request, code)
    days = DayForm(request.GET)
    day = days.day
    table = gap_table(shown, on=day)
    sort, only_gaps = arrangement(request)
    context = {
        "division": shown,
        "crumbs": crumbs_to(request, shown),
        "days": days,
        "day": day,
        "is_today": day == timezone.localdate(),
        "table": table,
        "levels": levels_of(table),
        "rows": sorted_rows(table.rows, sort, only_gaps),
        "columns": columns(sort),
        "only_gaps": only_gaps,
        "map": map_of(table.rows) if shown.level in MAPPED else None,
        "horizons": list(zip(HORIZONS, table.here.outlook.forecast, strict=True)),
        "bench": bench_of(shown, on=day),
        "opened": opened_seats(shown, on=day),
        "may_assign": can_assign(request.user, shown),
        "may_choose": can_choose(request.user, shown),
    }
    return render(request, "rosters/division_detail.html", context)


def arrangement(request) -> tuple[str, bool]:
    """How the address wants the rows: sorted by what, and only those with a gap."""
    return request.GET.get("sort", "code"), request.GET.get("only") == "gap"


@require_GET
def trend(request, code):
    """The gap at the first of each of the last twelve months."""
    shown = viewed_or_404(request, code)
    days = DayForm(request.GET)
    points = trend_of(shown, on=days.day)
    context = {
        "division": shown,
        "crumbs": crumbs_below(request, shown),
        "days": days,
        "points": points,
        "chart": chart_of(points),
    }
    return render(request, "rosters/division_trend.html", context)


@require_GET
def export(request, code):
    """The table as it is shown, as the office's form."""
    shown = viewed_or_404(request, code)
    table = gap_table(shown, on=DayForm(request.GET).day)
    rows = sorted_rows(table.rows, *arrangement(request))
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, the response closes it
    today = timezone.localdate()
    write_gap_form(file, table, rows, office=office_of(request.user), made=today)
    file.seek(0)
    name = _("Gaps %(name)s %(day)s.xlsx") % {"name": shown.name, "day": table.on}
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def office_of(user) -> str:
    """The widest office that the person sits in, by its name."""
    held = [grant for grant in user.current_grants if grant.office_level]
    return str(held[0]) if held else user.real_name


def sorted_rows(rows: list[GapRow], sort: str, only_gaps: bool) -> list[GapRow]:
    key = SORTS.get(sort.lstrip("-"), SORTS["code"])
    kept = [row for row in rows if row.total.gap or not only_gaps]
    return sorted(kept, key=key, reverse=sort.startswith("-"))


def columns(sort: str) -> list[dict]:
    """Heads of the table; a click turns the order round, figures largest first."""
    labels = {
        "code": pgettext("column", "Division"),
        "": _("Own post"),
        "required": _("Required"),
        "in_post": _("In post"),
        "gap": _("Gap"),
        "over": _("Over"),
        "expiring": _("Expiring"),
        "pipeline": _("On the way"),
        **{f"gap{n}": _("Gap in %(months)s months") % {"months": n} for n in HORIZONS},
    }
    heads = []
    for key, label in labels.items():
        head = {"label": label, "numeric": key != "code"}
        if key:
            first, other = (key, f"-{key}") if key == "code" else (f"-{key}", key)
            head["sort"] = other if sort == first else first
        if key and sort.lstrip("-") == key:
            head["sorted"] = "descending" if sort.startswith("-") else "ascending"
        heads.append(head)
    return heads


def levels_of(table) -> list[dict]:
    language = get_language()
    return [
        {"name": measures.name_of(level, language, "level"), "staff": staff}
        for level, staff in table.by_level.items()
    ]
