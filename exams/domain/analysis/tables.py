"""The tables of the pages as tables of a workbook."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exams.domain.kinds import LETTERS
from exams.enums import Kind

from .clauses import ClauseReport
from .distractors import OptionFigures
from .drift import MonthFigures
from .items import ItemFigures
from .reading import CityFigures, ItemAnalysis, ItemLine, SittingAnalysis
from .sums import OMITTED
from .workbook import FIGURE, PERCENT, WHOLE, Column, Table, Value

# The figures without the two columns of words that judge them.
PLAIN_FIGURES = 9


def sitting_tables(analysis: SittingAnalysis) -> list[Table]:
    lines = analysis.lines
    return [
        paper_table(analysis),
        Table(
            _("Questions"),
            [Column(_("Question")), Column(_("Words")), *figure_columns()],
            [[str(x.version), x.version.stem, *figure_cells(x)] for x in lines],
        ),
        Table(
            _("Options"),
            [Column(_("Question")), *option_columns()],
            [
                [str(line.version), *cells]
                for line in lines
                for cells in option_rows(line.version.kind, line.options)
            ],
        ),
    ]


def paper_table(analysis: SittingAnalysis) -> Table:
    found = analysis.reliability
    rows: list[tuple[str, Value]] = [
        (_("Attempts"), analysis.count),
        (_("Passed"), analysis.passed),
    ]
    if found:
        rows += [
            (_("Mean score"), found.mean),
            (_("Standard deviation"), found.deviation),
            (_("Points to be had"), found.out_of),
            (
                method_name(found.method),
                _("cannot be estimated") if found.estimate is None else found.estimate,
            ),
            (_("Standard error of a score"), found.error),
        ]
    if found and found.consistency:
        rows += [
            (_("Same verdict on another paper"), found.consistency.agreement),
            (_("Kappa"), found.consistency.kappa),
        ]
    columns = [Column(_("Figure")), Column(_("Value"), FIGURE)]
    return Table(_("Papers"), columns, rows)


def method_name(method: str) -> str:
    return {
        "kr-20": _("Reliability (KR-20)"),
        "alpha": _("Reliability (Cronbach's alpha)"),
        "drawn": _("Reliability of drawn papers (as KR-21)"),
    }[method]


def figure_columns() -> list[Column]:
    return [
        Column(_("Answers"), WHOLE),
        Column(_("Facility"), PERCENT),
        Column(_("Lowest (95%)"), PERCENT),
        Column(_("Highest (95%)"), PERCENT),
        Column(_("Rest correlation"), FIGURE),
        Column(_("Discrimination index"), FIGURE),
        Column(_("Efficiency"), FIGURE),
        Column(_("Left out"), PERCENT),
        Column(_("Median seconds"), WHOLE),
        Column(_("Standing")),
        Column(_("Second look")),
    ]


def figure_cells(line: ItemLine | ItemAnalysis) -> list[Value]:
    figures = line.figures
    flags = "、".join(str(flag.label) for flag in line.flags)
    return [*plain_figures(figures), str(figures.standing.label), flags]


def plain_figures(figures: ItemFigures) -> list[Value]:
    return [
        figures.count,
        figures.facility,
        figures.low,
        figures.high,
        figures.correlation,
        figures.index,
        figures.efficiency,
        figures.omission,
        figures.median_seconds,
    ]


def option_columns() -> list[Column]:
    return [
        Column(_("Option")),
        Column(_("Words")),
        Column(_("Key")),
        Column(_("Chosen by"), WHOLE),
        Column(_("Share"), PERCENT),
        Column(_("Mean on the rest"), PERCENT),
    ]


def option_rows(kind: str, options: list[OptionFigures]) -> list[list[Value]]:
    return [
        [
            option_name(kind, option.option),
            option.text,
            _("right") if option.is_right else "",
            option.count,
            option.share,
            option.mean_rest,
        ]
        for option in options
    ]


def option_name(kind: str, option: int) -> str:
    if option == OMITTED:
        return _("Left out")
    return "" if kind == Kind.JUDGE else LETTERS[option]


def item_tables(analysis: ItemAnalysis) -> list[Table]:
    version = analysis.version
    return [
        Table(
            _("Questions"),
            [Column(_("Question")), Column(_("Words")), *figure_columns()],
            [[str(version), version.stem, *figure_cells(analysis)]],
        ),
        Table(
            _("Options"), option_columns(), option_rows(version.kind, analysis.options)
        ),
        *group_tables(analysis),
    ]


def group_tables(analysis: ItemAnalysis) -> list[Table]:
    """A question by score, month, city and sitting."""
    shares = figure_columns()[:PLAIN_FIGURES]
    compared = [*shares, Column(_("D"), FIGURE), Column(_("Effect"))]
    return [
        Table(
            _("By score"),
            [Column(_("Score, per cent")), *shares],
            [
                [f"{band.low}–{band.high}", *plain_figures(band.figures)]
                for band in analysis.bands
                if band.figures
            ],
        ),
        Table(
            _("By month"),
            [Column(_("Month")), *compared],
            [
                [f"{each.month:%Y-%m}", *compared_cells(each)]
                for each in analysis.months
            ],
        ),
        Table(
            _("By city"),
            [Column(_("City")), *compared],
            [[each.name, *compared_cells(each)] for each in analysis.cities],
        ),
        Table(
            _("By sitting"),
            [Column(_("Sitting")), *shares],
            [[str(each), *plain_figures(found)] for each, found in analysis.sittings],
        ),
    ]


def compared_cells(group: MonthFigures | CityFigures) -> list[Value]:
    bias = group.bias
    told = [bias.delta, bias.effect] if bias else [None, ""]
    return [*plain_figures(group.figures), *told]


def clause_tables(report: ClauseReport) -> list[Table]:
    names = {county.code: county.full_name for county in report.counties}
    columns = [
        Column(_("Answers"), WHOLE),
        Column(_("Right"), WHOLE),
        Column(_("Share"), PERCENT),
        Column(_("Lowest (95%)"), PERCENT),
        Column(_("Highest (95%)"), PERCENT),
    ]
    by_county = sorted(report.table.items())
    return [
        Table(
            _("Sections"),
            [Column(_("Cited section")), *columns],
            [[cite, *known_cells(known)] for cite, known in report.by_clause()],
        ),
        Table(
            _("By county"),
            [Column(_("County")), Column(_("Cited section")), *columns],
            [
                [names.get(code, code), cite, *known_cells(known)]
                for (code, cite), known in by_county
            ],
        ),
    ]


def known_cells(known) -> list[Value]:
    return [known.count, known.right, known.share, *known.interval]
