"""Moodle XML read as Moodle and its many imitators write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from core.workbooks.markup import local, read_tree
from core.workbooks.refusals import Unreadable
from core.workbooks.signs import clean
from exams.domain.contents import JUDGEMENTS
from exams.enums import SHUFFLED, Kind

from .drafts import Draft, Reading, checked, is_true, judged
from .figures import figure_in, tolerance_written, written
from .findings import Findings, categories_left
from .keys import FULL, NEAR, right_in_multiple, right_in_single, weight_in
from .kinds import media_fault, not_carried
from .marks import fields_in
from .wording import Wording, from_html, from_markdown, from_unmarked

ROOT = "quiz"
READERS = {
    "html": from_html,
    "plain_text": lambda text: Wording(clean(text)),
    "markdown": from_markdown,
    "moodle_auto_format": from_unmarked,
}


@dataclass
class Asked(Findings):
    """One question element, and what is found out about it on the way."""

    element: Element

    def word(self, path: str) -> str:
        """Return what stands at a path, whether or not wrapped in <text>."""
        return word(self.element.find(path))

    def plain(self, element: Element | None, *, counts: bool = True) -> str:
        if element is None:
            return ""
        read = READERS.get(element.get("format", ""), from_unmarked)
        wording = read(word(element))
        if has_picture(element):
            wording = replace(wording, shows_media=True)
        return self.kept(wording, counts=counts)


def word(element: Element | None) -> str:
    if element is None:
        return ""
    inner = element.find("text")
    return "".join((inner if inner is not None else element).itertext()).strip()


def has_picture(element: Element) -> bool:
    """Old files name one beside the text instead of in it."""
    return any(word(element.find(name)) for name in ("image", "image_base64"))


def read(body: bytes) -> Reading:
    root = read_tree(body)
    if local(root) != ROOT:
        raise Unreadable(reason=_("its XML is neither Moodle's nor QTI's"))
    categories: dict[str, str] = {}
    drafts = []
    for asked, place, category in checked(questions_in(root)):
        draft = draft_of(asked, place)
        drafts.append(draft)
        if "subject" not in draft.fields:
            categories[place] = category
    return Reading(drafts, categories_left(categories.values()))


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
    elif {fields.get("kind"), said["kind"]} <= {Kind.SINGLE, Kind.JUDGE}:
        fields["kind"] = said["kind"]
    said.pop("kind", None)
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


def weights_of(asked: Asked) -> list[Decimal]:
    weights = []
    for answer in asked.element.findall("answer"):
        weight = weight_in(answer.get("fraction", "0"))
        if weight is None:
            asked.faults.append(_("the weight of an answer is not a number"))
        weights.append(weight or Decimal(0))
    return weights


def choice_fields(asked: Asked, because: str) -> dict[str, object]:
    answers = asked.element.findall("answer")
    weights = weights_of(asked)
    # Moodle itself takes a question without the element for a single choice.
    single = asked.word("single").casefold() not in ("false", "0")
    choose = right_in_single if single else right_in_multiple
    right = choose(weights, asked.notes)
    fields = {
        "kind": (Kind.SINGLE if single else Kind.MULTIPLE).value,
        "options": [asked.plain(answer) for answer in answers],
        "answer": right,
    }
    return fields | explained(asked, because, right)


def judgement_fields(asked: Asked, because: str) -> dict[str, object]:
    weights = weights_of(asked)
    meanings = [is_true(word(answer)) for answer in asked.element.findall("answer")]
    right = [place for place, weight in enumerate(weights) if weight >= FULL - NEAR]
    if len(right) != 1 or meanings[right[0]] is None:
        asked.faults.append(_("it does not say whether true or false is right"))
        return {"kind": Kind.JUDGE.value, "options": list(JUDGEMENTS)}
    fields = {
        "kind": Kind.JUDGE.value,
        "options": list(JUDGEMENTS),
        "answer": [0 if meanings[right[0]] else 1],
    }
    return fields | explained(asked, because, right)


def number_fields(asked: Asked, because: str) -> dict[str, object]:
    answers, weights = asked.element.findall("answer"), weights_of(asked)
    pairs = zip(answers, weights, strict=True)
    earning = [(a, w) for a, w in pairs if w > 0 and word(a) != "*"]
    right = [answer for answer, weight in earning if weight >= FULL - NEAR]
    if not right:
        asked.faults.append(_("no number earns all points"))
        return {"kind": Kind.NUMERIC.value}
    if len(earning) > 1:
        asked.note(_("other numbers that earn points are left out"))
    answer = right[0]
    number, wide = (
        figure_in(text or "0")
        for text in (word(answer), word(answer.find("tolerance")))
    )
    fields: dict[str, object] = {"kind": Kind.NUMERIC.value, "unit": unit_of(asked)}
    if number is None or wide is None or not word(answer):
        asked.faults.append(
            _("the answer “%(answer)s” is not a number") % {"answer": word(answer)}
        )
        return fields
    fields |= {
        "answer": written(number),
        "tolerance": tolerance_written(abs(wide), asked.notes),
    }
    return fields | explained(asked, because, [answers.index(answer)])


def unit_of(asked: Asked) -> str:
    """Return the unit that counts once; what it may be converted to is left out."""
    units = [
        (weight_in(word(unit.find("multiplier"))) or Decimal(1), unit)
        for unit in asked.element.findall("units/unit")
    ]
    names = [clean(word(unit.find("unit_name"))) for size, unit in units if size == 1]
    if len(units) > 1:
        asked.leave(_("further units with their factors"))
    return names[0] if names else ""


def word_fields(asked: Asked, because: str) -> dict[str, object]:
    """A short answer whose words are one number is a calculation; others stay out."""
    weights = weights_of(asked)
    answers = zip(asked.element.findall("answer"), weights, strict=True)
    numbers = {
        figure_in(word(answer)) for answer, weight in answers if weight >= FULL - NEAR
    }
    if len(numbers) != 1 or None in numbers:
        asked.faults.append(not_carried("shortanswer"))
        return {}
    asked.note(_("a short answer that is a number is read as a calculation"))
    return {"kind": Kind.NUMERIC.value, "answer": written(numbers.pop())}


def explained(asked: Asked, because: str, right: list[int]) -> dict[str, object]:
    """Take the general feedback as the explanation, else that of the right answer."""
    answers = asked.element.findall("answer")
    remarks = [asked.plain(a.find("feedback"), counts=False) for a in answers]
    first = remarks[right[0]] if right else ""
    others = [text for place, text in enumerate(remarks) if right[:1] != [place]]
    return {"because": asked.explanation(because, first, others)}


BY_TYPE = {
    "multichoice": choice_fields,
    "truefalse": judgement_fields,
    "numerical": number_fields,
    "shortanswer": word_fields,
}
