"""Questions in an Excel workbook: one row each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.workbooks.refusals import Unreadable
from core.workbooks.sheets import Row, rows_of
from exams.domain.contents import JUDGEMENTS
from exams.domain.kinds import asking_for
from exams.enums import CHOSEN, Attested, Kind, Subject

from .columns import (
    HEADINGS,
    NEEDED,
    choice_words,
    column_names,
    difficulty_words,
    edition_words,
    folded,
    kind_words,
    option_names,
    place_of_option,
)
from .drafts import MOST, Draft, Reading, checked, is_true
from .figures import figure_in, tolerance_written, written
from .marks import tag_read
from .refusals import TooManyQuestions

# A title or a line of advice may stand above the headings.
HEADINGS_WITHIN = 10
SPLIT_CITES = re.compile(r"[;；]")
SPLIT_TAGS = re.compile(r"[;；,，、]")
BETWEEN_LETTERS = re.compile(r"[\s,;/|、.和与&]+")


@dataclass(frozen=True)
class Table:
    """Where each field stands, and the rows below the headings."""

    headings: Row
    columns: dict[str, int]
    options: list[int]
    rows: list[Row]

    def cell(self, row: Row, field: str) -> str:
        place = self.columns.get(field)
        return row.cells[place] if place is not None else ""


@dataclass(frozen=True)
class Words:
    """What the words in a cell mean, drawn up once for a whole workbook."""

    kinds: dict[str, str]
    choices: dict[str, dict[str, object]]

    @classmethod
    def of_this_site(cls) -> Words:
        choices = {
            "subject": choice_words(Subject),
            "attested": choice_words(Attested),
            "difficulty": difficulty_words(),
            "edition": edition_words(),
        }
        return cls(kind_words(), choices)


def read(body: bytes) -> Reading:
    table = table_in(question_rows(body))
    words = Words.of_this_site()
    return Reading(checked(draft_of(table, row, words) for row in table.rows))


def question_rows(body: bytes) -> list[Row]:
    return rows_of(body, most=MOST, too_many=TooManyQuestions)


def table_in(rows: list[Row]) -> Table:
    """Find the headings among the first rows; ``Unreadable`` names what is missing."""
    names, option_words = column_names(), option_names()
    best: dict[str, int] = {}
    for at, row in enumerate(rows[:HEADINGS_WITHIN]):
        columns: dict[str, int] = {}
        for place, heading in enumerate(row.cells):
            if field := names.get(folded(heading)):
                columns.setdefault(field, place)
        if set(NEEDED) <= columns.keys():
            options = options_in(row, option_words)
            return Table(row, columns, options, rows[at + 1 :])
        best = max(best, columns, key=len)
    missing = ", ".join(str(HEADINGS[field]) for field in NEEDED if field not in best)
    reason = _("its first sheet lacks these columns: %(missing)s") % {
        "missing": missing
    }
    raise Unreadable(reason=reason)


def options_in(headings: Row, words: set[str]) -> list[int]:
    places = {}
    for column, heading in enumerate(headings.cells):
        place = place_of_option(heading, words)
        if place is not None:
            places.setdefault(place, column)
    return [places[place] for place in sorted(places)]


def draft_of(table: Table, row: Row, words: Words) -> Draft:
    faults, notes = [*row.faults, *row.date_faults, *row.cut_faults], []
    fields: dict[str, object] = {
        "stem": table.cell(row, "stem"),
        "because": table.cell(row, "because"),
        "unit": table.cell(row, "unit"),
        "cites": listed(table.cell(row, "cites"), SPLIT_CITES),
        "tags": [*map(tag_read, listed(table.cell(row, "tags"), SPLIT_TAGS))],
    }
    for field, meanings in words.choices.items():
        if text := table.cell(row, field):
            fields[field] = meanings.get(folded(text), text)
            if folded(text) not in meanings:
                faults.append(
                    _("“%(word)s” is not known under %(heading)s")
                    % {"word": text, "heading": HEADINGS[field]}
                )
    kind_text = table.cell(row, "kind")
    kind = words.kinds.get(folded(kind_text))
    if kind is None:
        faults.append(_("the kind “%(kind)s” is not carried") % {"kind": kind_text})
    else:
        fields["kind"] = kind
        fields |= READERS.get(kind, typed_fields)(table, row, kind, faults, notes)
    return Draft(
        place=_("Row %(number)s") % {"number": row.number},
        fields=fields,
        code=table.cell(row, "code"),
        notes=tuple(notes),
        faults=tuple(faults),
        row=row.number,
    )


def options_of(table, row, faults) -> list[str]:
    options = [row.cells[column] for column in table.options]
    while options and not options[-1]:
        options.pop()
    if "" in options:
        faults.append(_("an option is empty between two others"))
    return options


def typed_fields(table, row, kind, faults, notes) -> dict[str, object]:
    """Read the cells of the newer kinds as an author types them into the form."""
    options = options_of(table, row, faults)
    return asking_for(kind).typed(options, table.cell(row, "answer"))


def chosen_fields(table, row, kind, faults, notes) -> dict[str, object]:
    options = options_of(table, row, faults)
    text = table.cell(row, "answer")
    if kind == Kind.JUDGE and not options:
        meaning = is_true(unicodedata.normalize("NFKC", text))
        if meaning is None:
            faults.append(
                _("the answer “%(answer)s” is neither true nor false")
                % {"answer": text}
            )
        return {
            "options": list(JUDGEMENTS),
            "answer": [] if meaning is None else [0 if meaning else 1],
        }
    answer = places_in(text, options)
    if answer is None:
        faults.append(
            _("the answer “%(answer)s” does not name its options by letter")
            % {"answer": text}
        )
    return {"options": options, "answer": answer or []}


def places_in(text: str, options: list[str]) -> list[int] | None:
    """Return the places that letters name: ``AC``, ``A、C`` and ``ａ,ｃ`` alike."""
    letters = BETWEEN_LETTERS.sub("", unicodedata.normalize("NFKC", text)).upper()
    places = sorted({ord(letter) - ord("A") for letter in letters})
    if places and set(places) <= set(range(len(options))):
        return places
    if text in options:
        return [options.index(text)]
    meaning = is_true(text)
    meant = [n for n, option in enumerate(options) if is_true(option) is meaning]
    return meant if meaning is not None and len(meant) == 1 else None


def number_fields(table, row, kind, faults, notes) -> dict[str, object]:
    unit, text = table.cell(row, "unit"), table.cell(row, "answer")
    answer = figure_in(text, unit=unit)
    if answer is None:
        faults.append(_("the answer “%(answer)s” is not a number") % {"answer": text})
    wide = table.cell(row, "tolerance") or "0"
    tolerance = figure_in(wide.lstrip("±"), unit=unit)
    if tolerance is None:
        faults.append(_("the tolerance “%(text)s” is not a number") % {"text": wide})
    if answer is None or tolerance is None:
        return {"answer": text}
    return {
        "answer": written(answer),
        "tolerance": tolerance_written(tolerance, notes),
    }


def listed(text: str, between: re.Pattern) -> list[str]:
    """Return one entry a line; of a single line, what its separators divide."""
    parts = text.split("\n") if "\n" in text else between.split(text)
    return [part.strip() for part in parts if part.strip()]


READERS = {Kind.NUMERIC: number_fields} | dict.fromkeys(CHOSEN, chosen_fields)
