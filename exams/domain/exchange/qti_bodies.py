"""What stands in a QTI item: its declarations, its body and its marking, by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from exams.domain.contents import Content
from exams.domain.kinds import LETTERS
from exams.domain.kinds.asking import Written
from exams.domain.kinds.case import Part
from exams.enums import CHOSEN, SHUFFLED, Kind

from .trees import add, legal

RESPONSE = "RESPONSE"
UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Dialect:
    """What one version of QTI calls its things."""

    namespace: str
    schema: str
    resource: str
    package: str
    package_schema: str
    package_name: str
    package_version: str
    templates: str
    suffix: str = ""
    hyphens: bool = False

    def name(self, plain: str) -> str:
        return f"qti-{hyphened(plain)}" if self.hyphens else plain

    def add(self, parent: Element, name: str, text: str | None = None, **said):
        if self.hyphens:
            said = {hyphened(key): value for key, value in said.items()}
        return add(parent, self.name(name), text, **said)


def hyphened(name: str) -> str:
    return UPPER.sub("-", name).lower()


def add_lines(parent: Element, text: str) -> None:
    """Write a text whose lines are kept by <br/>."""
    first, *others = legal(text).split("\n")
    parent.text = first
    for line in others:
        add(parent, "br").tail = line


def questions_of(content: Content) -> dict[str, Written]:
    """Return what is asked under the name of each response."""
    if content.kind != Kind.CASE:
        return {RESPONSE: content}
    count = len(content.parts)
    return {f"{RESPONSE}_{at + 1}": Part(content, at) for at in range(count)}


def name_of(place: int) -> str:
    return LETTERS[place] if place < len(LETTERS) else f"C{place + 1}"


# ---- declarations


def declare(
    item: Element,
    response: str,
    values: list[str],
    dialect: Dialect,
    *,
    base: str = "identifier",
    cardinality: str = "single",
) -> Element:
    said = {"identifier": response, "cardinality": cardinality, "baseType": base}
    declaration = dialect.add(item, "responseDeclaration", **said)
    if values:
        correct = dialect.add(declaration, "correctResponse")
        for value in values:
            dialect.add(correct, "value", value)
    return declaration


def declare_choice(item, response, question, dialect):
    cardinality = "multiple" if question.kind == Kind.MULTIPLE else "single"
    values = [name_of(place) for place in question.answer]
    declare(item, response, values, dialect, cardinality=cardinality)


def declare_number(item, response, question, dialect):
    declare(item, response, [str(question.answer)], dialect, base="float")


def declare_words(item, response, question, dialect):
    first = question.answer[:1]
    declaration = declare(item, response, first, dialect, base="string")
    mapping = dialect.add(declaration, "mapping", defaultValue="0")
    for word in question.answer:
        said = {"mapKey": word, "mappedValue": "1", "caseSensitive": "false"}
        dialect.add(mapping, "mapEntry", **said)


def declare_steps(item, response, question, dialect):
    values = [name_of(place) for place in question.answer]
    declare(item, response, values, dialect, cardinality="ordered")


def declare_pairs(item, response, question, dialect):
    values = [f"L{at + 1} R{place + 1}" for at, place in enumerate(question.answer)]
    said = {"base": "directedPair", "cardinality": "multiple"}
    declare(item, response, values, dialect, **said)


def declare_essay(item, response, question, dialect):
    """Marked by people: no answer is stated."""
    declare(item, response, [], dialect, base="string")


# ---- the body


def show_choice(body, response, question, dialect):
    interaction = dialect.add(
        body,
        "choiceInteraction",
        responseIdentifier=response,
        shuffle="true" if question.kind in SHUFFLED else "false",
        maxChoices="0" if question.kind == Kind.MULTIPLE else "1",
    )
    add_lines(dialect.add(interaction, "prompt"), question.stem)
    add_options(interaction, question.options, dialect)


def add_options(interaction: Element, options: list[str], dialect: Dialect) -> None:
    for place, option in enumerate(options):
        choice = dialect.add(interaction, "simpleChoice", identifier=name_of(place))
        add_lines(choice, option)


def show_entry(body, response, question, dialect):
    add_lines(add(body, "p"), question.stem)
    answer = add(body, "p")
    entry = dialect.add(answer, "textEntryInteraction", responseIdentifier=response)
    entry.tail = f" {legal(question.unit)}" if question.unit else None


def show_steps(body, response, question, dialect):
    said = {"responseIdentifier": response, "shuffle": "true"}
    interaction = dialect.add(body, "orderInteraction", **said)
    add_lines(dialect.add(interaction, "prompt"), question.stem)
    add_options(interaction, question.options, dialect)


def show_pairs(body, response, question, dialect):
    count = str(len(question.parts))
    said = {"responseIdentifier": response, "shuffle": "true"}
    said["maxAssociations"] = count
    interaction = dialect.add(body, "matchInteraction", **said)
    add_lines(dialect.add(interaction, "prompt"), question.stem)
    sides = (("L", question.parts, "1"), ("R", question.options, count))
    for letter, texts, most in sides:
        side = dialect.add(interaction, "simpleMatchSet")
        for number, text in enumerate(texts, start=1):
            name = {"identifier": f"{letter}{number}", "matchMax": most}
            add_lines(dialect.add(side, "simpleAssociableChoice", **name), text)


def show_essay(body, response, question, dialect):
    said = {"responseIdentifier": response, "expectedLines": "10"}
    interaction = dialect.add(body, "extendedTextInteraction", **said)
    add_lines(dialect.add(interaction, "prompt"), question.stem)
    rubric = dialect.add(body, "rubricBlock", view="scorer")
    if dialect.hyphens:
        rubric = dialect.add(rubric, "contentBody")
    add_lines(add(rubric, "p"), question.answer)


# ---- marking


def add_processing(
    item: Element, questions: Mapping[str, Written], dialect: Dialect
) -> None:
    """Write a template where one says it all, else a rule for each response."""
    kinds = {question.kind for question in questions.values()}
    if kinds == {Kind.SHORT}:
        return
    if len(questions) == 1 and kinds != {Kind.NUMERIC}:
        name = "map_response" if kinds == {Kind.BLANK} else "match_correct"
        template = f"{dialect.templates}{name}{dialect.suffix}"
        dialect.add(item, "responseProcessing", template=template)
        return
    processing = dialect.add(item, "responseProcessing")
    for response, question in questions.items():
        when = dialect.add(dialect.add(processing, "responseCondition"), "responseIf")
        add_test(when, response, question, dialect)
        score = dialect.add(when, "setOutcomeValue", identifier="SCORE")
        if len(questions) > 1:
            score = dialect.add(score, "sum")
            dialect.add(score, "variable", identifier="SCORE")
        dialect.add(score, "baseValue", "1", baseType="float")


def add_test(when: Element, response: str, question: Written, dialect: Dialect) -> None:
    if question.kind == Kind.BLANK:
        greater = dialect.add(when, "gt")
        dialect.add(greater, "mapResponse", identifier=response)
        dialect.add(greater, "baseValue", "0", baseType="float")
        return
    if question.kind == Kind.NUMERIC:
        wide = f"{question.tolerance} {question.tolerance}"
        said = {"toleranceMode": "absolute", "tolerance": wide}
        test = dialect.add(when, "equal", **said)
    else:
        test = dialect.add(when, "match")
    dialect.add(test, "variable", identifier=response)
    dialect.add(test, "correct", identifier=response)


Adder = Callable[[Element, str, Written, Dialect], None]
DECLARING: dict[str, Adder] = {
    Kind.NUMERIC: declare_number,
    Kind.BLANK: declare_words,
    Kind.ORDERING: declare_steps,
    Kind.MATCHING: declare_pairs,
    Kind.SHORT: declare_essay,
} | dict.fromkeys(CHOSEN, declare_choice)
SHOWING: dict[str, Adder] = {
    Kind.NUMERIC: show_entry,
    Kind.BLANK: show_entry,
    Kind.ORDERING: show_steps,
    Kind.MATCHING: show_pairs,
    Kind.SHORT: show_essay,
} | dict.fromkeys(CHOSEN, show_choice)
