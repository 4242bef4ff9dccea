"""QTI's interactions, each read as one of the bank's kinds.

A reader marks in the item's text, with ``PLACE``, where its answer goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from core.workbooks.markup import local
from core.workbooks.signs import clean
from exams.enums import Kind

from .answers import matching_fields, ordering_fields, short_fields, word_fields
from .composing import GAP, PLACE
from .figures import figure_in, written
from .findings import Findings
from .keys import weight_in
from .kinds import not_carried
from .qti_marking import fault_of_words, marking_rule
from .trees import add, words_of
from .wording import Wording

# In the body, but not what the candidate is asked.
BESIDE = frozenset(
    [
        "simpleChoice",
        "inlineChoice",
        "simpleMatchSet",
        "simpleAssociableChoice",
        "gapText",
        "gapImg",
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
    # What the file says of its kind, its unit and the kinds of its questions.
    kind: str = ""
    unit: str = ""
    kinds: tuple[str, ...] = ()

    def plain(self, element: Element | None, without=BESIDE, *, counts=True) -> str:
        return self.kept(self.words(element, without), counts=counts)

    def words(self, element: Element | None, without=BESIDE) -> Wording:
        return Wording("") if element is None else words_of(element, without=without)

    def option(self, element: Element) -> str:
        """Return the words of something that can be chosen."""
        return self.plain(element, BESIDE - {local(element)})

    def named(self, within: Element, *names: str) -> dict[str, Element]:
        """Return what can be chosen within an element, by identifier."""
        found = [each for each in within.iter() if local(each) in names]
        by_name = {each.get("identifier", ""): each for each in found}
        if len(by_name) < len(found):
            self.faults.append(_("two things to choose have the same identifier"))
        return by_name

    def all(self, name: str) -> list[Element]:
        return list(self.item.iter(name))


ESSAY = "extendedTextInteraction"
RIGHT = re.compile(r"^(?!.*incorrect).*(?:correct|right|explanation)", re.I)
CHOICES = ("simpleChoice", "inlineChoice")
# What a gap is called on its left side; no attribute of QTI is named so.
GAP_NAME = "gap:name"
PAIRABLE = ("simpleAssociableChoice", "gapText", "gapImg")


def mark_place(interaction: Element) -> None:
    add(interaction, "span", PLACE)


def choice_fields(asked: Asked, interaction: Element) -> dict[str, object]:
    mark_place(interaction)
    choices = asked.named(interaction, *CHOICES)
    declaration = declaration_of(asked.item, interaction)
    cardinality = declaration.get("cardinality", "single")
    keys = keys_in(asked, declaration)
    names = {name: place for place, name in enumerate(choices)}
    places = sorted({names[key] for key in keys if key in names})
    if cardinality not in ("single", "multiple"):
        asked.faults.append(not_carried(f"{local(interaction)}/{cardinality}"))
    elif not keys:
        asked.faults.append(_("it does not state its right answer"))
    elif not set(keys) <= names.keys():
        asked.faults.append(_("the right answer names an option that is not there"))
    many = cardinality == "multiple"
    most = interaction.get("maxChoices", "1")
    if many and most.isdecimal() and 0 < int(most) < len(choices):
        asked.leave(_("the limit of %(most)s choices") % {"most": most})
    return {
        "kind": (Kind.MULTIPLE if many else Kind.SINGLE).value,
        "options": [asked.option(each) for each in choices.values()],
        "answer": places,
    }


def entry_fields(asked: Asked, interaction: Element) -> dict[str, object]:
    """Read a number or a word, as the declared type and the file's own mark say."""
    mark_place(interaction)
    declaration = declaration_of(asked.item, interaction)
    values = accepted_in(asked, declaration)
    numbers = [figure_in(value) for value in values]
    is_typed = declaration.get("baseType") in ("float", "integer")
    stays_word = bool(asked.kind or asked.kinds) and not is_typed
    if stays_word or (not is_typed and (len(set(numbers)) != 1 or None in numbers)):
        return blank_fields(asked, interaction, values)
    fields: dict[str, object] = {"kind": Kind.NUMERIC.value, "answer": ""}
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
        asked.faults.append(
            _("the answer “%(answer)s” is not a number") % {"answer": "; ".join(values)}
        )
    else:
        fields |= {"answer": written(numbers[0]), "tolerance": "0"}
        if not is_typed:
            asked.note(_("a short answer that is a number is read as a calculation"))
    return fields


