"""Giving the bank out as files, and saying what a file could not carry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from exams.domain.contents import Content, content_of
from exams.domain.keying import all_in_force
from exams.enums import Kind
from exams.models import Item

from .columns import HEADINGS
from .drafts import Draft, Terms, complete
from .formats import Format
from .taking_in import Preview
from .workbook import question_rows, table_in
from .workbook_writing import write_annotated


@dataclass(frozen=True)
class Loss:
    """What of one question would come back otherwise than it went out."""

    code: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    body: bytes
    losses: list[Loss]


def bank_contents(subject: str = "") -> dict[str, Content]:
    """Return the current version of every question, or of one subject's, by code."""
    items = Item.objects.exclude(current=None).select_related("current")
    if subject:
        items = items.filter(current__subject=subject)
    items = list(items.order_by("code"))
    keyed = all_in_force(item.current for item in items)
    pairs = zip(items, keyed, strict=True)
    return {item.code: content_of(version) for item, version in pairs}


def write_out(items: Mapping[str, Content], format: Format) -> Written:
    """Write a file and read it back: whatever differs is a loss, whoever caused it."""
    missing = {code: format.kind_missing(each) for code, each in items.items()}
    carried = {code: each for code, each in items.items() if not missing[code]}
    body = format.write(carried)
    read = format.read(body).drafts if carried else []
    back = {draft.code: draft for draft in read}
    losses = []
    for code, content in items.items():
        if code not in carried:
            losses.append(Loss(code, (whole_question(content, missing[code]),)))
        elif what := differences(content, back.get(code)):
            losses.append(Loss(code, what))
    return Written(body, losses)


def differences(content: Content, draft: Draft | None) -> tuple[str, ...]:
    if draft is None:
        return (_("the whole question"),)
    if draft.faults:
        return draft.faults
    read = complete(draft, Terms(difficulty=0, attested=""))
    came, went = asdict(read), asdict(content)
    # Compared as they are hashed: there False is not 0.
    return tuple(
        label_of(name) for name in went if told(came[name]) != told(went[name])
    )


def told(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def whole_question(content: Content, missing: str) -> str:
    kind = Kind(content.kind).label
    if missing != content.kind:
        return _("the whole question: a case that asks one of the kind %(kind)s") % {
            "kind": Kind(missing).label
        }
    return _("the whole question, of the kind %(kind)s") % {"kind": kind}


def label_of(field: str) -> str:
    return _("Parts") if field == "parts" else str(HEADINGS.get(field, field))


def annotate(preview: Preview) -> bytes:
    """Return the file as a workbook with every row's fate, its own columns behind.

    A workbook comes back with its rows; of other formats the questions are named.
    """
    if preview.format.code == "excel":
        table = table_in(question_rows(preview.upload.body))
        cells = {row.number: list(row.cells) for row in table.rows}
        headings = list(table.headings.cells)
    else:
        headings = [_("Place in the file"), _("Code"), _("Question")]
        cells = {}
    rows = []
    for verdict in preview.verdicts:
        draft = verdict.draft
        own = cells.get(draft.row, [draft.place, verdict.code, draft.brief])
        remarks = "\n".join(verdict.remarks)
        rows.append((own, verdict.fate.value, str(verdict.fate.label), remarks))
    return write_annotated(headings, rows)
