"""One QTI item, of whatever version, as a draft.

``one_spelling`` writes 3.0's names as 2.x has them, so there is one reader.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from core.workbooks.markup import local
from core.workbooks.signs import clean
from exams.domain.kinds.case import MOST
from exams.enums import ONE_CHOICE, SHUFFLED

from .composing import RULE, case_fields, with_gap, without_place
from .drafts import Draft, judged
from .kinds import not_carried
from .marks import fields_in, kinds_said
from .qti_interactions import (
    BESIDE,
    BY_INTERACTION,
    ESSAY,
    INLINE,
    Asked,
    explanation_in,
)
from .trees import add, words_of
from .wording import from_html

ITEM = "assessmentItem"
NEWER = "qti-"
RESPONSE = "responseIdentifier"
# Who runs a text through an HTML parser gets the gaps in it in small letters.
LOWERED = {name.lower(): name for name in (*INLINE, "inlineChoice")}
# How items refer to a text that several of them share.
OUTSIDE = ("include", "assessmentStimulusRef")
PARAGRAPHS = re.compile(r"\s*<p>.*</p>\s*", re.S)


def one_spelling(element: Element) -> None:
    """Take namespaces away and write qti-simple-choice as simpleChoice."""
    for each in element.iter():
        name = local(each)
        if not name:
            continue
        if name.startswith(NEWER):
            name = camel(name.removeprefix(NEWER))
            said = {camel(key): value for key, value in each.attrib.items()}
            each.attrib.clear()
            each.attrib.update(said)
        elif name in LOWERED:
            name = LOWERED[name]
            response = each.attrib.pop(RESPONSE.lower(), "")
            each.attrib.setdefault(RESPONSE, response)
        each.tag = name


def camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(word.capitalize() for word in others)


def item_draft(
    item: Element, place: str, tags: tuple[str, ...] = (), code: str = ""
) -> Draft:
    """Read an item; ``tags`` and ``code`` are what its package says of it."""
    said = fields_in(tags)
    asked = Asked(
        item=item,
        kind=str(said.get("kind", "")),
        unit=str(said.get("unit", "")),
        kinds=kinds_said(said),
    )
    fields: dict[str, object] = {}
    read_escaped(item, is_ours=bool(said))
    interactions = [e for e in item.iter() if local(e).endswith("Interaction")]
    drop_echo(item, interactions)
    if fault := fault_of_item(item, interactions):
        asked.faults.append(fault)
        fields["stem"] = asked.words(item.find("itemBody")).text
    else:
        fields |= asked_fields(asked, interactions)
        fields |= {"because": explanation_in(asked)}
        if "kind" not in said:
            fields = judged(fields, asked.notes)
        elif {fields.get("kind"), said["kind"]} <= ONE_CHOICE:
            fields["kind"] = said["kind"]
        note_fixed_order(asked, interactions[0], fields)
    said.pop("kind", None)
    names = (item.get("label", ""), item.get("identifier", ""), item.get("title", ""))
    return Draft(
        place=place,
        fields=fields | said,
        code=code,
        names=tuple(dict.fromkeys(filter(None, map(clean, names)))),
        notes=tuple(asked.notes),
        faults=tuple(asked.faults),
    )


def read_escaped(item: Element, *, is_ours: bool) -> None:
    """Canvas writes the HTML of a question as text, in a division of that class; what
    is written for Blackboard does so in prompts, as a paragraph. In ours a sign is a
    sign."""
    for division in item.iter("div"):
        if division.get("class") == "html" and "<" in (division.text or ""):
            unescape(division)
    for prompt in () if is_ours else item.iter("prompt"):
        if PARAGRAPHS.fullmatch(prompt.text or ""):
            unescape(prompt)


def unescape(element: Element) -> None:
    """Read the text of an element that holds nothing else as HTML."""
    if len(element):
        return
    wording = from_html(element.text or "")
    first, *others = wording.text.split("\n")
    element.text = first
    for line in others:
        add(element, "br").tail = line
    if wording.shows_media:
        add(element, "img")


def drop_echo(item: Element, interactions: list[Element]) -> None:
    """What is written for Blackboard says the question of an order or of pairs twice:
    before it, and in its prompt."""
    body = item.find("itemBody")
    if body is None or len(interactions) != 1:
        return
    (interaction,) = interactions
    prompt = interaction.find("prompt")
    if prompt is None:
        return
    before = words_of(body, without=BESIDE | {local(interaction)}).text
    if before and before == words_of(prompt).text:
        interaction.remove(prompt)


def asked_fields(asked: Asked, interactions: list[Element]) -> dict[str, object]:
    """Return what one interaction asks, or several of them as a case."""
    inner = [BY_INTERACTION[local(each)](asked, each) for each in interactions]
    for line in asked.all("hr"):
        line.text = RULE
    text = asked.plain(asked.item.find("itemBody"))
    if len(inner) > 1:
        title = clean(asked.item.get("title", ""))
        return case_fields(text, inner, asked, title=title, kinds=asked.kinds)
    if local(interactions[0]) in INLINE:
        return inner[0] | {"stem": with_gap(text, asked.unit)}
    return inner[0] | {"stem": without_place(text)}


def fault_of_item(item: Element, interactions: list[Element]) -> str:
    if item.get("adaptive", "").casefold() in ("true", "1"):
        return _("adaptive items are not carried")
    if next(item.iter("templateDeclaration"), None) is not None:
        return _("items made from a template with variables are not carried")
    for each in item.iter():
        if local(each) in OUTSIDE:
            values = {"path": each.get("href", "")}
            return _("it needs a text outside of it (%(path)s)") % values
    kinds = [local(each) for each in interactions]
    if not kinds:
        return not_carried("description")
    for kind in kinds:
        if kind not in BY_INTERACTION:
            return not_carried(kind)
    if len(kinds) > 1 and alone_among(kinds):
        names = ", ".join(kinds)
        return _("several questions in one item are not carried (%(names)s)") % {
            "names": names
        }
    return ""


def alone_among(kinds: list[str]) -> bool:
    """Tell whether one of several cannot be a question of a case."""
    return ESSAY in kinds or "gapMatchInteraction" in kinds or len(kinds) > MOST


def note_fixed_order(asked: Asked, interaction: Element, fields: dict) -> None:
    fixed = interaction.get("shuffle", "false") not in ("true", "1")
    fixed = fixed or any(e.get("fixed") in ("true", "1") for e in interaction)
    if fixed and fields.get("kind") in SHUFFLED:
        asked.note(_("its options stood in a fixed order, here they are shuffled"))