def blank_fields(
    asked: Asked, interaction: Element, values: list[str]
) -> dict[str, object]:
    response = interaction.get("responseIdentifier", "RESPONSE")
    if fault := fault_of_words(asked.item, response):
        asked.faults.append(fault)
    elif not values:
        asked.faults.append(_("it does not state its right answer"))
    return word_fields(values, asked, said=Kind.BLANK)


def order_fields(asked: Asked, interaction: Element) -> dict[str, object]:
    """Keep the steps as the file lists them; the key names their right order."""
    mark_place(interaction)
    steps = asked.named(interaction, "simpleChoice")
    keys = keys_in(asked, declaration_of(asked.item, interaction))
    names = {name: place for place, name in enumerate(steps)}
    if sorted(keys) != sorted(names):
        asked.faults.append(_("its right order does not name every step once"))
    key = [names[name] for name in keys if name in names]
    return ordering_fields(map(asked.option, steps.values())) | {"answer": key}


def match_fields(asked: Asked, interaction: Element) -> dict[str, object]:
    """Take as left sides the set of which each has one partner."""
    mark_place(interaction)
    sets = [each for each in interaction if local(each) == "simpleMatchSet"]
    pairs = pairs_in(asked, interaction)
    if len(sets) != 2:
        return unpaired(asked)
    first, second = (asked.named(each, *PAIRABLE) for each in sets)
    if is_one_each([left for left, _right in pairs], first):
        return paired(asked, first, second, pairs)
    turned = [(right, left) for left, right in pairs]
    if is_one_each([right for right, _left in turned], second):
        asked.note(_("left and right sides are exchanged"))
        return paired(asked, second, first, turned)
    return unpaired(asked)


def associate_fields(asked: Asked, interaction: Element) -> dict[str, object]:
    """Pairs out of one set: what its key names first is taken as the left side."""
    mark_place(interaction)
    choices = asked.named(interaction, *PAIRABLE)
    pairs = pairs_in(asked, interaction)
    lefts = [left for left, _right in pairs]
    both = lefts + [right for _left, right in pairs]
    if not pairs or len(set(both)) < len(both) or not set(both) <= set(choices):
        return unpaired(asked)
    asked.note(_("its pairs could be formed freely; here each has a left and a right"))
    left = {name: choices[name] for name in lefts}
    right = {name: each for name, each in choices.items() if name not in left}
    return paired(asked, left, right, pairs)


def gap_match_fields(asked: Asked, interaction: Element) -> dict[str, object]:
    """Words dragged into gaps: the numbered gaps are the left sides."""
    gaps = asked.named(interaction, "gap")
    words = asked.named(interaction, *PAIRABLE)
    turned = [(gap, word) for word, gap in pairs_in(asked, interaction)]
    for number, gap in enumerate(gaps.values(), start=1):
        name = f"（{number}）"
        add(gap, "span", f"{name}{GAP}")
        gap.set(GAP_NAME, name)
    if not is_one_each([gap for gap, _word in turned], gaps):
        return unpaired(asked)
    return paired(asked, gaps, words, turned)


def pairs_in(asked: Asked, interaction: Element) -> list[tuple[str, str]]:
    keys = keys_in(asked, declaration_of(asked.item, interaction))
    pairs = [tuple(key.split()) for key in keys]
    return [pair for pair in pairs if len(pair) == 2]


def unpaired(asked: Asked) -> dict[str, object]:
    asked.faults.append(_("its pairs do not give each side one partner"))
    return {"kind": Kind.MATCHING.value}


def is_one_each(names: list[str], side: dict[str, Element]) -> bool:
    return bool(names) and sorted(names) == sorted(side)


