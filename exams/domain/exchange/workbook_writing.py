"""Workbooks written: the template, the bank, and a file back with every row's fate."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

import measures
from core.workbooks.writing import LONGEST_CELL, Book
from exams.domain.contents import JUDGEMENTS, Content
from exams.domain.kinds import LETTERS, asking_for, letter_of
from exams.enums import CHOSEN, Attested, Kind, Subject

from .columns import HEADINGS
from .marks import tag_written

WIDTHS = {"stem": 50, "options": 18, "because": 40, "cites": 24, "code": 16}
TEMPLATE_OPTIONS = 6
TEMPLATE_ROWS = 1_000
MOST_LINES = 99


def headings_for(options: int) -> list[tuple[str, int]]:
    headings = []
    for field, label in HEADINGS.items():
        width = WIDTHS.get(field, 12)
        if field == "options":
            headings += [(f"{label}{letter_of(at)}", width) for at in range(options)]
        else:
            headings.append((str(label), width))
    return headings


def write(items: Mapping[str, Content]) -> bytes:
    widest = max((len(lines_of(each)) for each in items.values()), default=0)
    options = max(TEMPLATE_OPTIONS, min(widest, MOST_LINES))
    book = Book()
    sheet = book.sheet(_("Questions"), headings_for(options))
    for at, (code, content) in enumerate(items.items(), start=1):
        book.row(sheet, at, cells_of(code, content, options))
    return book.bytes()


def cells_of(code: str, content: Content, options: int) -> list[str]:
    stands_alone = content.kind == Kind.JUDGE and content.options == list(JUDGEMENTS)
    shown = [] if stands_alone else lines_of(content)[:options]
    values = {
        "code": code,
        "subject": Subject(content.subject).label,
        "kind": Kind(content.kind).label,
        "stem": content.stem,
        "answer": answer_cell(content, stands_alone),
        "tolerance": content.tolerance if content.kind == Kind.NUMERIC else "",
        "unit": content.unit,
        "because": content.because,
        "difficulty": str(content.difficulty),
        "cites": "\n".join(content.cites),
        "attested": Attested(content.attested).label,
        "edition": content.edition,
        "tags": "\n".join(map(tag_written, content.tags)),
    }
    cells = []
    for field in HEADINGS:
        if field == "options":
            cells += shown + [""] * (options - len(shown))
        else:
            cells.append(str(values[field]))
    return cells


def lines_of(content: Content) -> list[str]:
    """What stands in the columns of the options."""
    if content.kind in CHOSEN:
        return content.options
    return asking_for(content.kind).retyped(content)["options"]


def answer_cell(content: Content, stands_alone: bool) -> str:
    if content.kind not in CHOSEN:
        return asking_for(content.kind).retyped(content)["answer"]
    if stands_alone:
        return JUDGEMENTS[content.answer[0]]
    return "".join(LETTERS[place] for place in content.answer if place < len(LETTERS))


def write_template() -> bytes:
    """An empty workbook to fill in, with lists to choose from and an advice sheet."""
    book = Book()
    headings = headings_for(TEMPLATE_OPTIONS)
    sheet = book.sheet(_("Questions"), headings)
    places = {heading: column for column, (heading, _width) in enumerate(headings)}
    for field, words in choices_to_offer().items():
        column = places[str(HEADINGS[field])]
        rule = {"validate": "list", "source": words, "error_type": "warning"}
        sheet.data_validation(1, column, TEMPLATE_ROWS, column, rule)
    advice = book.sheet(_("How to fill in"), [(_("Column"), 16), (_("Advice"), 80)])
    for at, (heading, text) in enumerate(advice_rows(), start=1):
        book.row(advice, at, (heading, text))
    return book.bytes()


def choices_to_offer() -> dict[str, list[str]]:
    return {
        "subject": [str(label) for label in Subject.labels],
        "kind": [str(label) for label in Kind.labels],
        "attested": [str(label) for label in Attested.labels],
        "difficulty": list("12345"),
        "edition": [edition.code for edition in measures.editions()],
    }


def advice_rows() -> list[tuple[str, str]]:
    option = str(HEADINGS["options"])
    texts = {
        "code": _(
            "The question's own number, at most 60 signs without spaces. With the code "
            "of a question in the bank, the row becomes its next version. Left empty, "
            "the platform gives one."
        ),
        "kind": _("Choose from the list. Other kinds are not carried."),
        "stem": _("Plain words. A question that needs a picture cannot be taken in."),
        "answer": _(
            "Single choice: a letter (B). Multiple choice: letters (ACD). True or "
            "false: 对 or 错. Calculation: a number (13.5). Blank: each accepted "
            "answer on a line of its own. Empty for putting in order and finding pairs."
        ),
        "tolerance": _("Calculations only: how far an answer may be off (0.05)."),
        "unit": _("Calculations only: 平方米, 元, 人 …"),
        "because": _("Why the answer is right; shown after the exam."),
        "difficulty": _("1 (easy) to 5 (hard)."),
        "cites": _("Where the rule stands; several with one on each line."),
        "tags": _(
            "Words to find the question by; several with one on each line. Those of "
            "the project's own questions may stand in Chinese or in English."
        ),
    }
    rows = [(str(HEADINGS[field]), text) for field, text in texts.items()]
    text = _(
        "From A on, without a gap. Putting in order: the steps in their right order. "
        "Finding pairs: left = right; = right alone belongs to no left side. Leave "
        "empty for other kinds."
    )
    return [*rows, (f"{option}A…{option}F", text)]


def write_annotated(
    headings: list[str], rows: list[tuple[list[str], str, str, str]]
) -> bytes:
    """Return the rows with their fate before them: cells, fate, its name, reason."""
    book = Book()
    own = [(_("Outcome"), 10), (_("Reason and remarks"), 50)]
    sheet = book.sheet(_("Questions"), own + [(heading, 16) for heading in headings])
    for at, (cells, fate, name, reason) in enumerate(rows, start=1):
        book.row(sheet, at, [name, reason], mark=fate)
        for column, cell in enumerate(cells, start=2):
            sheet.write_string(at, column, cell[:LONGEST_CELL], book.text)
    return book.bytes()
