"""Moodle XML written as Moodle writes it."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from exams.domain.contents import JUDGEMENTS, Content
from exams.enums import Kind, Subject

from .cloze_writing import write_cloze
from .keys import FULL, WRONG_SHARE, share_of
from .marks import marks_of
from .trees import add, write_lined

PLAIN, MARKED = "plain_text", "html"
TYPES = {
    Kind.NUMERIC: "numerical",
    Kind.BLANK: "shortanswer",
    Kind.ORDERING: "ordering",
    Kind.MATCHING: "matching",
    Kind.CASE: "cloze",
    Kind.SHORT: "essay",
}


def write(items: Mapping[str, Content]) -> bytes:
    quiz = Element("quiz")
    subject = ""
    for code, content in items.items():
        if content.subject != subject:
            subject = content.subject
            category = add(add(quiz, "question", type="category"), "category")
            add(category, "text", f"$course$/top/{Subject(subject).label}")
        add_question(quiz, code, content)
    return write_lined(quiz)


def add_question(quiz: Element, code: str, content: Content) -> None:
    kind = type_of(content)
    question = add(quiz, "question", type=kind)
    add(add(question, "name"), "text", code)
    if kind == "cloze":
        add_text(question, "questiontext", write_cloze(content), format=MARKED)
    else:
        add_text(question, "questiontext", content.stem)
    add_text(question, "generalfeedback", content.because)
    add(question, "defaultgrade", "1")
    add(question, "penalty", "0")
    add(question, "hidden", "0")
    add(question, "idnumber", code)
    ADDERS[kind](question, content)
    tags = add(question, "tags")
    for mark in marks_of(content):
        add(add(tags, "tag"), "text", mark)


def type_of(content: Content) -> str:
    if content.kind in TYPES:
        return TYPES[content.kind]
    if content.kind == Kind.JUDGE and content.options == list(JUDGEMENTS):
        return "truefalse"
    return "multichoice"


def add_text(parent: Element, name: str, text: str, **attributes) -> Element:
    element = add(parent, name, **{"format": PLAIN} | attributes)
    add(element, "text", text)
    return element


def add_choices(question: Element, content: Content) -> None:
    multiple = content.kind == Kind.MULTIPLE
    add(question, "single", "false" if multiple else "true")
    add(question, "shuffleanswers", "false" if content.kind == Kind.JUDGE else "true")
    add(question, "answernumbering", "ABCD")
    right_share = share_of(len(content.answer)) if multiple else FULL
    wrong_share = WRONG_SHARE if multiple else 0
    for place, option in enumerate(content.options):
        share = right_share if place in content.answer else wrong_share
        add_answer(question, option, share)


def add_judgement(question: Element, content: Content) -> None:
    right = content.answer[0] == 0
    add_answer(question, "true", FULL if right else 0)
    add_answer(question, "false", 0 if right else FULL)


def add_number(question: Element, content: Content) -> None:
    answer = add_answer(question, str(content.answer), FULL)
    add(answer, "tolerance", content.tolerance)
    if content.unit:
        unit = add(add(question, "units"), "unit")
        add(unit, "multiplier", "1")
        add(unit, "unit_name", content.unit)
    add(question, "unitgradingtype", "0")
    add(question, "unitpenalty", "0")
    add(question, "showunits", "0")
    add(question, "unitsleft", "0")


def add_words(question: Element, content: Content) -> None:
    """A * alone would stand for any signs."""
    add(question, "usecase", "0")
    for each in content.answer:
        add_answer(question, each.replace("*", "\\*"), FULL)


def add_steps(question: Element, content: Content) -> None:
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", "0"),
        # Of Moodle's ways the nearest to this platform's pairs of steps.
        ("gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT"),
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    ):
        add(question, name, value)
    for number, place in enumerate(content.answer, start=1):
        add_answer(question, content.options[place], number)


def add_pairs(question: Element, content: Content) -> None:
    add(question, "shuffleanswers", "true")
    pairs = zip(content.parts, content.answer, strict=True)
    idle = sorted(set(range(len(content.options))) - set(content.answer))
    for left, place in [*pairs, *(("", place) for place in idle)]:
        subquestion = add_text(question, "subquestion", left)
        add(add(subquestion, "answer"), "text", content.options[place])


def add_essay(question: Element, content: Content) -> None:
    for name, value in (
        ("responseformat", "plain"),
        ("responserequired", "1"),
        ("responsefieldlines", "10"),
        ("attachments", "0"),
        ("attachmentsrequired", "0"),
    ):
        add(question, name, value)
    add_text(question, "graderinfo", content.answer)
    add_text(question, "responsetemplate", "")


def add_nothing(question: Element, content: Content) -> None:
    """A cloze has its answers in its text."""


def add_answer(question: Element, text: str, share: object) -> Element:
    return add_text(question, "answer", text, fraction=share)


ADDERS = {
    "multichoice": add_choices,
    "truefalse": add_judgement,
    "numerical": add_number,
    "shortanswer": add_words,
    "ordering": add_steps,
    "matching": add_pairs,
    "essay": add_essay,
    "cloze": add_nothing,
}