def paired(
    asked: Asked,
    lefts: dict[str, Element],
    rights: dict[str, Element],
    pairs: list[tuple[str, str]],
) -> dict[str, object]:
    """Return the pairs in the order of their left sides, with all right sides."""
    partner = dict(pairs)
    if not set(partner.values()) <= set(rights):
        asked.faults.append(_("the right answer names an option that is not there"))
        return {"kind": Kind.MATCHING.value}
    words = {name: asked.option(each) for name, each in rights.items()}
    found = [
        (each.get(GAP_NAME) or asked.option(each), words[partner[name]])
        for name, each in lefts.items()
    ]
    fields = matching_fields(found, asked)
    options = list(dict.fromkeys(words.values()))
    places = {option: place for place, option in enumerate(options)}
    key = [places[right] for _left, right in found]
    return fields | {"options": options, "answer": key}


def essay_fields(asked: Asked, interaction: Element) -> dict[str, object]:
    mark_place(interaction)
    values = keys_in(asked, declaration_of(asked.item, interaction))
    guides = list(guides_in(asked))
    return short_fields("\n".join(guides or values), explanation_in(asked), asked)


def guides_in(asked: Asked) -> Iterator[str]:
    """Yield what the item says to those who mark it."""
    for block in asked.all("rubricBlock"):
        if "scorer" in block.get("view", ""):
            yield asked.plain(block, BESIDE - {"rubricBlock"})


def declaration_of(item: Element, interaction: Element) -> Element:
    name = interaction.get("responseIdentifier", "RESPONSE")
    for declaration in item.iter("responseDeclaration"):
        if declaration.get("identifier") == name:
            return declaration
    return Element("responseDeclaration")


def keys_in(asked: Asked, declaration: Element) -> list[str]:
    """Return the right values: those stated, else those that earn points."""
    stated, earning = stated_in(declaration), earning_in(declaration)
    if len(set(earning.values())) > 1 or (stated and earning.keys() - set(stated)):
        asked.leave(_("points for single answers"))
    if declaration.get("cardinality") == "multiple" or len(earning) <= 1:
        return stated or list(earning)
    best = [key for key, weight in earning.items() if weight == max(earning.values())]
    return stated or best


def stated_in(declaration: Element) -> list[str]:
    values = declaration.findall("correctResponse/value")
    return list(filter(None, (clean("".join(each.itertext())) for each in values)))


def earning_in(declaration: Element) -> dict[str, Decimal]:
    """Return the values that earn points, and how many."""
    weights = {
        clean(entry.get("mapKey", "")): weight_in(entry.get("mappedValue", "0"))
        for entry in declaration.findall("mapping/mapEntry")
    }
    return {key: weight for key, weight in weights.items() if weight and weight > 0}


def accepted_in(asked: Asked, declaration: Element) -> list[str]:
    """Return all values that earn as much as the best, those stated first."""
    stated, earning = stated_in(declaration), earning_in(declaration)
    most = max(earning.values(), default=0)
    if any(weight < most for weight in earning.values()):
        asked.note(_("other answers that earn points are left out"))
    best = [key for key, weight in earning.items() if weight == most]
    return list(dict.fromkeys([*stated, *best]))


def explanation_in(asked: Asked) -> str:
    """Return the feedback shown with the result, preferring that of a right answer."""
    blocks = [*asked.all("modalFeedback"), *asked.all("feedbackBlock")]
    beside = {"candidate"} | ({"scorer"} if asked.all(ESSAY) else set())
    blocks += [
        each
        for each in asked.all("rubricBlock")
        if not beside & set(each.get("view", "").split())
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


# Those whose answer stands within a line of text.
INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
BY_INTERACTION = {
    "choiceInteraction": choice_fields,
    "inlineChoiceInteraction": choice_fields,
    "textEntryInteraction": entry_fields,
    "orderInteraction": order_fields,
    "matchInteraction": match_fields,
    "associateInteraction": associate_fields,
    "gapMatchInteraction": gap_match_fields,
    ESSAY: essay_fields,
}
