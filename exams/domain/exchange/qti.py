"""One QTI item, of whatever version, as a draft.

``one_spelling`` writes 3.0's names as 2.x has them, so there is one reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from core.workbooks.markup import local
from core.workbooks.signs import clean
from exams.enums import SHUFFLED, Kind

from .drafts import Draft, judged
from .figures import figure_in, written
from .findings import Findings
from .keys import weight_in
from .kinds import not_carried
from .marks import fields_in
from .qti_marking import marking_rule
from .trees import words_of

ITEM = "assessmentItem"
NEWER = "qti-"
BLANK = "_____"
RIGHT = re.compile(r"^(?!.*incorrect).*(?:correct|right|explanation)", re.I)
# In the body, but not what the candidate is asked.
BESIDE = frozenset(
    [
        "simpleChoice",
        "rubricBlock",
        "feedbackBlock",
        "feedbackInline",
        "templateBlock",
        "stylesheet",
        "templateInline",
        "infoControl",
        "catalogInfo",
    ]
)


@dataclass
class Asked(Findings):
    """One item, and what is found out about it on the way."""

    item: Element

    def plain(self, element: Element | None, without=BESIDE, *, counts=True) -> str:
        if element is None:
            return ""
        return self.kept(words_of(element, without=without), counts=counts)

    def all(self, name: str) -> list[Element]:
        return list(self.item.iter(name))


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
        each.tag = name


def camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(word.capitalize() for word in others)


def item_draft(
    item: Element, place: str, tags: tuple[str, ...] = (), code: str = ""
) -> Draft:
    """Read an item; ``tags`` and ``code`` are what its package says of it."""
    asked = Asked(item)
    said = fields_in(tags)
    fields: dict[str, object] = {}
    interactions = [e for e in item.iter() if local(e).endswith("Interaction")]
    if fault := fault_of_item(item, interactions):
        asked.faults.append(fault)
        fields["stem"] = asked.plain(item.find("itemBody"), counts=False)
    else:
        unit = str(said.get("unit", ""))
        fields |= BY_INTERACTION[local(interactions[0])](asked, interactions[0], unit)
        fields["because"] = explanation_in(asked)
        if "kind" not in said:
            fields = judged(fields, asked.notes)
        elif {fields.get("kind"), said["kind"]} <= {Kind.SINGLE, Kind.JUDGE}:
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


def fault_of_item(item: Element, interactions: list[Element]) -> str:
    if item.get("adaptive", "").casefold() in ("true", "1"):
        return _("adaptive items are not carried")
    if next(item.iter("templateDeclaration"), None) is not None:
        return _("items made from a template with variables are not carried")
    kinds = [local(each) for each in interactions]
    if not kinds:
        return not_carried("description")
    for kind in kinds:
        if kind not in BY_INTERACTION:
            return not_carried(kind)
    if len(kinds) > 1:
        names = ", ".join(kinds)
        return _("several questions in one item are not carried (%(names)s)") % {
            "names": names
        }
    return ""


def choice_fields(asked: Asked, interaction: Element, unit: str) -> dict[str, object]:
    choices = [each for each in interaction if local(each) == "simpleChoice"]
    named = [each.get("identifier", "") for each in choices]
    declaration = declaration_of(asked.item, interaction)
    cardinality = declaration.get("cardinality", "single")
    keys = keys_in(asked, declaration)
    places = sorted({named.index(key) for key in keys if key in named})
    if cardinality not in ("single", "multiple"):
        asked.faults.append(not_carried(f"choiceInteraction/{cardinality}"))
    elif not keys:
        asked.faults.append(_("it does not state its right answer"))
    elif not set(keys) <= set(named):
        asked.faults.append(_("the right answer names an option that is not there"))
    many = cardinality == "multiple"
    most = interaction.get("maxChoices", "1")
    if many and most.isdecimal() and 0 < int(most) < len(choices):
        asked.leave(_("the limit of %(most)s choices") % {"most": most})
    return {
        "kind": (Kind.MULTIPLE if many else Kind.SINGLE).value,
        "stem": asked.plain(asked.item.find("itemBody")),
        "options": [asked.plain(each, BESIDE - {"simpleChoice"}) for each in choices],
        "answer": places,
    }


def note_fixed_order(asked: Asked, interaction: Element, fields: dict) -> None:
    fixed = interaction.get("shuffle", "false") not in ("true", "1")
    fixed = fixed or any(e.get("fixed") in ("true", "1") for e in interaction)
    if fixed and fields.get("kind") in SHUFFLED:
        asked.note(_("its options stood in a fixed order, here they are shuffled"))


def entry_fields(asked: Asked, interaction: Element, unit: str) -> dict[str, object]:
    interaction.text = BLANK
    stem = asked.plain(asked.item.find("itemBody"))
    ending = f"{BLANK} {unit}".strip()
    if stem.endswith((BLANK, ending)):  # nothing follows, so the blank says nothing
        stem = stem.removesuffix(ending).removesuffix(BLANK).rstrip()
    fields: dict[str, object] = {"kind": Kind.NUMERIC.value, "stem": stem}
    declaration = declaration_of(asked.item, interaction)
    values = keys_in(asked, declaration)
    numbers = [figure_in(value) for value in values]
    response = interaction.get("responseIdentifier", "RESPONSE")
    stated = numbers[0] if numbers else None
    rule = marking_rule(asked.item, response, stated, asked.notes)
    if rule.fault:
        asked.faults.append(rule.fault)
    elif rule.fields:
        fields |= rule.fields
    elif not values:
        asked.faults.append(_("it does not state its right answer"))
    elif len(set(numbers)) > 1 or None in numbers:
        asked.faults.append(not_carried("textEntryInteraction"))
    else:
        fields |= {"answer": written(numbers[0]), "tolerance": "0"}
        if declaration.get("baseType") not in ("float", "integer"):
            asked.note(_("a short answer that is a number is read as a calculation"))
    return fields


def declaration_of(item: Element, interaction: Element) -> Element:
    name = interaction.get("responseIdentifier", "RESPONSE")
    for declaration in item.iter("responseDeclaration"):
        if declaration.get("identifier") == name:
            return declaration
    return Element("responseDeclaration")


def keys_in(asked: Asked, declaration: Element) -> list[str]:
    """Return the right values: those stated, else those that earn points."""
    stated = [
        clean("".join(value.itertext()))
        for value in declaration.findall("correctResponse/value")
    ]
    weights = {
        clean(entry.get("mapKey", "")): weight_in(entry.get("mappedValue", "0")) or 0
        for entry in declaration.findall("mapping/mapEntry")
    }
    earning = {key: weight for key, weight in weights.items() if weight > 0}
    if len(set(earning.values())) > 1 or (stated and earning.keys() - set(stated)):
        asked.leave(_("points for single answers"))
    if declaration.get("cardinality") == "multiple" or len(earning) <= 1:
        return list(filter(None, stated)) or list(earning)
    best = [key for key, weight in earning.items() if weight == max(earning.values())]
    return list(filter(None, stated)) or best


def explanation_in(asked: Asked) -> str:
    """Return the feedback shown with the result, preferring that of a right answer."""
    blocks = [*asked.all("modalFeedback"), *asked.all("feedbackBlock")]
    blocks += [
        e for e in asked.all("rubricBlock") if "candidate" not in e.get("view", "")
    ]
    inner = BESIDE - {"feedbackBlock", "rubricBlock"}
    texts = [
        (each.get("identifier", ""), asked.plain(each, inner, counts=False))
        for each in blocks
    ]
    texts = [(name, text) for name, text in texts if text]
    if asked.all("feedbackInline"):
        asked.leave(_("feedback on single options"))
    right = [text for name, text in texts if RIGHT.match(name)]
    first, *others = right or [text for _name, text in texts] or [""]
    return asked.explanation("", first, others or texts[1:])


BY_INTERACTION = {
    "choiceInteraction": choice_fields,
    "textEntryInteraction": entry_fields,
}
