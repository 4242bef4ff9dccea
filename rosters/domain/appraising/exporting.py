"""Scorecards as a workbook: every figure with what it is of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.workbooks.writing import Book
from divisions.models import Division

from .figures import NAMES
from .scorecards import Scorecard
from .terms import Period, terms_on


def write_scorecards(
    division: Division,
    period: Period,
    cards: Sequence[Scorecard],
    *,
    office: str,
    made: date,
) -> bytes:
    """The office first, then the people; how it is reckoned on a second sheet."""
    book = Book()
    keys = list(NAMES)
    headings = [(pgettext("column", "Division"), 30), (_("Name"), 16)]
    headings += [(str(NAMES[key]), 18) for key in keys]
    sheet = book.sheet(
        _("Appraisal"), [*headings, (pgettext("appraisal", "Score"), 10)]
    )
    for at, card in enumerate(cards, start=1):
        book.row(sheet, at, cells_of(card, keys))
    foot = _("Signed: ____________   Checked: ____________   Made on: %(day)s")
    book.row(sheet, len(cards) + 2, [foot % {"day": date_format(made)}])
    explain(book, division, period, office)
    return book.bytes()


def cells_of(card: Scorecard, keys: Iterable[str]) -> list[str]:
    figures = {figure.key: figure for figure in card.figures}
    subject = card.subject
    is_office = isinstance(subject, Division)
    place = subject.full_name if is_office else subject.home_division.full_name
    cells = [place, "" if is_office else subject.real_name]
    for key in keys:
        figure = figures.get(key)
        if figure is None:
            cells.append("")
        elif figure.of is None:
            cells.append(str(figure.done))
        else:
            cells.append(f"{figure.done} / {figure.of}")
    return [*cells, "" if card.score is None else str(card.score)]


def explain(book: Book, division: Division, period: Period, office: str) -> None:
    terms = terms_on(period.last)
    sheet = book.sheet(_("How it is reckoned"), [(_("Column"), 24), (_("Advice"), 80)])
    rows = [
        (pgettext("column", "Division"), division.full_name),
        (_("Period"), f"{period.since} – {period.last}"),
        (_("Filled in by"), office),
        (_("Weights, informants"), weights_told(terms.informant)),
        (_("Weights, offices"), weights_told(terms.office)),
        (_("In time"), _("within %(days)s days") % {"days": terms.step_days}),
        (_("Note"), _("The weights are set by this platform, not by the Measures.")),
    ]
    for at, row in enumerate(rows, start=1):
        book.row(sheet, at, row)


def weights_told(weights) -> str:
    told = (f"{NAMES[key]} {weight}" for key, weight in weights.items())
    return _(", ").join(told)
