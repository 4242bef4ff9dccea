"""Moodle's types of questions, each read as one of the bank's kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from core.workbooks.signs import clean
from exams.domain.contents import JUDGEMENTS
from exams.domain.kinds.case import MOST
from exams.enums import Kind

from .answers import (
    matching_fields,
    ordering_fields,
    short_fields,
    without_wildcards,
)
from .answers import word_fields as fields_of_words
from .cloze import gap_fields, gaps_in
from .composing import PLACE, RULE, case_fields, with_gap
from .drafts import is_true
from .figures import figure_in, tolerance_written, written
from .findings import Findings
from .keys import FULL, NEAR, right_in_multiple, right_in_single, weight_in
from .wording import Wording, from_html, from_markdown, from_unmarked

RULED = re.compile(r"<hr[^<>]*>", re.I)
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
    # What the file says of its kind, and of those of its questions.
    kind: str = ""
    kinds: tuple[str, ...] = ()

    def word(self, path: str) -> str:
        """Return what stands at a path, whether or not wrapped in <text>."""
        return word(self.element.find(path))

    def plain(self, element: Element | None, *, counts: bool = True) -> str:
        if element is None:
            return ""
        wording = wording_of(word(element), element.get("format", ""))
        if has_picture(element):
            wording = replace(wording, shows_media=True)
        return self.kept(wording, counts=counts)


def word(element: Element | None) -> str:
    if element is None:
        return ""
    inner = element.find("text")
    return "".join((inner if inner is not None else element).itertext()).strip()


def wording_of(text: str, form: str) -> Wording:
    return READERS.get(form, from_unmarked)(text)


def has_picture(element: Element) -> bool:
    """Old files name one beside the text instead of in it."""
    return any(word(element.find(name)) for name in ("image", "image_base64"))


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
    """A short answer is a blank, unless its words are one number."""
    answers, weights = asked.element.findall("answer"), weights_of(asked)
    if any(0 < weight < FULL - NEAR for weight in weights):
        asked.note(_("other answers that earn points are left out"))
    if asked.word("usecase") == "1":
        asked.leave(_("the difference of small and capital letters"))
    right = [
        place
        for place, weight in enumerate(weights)
        if weight >= FULL - NEAR and word(answers[place])
    ]
    words = [clean(word(answers[place])) for place in right]
    fields = fields_of_words(without_wildcards(words, asked), asked, said=asked.kind)
    return fields | explained(asked, because, right)


def pair_fields(asked: Asked, because: str) -> dict[str, object]:
    pairs = []
    for each in asked.element.findall("subquestion"):
        pairs.append((asked.plain(each), clean(word(each.find("answer")))))
    return matching_fields(pairs, asked)


def step_fields(asked: Asked, because: str) -> dict[str, object]:
    """Its steps stand in their right order; their fraction counts them."""
    if asked.word("selecttype").upper() in ("RANDOM", "CONTIGUOUS"):
        asked.leave(_("that only some of the steps are asked"))
    answers = asked.element.findall("answer")
    steps = [asked.plain(answer) for answer in answers]
    return ordering_fields(filter(None, steps)) | explained(asked, because, [])


def essay_fields(asked: Asked, because: str) -> dict[str, object]:
    if asked.word("attachments") not in ("", "0"):
        asked.leave(_("that files may be handed in"))
    if asked.word("responsetemplate"):
        asked.leave(_("the text that an answer begins with"))
    guide = asked.plain(asked.element.find("graderinfo"))
    return short_fields(guide, because, asked)


def cloze_fields(asked: Asked, because: str) -> dict[str, object]:
    """One gap is a question of its kind, several are a case."""
    question = asked.element.find("questiontext")
    text = word(question).replace(PLACE, "").replace(RULE, "")
    gaps = list(islice(gaps_in(text), MOST + 1))
    if len(gaps) > MOST:
        asked.faults.append(_("a case has from two to eight questions"))
        return {"kind": Kind.CASE.value, "stem": clean(asked.word("name"))}
    for gap in reversed(gaps):
        text = f"{text[: gap.begin]}{PLACE}{text[gap.end :]}"
    form = question.get("format", "") if question is not None else ""
    if form != "plain_text":
        text = RULED.sub(RULE, text)
    plain = wording_of(text, form).text
    if len({gap.weight for gap in gaps}) > 1:
        asked.note(_("its questions' different weights are left out"))
    inner = [gap_fields(gap, asked) for gap in gaps]
    if len(inner) == 1:
        return inner[0] | {"stem": with_gap(plain)}
    title = clean(asked.word("name"))
    return case_fields(plain, inner, asked, title=title, kinds=asked.kinds)


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
    "matching": pair_fields,
    "match": pair_fields,
    "ordering": step_fields,
    "essay": essay_fields,
    "cloze": cloze_fields,
    "multianswer": cloze_fields,
}
