"""Moodle XML read as Moodle and its many imitators write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from core.workbooks.markup import local, read_tree
from core.workbooks.refusals import Unreadable
from core.workbooks.signs import clean
from exams.enums import ONE_CHOICE, SHUFFLED

from .drafts import Draft, Reading, checked, judged
from .findings import Categories, marking_note
from .kinds import media_fault, not_carried
from .marks import fields_in, kinds_said
from .moodle_types import BY_TYPE, Asked, has_picture, word

ROOT = "quiz"


def read(body: bytes) -> Reading:
    root = read_tree(body)
    if local(root) != ROOT:
        raise Unreadable(reason=_("its XML is neither Moodle's nor QTI's"))
    categories = Categories()
    drafts = []
    for asked, place, category in checked(questions_in(root)):
        draft = draft_of(asked, place)
        fields = categories.sorted(draft.fields, category)
        drafts.append(replace(draft, fields=fields))
    return Reading(drafts, (*categories.left, *marking_note(drafts)))


def questions_in(root: Element) -> Iterator[tuple[Asked, str, str]]:
    category, number = "", 0
    for element in root.iter("question"):
        if element.get("type") == "category":
            category = word(element.find("category"))
            continue
        number += 1
        place = _("Question %(number)s") % {"number": number}
        yield Asked(element), place, category


def draft_of(asked: Asked, place: str) -> Draft:
    said = fields_in(clean(word(tag)) for tag in asked.element.findall("tags/tag"))
    asked.kind, asked.kinds = str(said.get("kind", "")), kinds_said(said)
    kind = asked.element.get("type", "")
    stem = asked.element.find("questiontext")
    fields: dict[str, object] = {
        "stem": asked.plain(stem),
        "because": asked.plain(asked.element.find("generalfeedback"), counts=False),
    }
    if has_picture(asked.element):
        asked.faults.append(media_fault())
    if kind in BY_TYPE:
        fields |= BY_TYPE[kind](asked, fields["because"])
    else:
        asked.faults.append(not_carried(kind))
    if "kind" not in said:
        fields = judged(fields, asked.notes)
    elif {fields.get("kind"), said["kind"]} <= ONE_CHOICE:
        fields["kind"] = said["kind"]
    said.pop("kind", None)
    note_left(asked)
    fixed = asked.word("shuffleanswers").casefold() in ("false", "0")
    if fixed and fields.get("kind") in SHUFFLED:
        asked.note(_("its options stood in a fixed order, here they are shuffled"))
    return Draft(
        place=place,
        fields=fields | said,
        code=clean(asked.word("idnumber")),
        names=(clean(asked.word("name")),),
        notes=tuple(asked.notes),
        faults=tuple(asked.faults),
    )


def note_left(asked: Asked) -> None:
    """Tell of hints, and of files that are attached and not shown."""
    if any(word(hint) for hint in asked.element.findall("hint")):
        asked.leave(_("hints"))
    names = [file.get("name", "") for file in asked.element.iter("file")]
    if names and media_fault() not in asked.faults:
        asked.leave(_("the files %(names)s") % {"names": ", ".join(names)})
